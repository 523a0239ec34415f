import { armId, caseNoise, withUpperCaseGroup } from './arm-ids.ts';
import type { Bodies } from './bodies.ts';
import { type Disk, disksOf } from './disks.ts';
import { monitorExtension } from './extensions.ts';
import { instanceView } from './instance-view.ts';
import { instant } from './instants.ts';
import type { MachinePlan } from './machine-plan.ts';
import { nicsOf } from './nics.ts';
import { randomStream } from './random.ts';

/** The ARM id of the VM; one in twenty writes its resource group in capitals. */
export function machineId(plan: MachinePlan): string {
  const { subscriptionId } = plan.place.subscription;
  const id = armId(subscriptionId, plan.group, 'Microsoft.Compute/virtualMachines', plan.name);
  return plan.number % 20 === 13 ? withUpperCaseGroup(id) : id;
}

/** The VM with all that is attached to it: disks, NICs and a monitoring extension; nothing of Azure Backup yet. */
export function machineBodies(plan: MachinePlan, seed: number, now: number): Bodies {
  const random = randomStream(seed, 'machine body', plan.number);
  const vmId = machineId(plan);
  const disks = disksOf(plan, vmId, randomStream(seed, 'disk bodies', plan.number));
  const nics = nicsOf(plan, vmId, randomStream(seed, 'nics', plan.number));
  const managed = disks.flatMap(({ resource }) => resource ?? []);
  const vm = {
    id: vmId,
    name: plan.name,
    type: 'Microsoft.Compute/virtualMachines',
    location: plan.place.region.name,
    tags: plan.tags,
    ...(plan.zone && { zones: [plan.zone] }),
    ...(!plan.isGalleryImage && plan.image.plan && { plan: plan.image.plan }),
    properties: {
      vmId: random.guid(),
      hardwareProfile: { vmSize: plan.size.name },
      provisioningState: 'Succeeded',
      timeCreated: instant(plan.createdAt),
      storageProfile: storageProfile(plan, disks),
      osProfile: osProfile(plan),
      ...securityProfile(plan),
      networkProfile: {
        networkInterfaces: nics.map(({ id }, index) => ({
          id: caseNoise(id, random),
          properties: { primary: index === 0, deleteOption: 'Delete' },
        })),
      },
      diagnosticsProfile: { bootDiagnostics: { enabled: true } },
    },
    instanceView: instanceView(plan, now, random),
  };
  const extensions = plan.agent && plan.power === 'running' && random.chance(30) ? [monitorExtension(plan, vmId)] : [];
  return { vm, disks: managed, nics, extensions, items: [], jobs: [], others: [] };
}

function storageProfile(plan: MachinePlan, disks: readonly Disk[]) {
  return {
    imageReference: imageReference(plan),
    osDisk: disks[0]?.attachment,
    dataDisks: disks.slice(1).map(({ attachment }) => attachment),
    diskControllerType: 'SCSI',
  };
}

function imageReference({ image, isGalleryImage, place }: MachinePlan) {
  if (isGalleryImage) {
    const name = `${image.osType.toLowerCase()}-hardened`;
    const gallery = armId(place.subscription.subscriptionId, 'rg-images', 'Microsoft.Compute/galleries', 'galcorp');
    return { id: `${gallery}/images/${name}/versions/2026.10.1`, exactVersion: '2026.10.1' };
  }
  const { publisher, offer, sku, exactVersion } = image;
  return { publisher, offer, sku, version: 'latest', exactVersion };
}

function osProfile({ name, image }: MachinePlan) {
  const patchSettings = { patchMode: 'ImageDefault', assessmentMode: 'ImageDefault' };
  return {
    computerName: name.slice(0, 15),
    adminUsername: 'azureadmin',
    ...(image.osType === 'Linux'
      ? { linuxConfiguration: { disablePasswordAuthentication: true, provisionVMAgent: true, patchSettings } }
      : {
          windowsConfiguration: {
            provisionVMAgent: true,
            enableAutomaticUpdates: true,
            patchSettings: { ...patchSettings, patchMode: 'AutomaticByOS' },
          },
        }),
    secrets: [],
    allowExtensionOperations: true,
    requireGuestProvisionSignal: true,
  };
}

/** Trusted Launch is Azure's default for images of generation 2. */
function securityProfile({ image }: MachinePlan) {
  if (image.generation === 'V1') return {};
  const uefiSettings = { secureBootEnabled: true, vTpmEnabled: true };
  return { securityProfile: { securityType: 'TrustedLaunch', uefiSettings } };
}
