import { linuxImages, oldStyle, windowsImages } from './images.ts';
import { healthyAgent, type MachinePlan } from './machine-plan.ts';
import type { Garden } from './plants.ts';

type OsType = MachinePlan['image']['osType'];

/** Starts the VM. */
export function run(plan: MachinePlan): void {
  plan.power = 'running';
}

/** Stops the VM; one with an ephemeral disk cannot be stopped, so it gets a managed one. */
export function switchOff(plan: MachinePlan, power: Exclude<MachinePlan['power'], 'running'> = 'deallocated'): void {
  if (plan.osDisk === 'ephemeral') plan.osDisk = 'managed';
  plan.power = power;
}

/** Gives the VM another operating system, from the Marketplace and with a good agent. */
export function reinstall(plan: MachinePlan, image: MachinePlan['image'], { random }: Garden): void {
  plan.image = image;
  plan.isGalleryImage = false;
  plan.agent = healthyAgent(image, random);
}

/** Gives the VM an image of generation 1, which goes with every backup policy: nothing else breaks. */
export function reinstallOldStyle(plan: MachinePlan, osType: OsType, garden: Garden): void {
  reinstall(plan, garden.random.weighted(oldStyle(osType === 'Linux' ? linuxImages : windowsImages)), garden);
}

/** Gives the VM an image of generation 2, which starts as Trusted Launch. */
export function reinstallTrusted(plan: MachinePlan, osType: OsType, garden: Garden): void {
  const images = osType === 'Linux' ? linuxImages : windowsImages;
  reinstall(plan, garden.random.weighted(images.filter(([, image]) => image.generation === 'V2')), garden);
}

/** The rule that judges the version of this VM's agent. */
export function versionRule({ image }: MachinePlan): string {
  return `agent-version-${image.osType.toLowerCase()}`;
}

/**
 * Attaches the VM where its traffic gets out: an old agent, a workload or an accelerated disk make the network matter,
 * and a plant shows one thing at a time.
 */
export function attachInTheOpen(plan: MachinePlan): void {
  plan.nicWish = { subnet: 'snet-web', nicNsg: null };
}
