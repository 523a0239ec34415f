import { armId, caseNoise, withUpperCaseGroup } from './arm-ids.ts';
import type { EstateResource } from './estate.ts';
import { instant } from './instants.ts';
import type { MachinePlan } from './machine-plan.ts';
import type { Random } from './random.ts';

/** A disk as the VM mentions it, and its own body; an unmanaged disk is a page blob and has none. */
export type Disk = { readonly attachment: Readonly<Record<string, unknown>>; readonly resource: EstateResource | null };

/** The operating system disk first, then the data disks by LUN. */
export function disksOf(plan: MachinePlan, vmId: string, random: Random): Disk[] {
  const writer = { plan, managedBy: caseNoise(vmId, random), random };
  const dataDisks = Array.from({ length: plan.dataDisks }, (_, lun) => dataDisk(writer, lun));
  return [osDisk(writer), ...dataDisks];
}

type Writer = { readonly plan: MachinePlan; readonly managedBy: string; readonly random: Random };

function osDisk({ plan, managedBy, random }: Writer): Disk {
  const { osType, generation } = plan.image;
  const name = `${plan.name}_OsDisk_1_${random.guid().replaceAll('-', '')}`;
  const isEphemeral = plan.osDisk === 'ephemeral';
  const sku = isEphemeral ? 'Standard_LRS' : 'Premium_LRS';
  const sizeGiB = osType === 'Windows' ? 127 : 64;
  const common = {
    osType,
    name,
    createOption: 'FromImage',
    caching: isEphemeral ? 'ReadOnly' : 'ReadWrite',
    deleteOption: 'Delete',
    diskSizeGB: sizeGiB,
    ...(isEphemeral && { diffDiskSettings: { option: 'Local', placement: 'CacheDisk' } }),
  };
  if (plan.osDisk === 'unmanaged') {
    const uri = `https://stlegacyvhds01.blob.core.windows.net/vhds/${name}.vhd`;
    return { attachment: { ...common, vhd: { uri } }, resource: null };
  }
  const own = {
    osType,
    hyperVGeneration: generation,
    creationData: { createOption: 'FromImage' },
    ...(generation === 'V2' && { securityProfile: { securityType: 'TrustedLaunch' } }),
  };
  const resource = diskBody({ plan, managedBy, random }, { name, sku, sizeGiB, own });
  const managedDisk = { storageAccountType: sku, id: caseNoise(resource.id, random) };
  return { attachment: { ...common, managedDisk }, resource };
}

function dataDisk({ plan, managedBy, random }: Writer, lun: number): Disk {
  const name = `${plan.name}_DataDisk_${lun}`;
  const sku = plan.dataDiskSku;
  const isShared = plan.hasSharedDisk && lun === 0;
  // A very large disk now and then, which only this SKU offers; it is backed up like any other.
  const isVeryLarge = sku === 'PremiumV2_LRS' && random.chance(3);
  const sizeGiB = isVeryLarge ? 40_960 : random.pick([32, 64, 128, 256, 512, 1024]);
  const own = { creationData: { createOption: 'Empty' }, ...(isShared && { maxShares: 2 }) };
  const resource = diskBody({ plan, managedBy, random }, { name, sku, sizeGiB, own });
  const attachment = {
    lun,
    name,
    createOption: 'Attach',
    caching: sku === 'PremiumV2_LRS' || isShared ? 'None' : 'ReadOnly',
    writeAcceleratorEnabled: false,
    diskSizeGB: sizeGiB,
    toBeDetached: false,
    deleteOption: 'Detach',
    managedDisk: { storageAccountType: sku, id: caseNoise(resource.id, random) },
  };
  return { attachment, resource };
}

type DiskFacts = {
  readonly name: string;
  readonly sku: string;
  readonly sizeGiB: number;
  readonly own: Readonly<Record<string, unknown>>;
};

function diskBody({ plan, managedBy, random }: Writer, { name, sku, sizeGiB, own }: DiskFacts): EstateResource {
  const type = 'Microsoft.Compute/disks';
  const id = armId(plan.place.subscription.subscriptionId, plan.group, type, name);
  return {
    id: random.chance(50) ? withUpperCaseGroup(id) : id,
    name,
    type,
    location: plan.place.region.name,
    managedBy,
    sku: { name: sku, tier: sku.startsWith('Premium') ? 'Premium' : 'Standard' },
    ...(plan.zone && { zones: [plan.zone] }),
    properties: {
      ...own,
      diskSizeGB: sizeGiB,
      diskSizeBytes: sizeGiB * 2 ** 30,
      encryption: { type: 'EncryptionAtRestWithPlatformKey' },
      networkAccessPolicy: 'AllowAll',
      publicNetworkAccess: 'Enabled',
      dataAccessAuthMode: 'None',
      timeCreated: instant(plan.createdAt),
      provisioningState: 'Succeeded',
      diskState: plan.power === 'deallocated' ? 'Reserved' : 'Attached',
      uniqueId: random.guid(),
    },
  };
}
