import { linuxImages, oldStyle, retiredWindowsImages, unendorsedLinuxImage, windowsImages } from './images.ts';
import { day, dayOf } from './instants.ts';
import { healthyAgent, type MachinePlan } from './machine-plan.ts';
import { type Garden, plant } from './plants.ts';
import { hugeSize, manyDisksSize } from './sizes.ts';

/**
 * Gives the VM another operating system, from the Marketplace and with a good agent. All images used here are of
 * generation 1, which goes with every backup policy: nothing else breaks.
 */
function reinstall(plan: MachinePlan, image: MachinePlan['image'], { random }: Garden): void {
  plan.image = image;
  plan.isGalleryImage = false;
  plan.agent = healthyAgent(image, random);
}

/** Runs, but no agent has ever reported. */
export const agentMissing = plant('VM agent missing', (plan) => {
  plan.power = 'running';
  plan.agent = null;
});

/** Runs, and the agent has stopped reporting. */
export const agentNotReady = plant('VM agent not ready', (plan, { random }) => {
  plan.power = 'running';
  plan.agent = { ...healthyAgent(plan.image, random), status: 'Not Ready' };
});

/** Runs Windows with an agent of a version that was retired years ago. */
export const oldWindowsAgent = plant('Windows VM agent too old', (plan, garden) => {
  reinstall(plan, garden.random.weighted(oldStyle(windowsImages)), garden);
  plan.power = 'running';
  plan.agent = { status: 'Ready', version: garden.random.pick(['2.7.41491.999', '2.6.1198.610']) };
});

/** Runs Linux with an agent of a version that was retired years ago. */
export const oldLinuxAgent = plant('Linux VM agent too old', (plan, garden) => {
  reinstall(plan, garden.random.weighted(oldStyle(linuxImages)), garden);
  plan.power = 'running';
  plan.agent = { status: 'Ready', version: garden.random.pick(['2.2.53.0', '2.2.49.2']) };
});

/** Runs a Windows that Microsoft no longer supports. */
export const retiredWindows = plant('unsupported Windows', (plan, garden) => {
  reinstall(plan, garden.random.pick(retiredWindowsImages), garden);
});

/** Runs a Linux that Azure does not endorse. */
export const unendorsedLinux = plant('unendorsed Linux', (plan, garden) => {
  reinstall(plan, unendorsedLinuxImage, garden);
});

/** Has more data disks than general-purpose sizes take. */
export const dataDisks33 = plant('33 data disks', (plan) => {
  plan.size = hugeSize;
  plan.dataDisks = 33;
});

/** Decoy: many data disks, and still not too many. */
export const dataDisks32 = plant('decoy: exactly 32 data disks', (plan) => {
  plan.size = manyDisksSize;
  plan.dataDisks = 32;
});

/** Has its disk as a page blob; Azure has deallocated all such VMs. */
export const unmanagedDisk = plant('unmanaged disk', (plan) => {
  plan.osDisk = 'unmanaged';
  plan.dataDisks = 0;
  plan.power = 'deallocated';
});

/** Has a data disk that a second VM could attach. */
export const sharedDisk = plant('shared data disk', (plan) => {
  plan.hasSharedDisk = true;
  plan.dataDisks = Math.max(1, plan.dataDisks);
  plan.dataDiskSku = 'Premium_LRS';
});

function exemptUntil(plan: MachinePlan, until: number, { random }: Garden): void {
  plan.tags[random.pick(['backstop-exclude', 'Backstop-Exclude'])] = 'true';
  plan.tags['backstop-exclude-until'] = dayOf(until);
}

/** Somebody has decided not to back this VM up, for some time. */
export const validExemption = plant('exempt until a date to come', (plan, garden) => {
  exemptUntil(plan, garden.now + (10 + garden.random.int(200)) * day, garden);
});

/** The decision not to back this VM up has run out. */
export const expiredExemption = plant('exemption tag has expired', (plan, garden) => {
  exemptUntil(plan, garden.now - (2 + garden.random.int(60)) * day, garden);
});

/** A node that Azure Kubernetes Service made and will make again. */
export const kubernetesNode = plant('node of a Kubernetes cluster', (plan, { random }) => {
  const { region, subscription } = plan.place;
  const [application = 'apps'] = subscription.applications;
  plan.group = `MC_rg-${application}-aks_aks-${application}_${region.name}`;
  plan.name = `aks-user-${String(10_000_000 + random.int(90_000_000))}-vms${plan.number}`;
  plan.tags = { 'aks-managed-poolName': 'user' };
});
