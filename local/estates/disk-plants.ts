import { armId } from './arm-ids.ts';
import { type Bodies, put } from './bodies.ts';
import type { EstateResource } from './estate.ts';
import { attachInTheOpen, reinstallOldStyle, switchOff } from './guest.ts';
import type { MachinePlan } from './machine-plan.ts';
import { type Garden, type Plant, plant } from './plants.ts';
import { follow } from './protection-plans.ts';
import { hugeSize, manyDisksSize } from './sizes.ts';
import { blocks, leavesOpen, type Sign, warns } from './truth.ts';

/** The body of a data disk; throws where there is none. */
function dataDisk({ disks }: Bodies, lun: number): EstateResource {
  const disk = disks[lun + 1];
  if (!disk) throw new RangeError(`The VM has no data disk at LUN ${lun}`);
  return disk;
}

/** Gives a disk another size, at the disk and where the VM mentions it. */
export function resize(bodies: Bodies, disk: 'os' | number, gib: number): void {
  const isOs = disk === 'os';
  const body = isOs ? bodies.disks[0] : dataDisk(bodies, disk);
  if (!body) throw new RangeError('The VM has no managed disk');
  put(body, 'properties.diskSizeGB', gib);
  put(body, 'properties.diskSizeBytes', gib * 2 ** 30);
  put(bodies.vm, `properties.storageProfile.${isOs ? 'osDisk' : `dataDisks.${disk}`}.diskSizeGB`, gib);
}

/** Data disks of a kind that goes with every policy. */
export function hasDataDisks(plan: MachinePlan, count: number): void {
  plan.dataDisks = count;
  plan.dataDiskSku = 'Premium_LRS';
  plan.hasSharedDisk = false;
  if (count > plan.size.maxDataDisks) plan.size = manyDisksSize;
}

type FastSku = 'PremiumV2_LRS' | 'UltraSSD_LRS';

/** Data disks of a kind that stands in a zone and goes with an Enhanced policy only. */
function hasFastDisks(plan: MachinePlan, count: number, sku: FastSku, garden: Garden): void {
  hasDataDisks(plan, count);
  plan.dataDiskSku = sku;
  plan.zone ??= '1';
  follow(plan, 'enhanced', garden);
}

/** Which disks a file-level restore does without is no part of the decision of `restore-placement`. */
const fileRestore = leavesOpen('restore-placement');

/** Has more data disks than general-purpose sizes take. */
export const dataDisks33 = plant('33 data disks', { touches: ['disks'], signs: [blocks('disk-count')] }, (plan) => {
  hasDataDisks(plan, 33);
  plan.size = hugeSize;
});

/** Decoy: many data disks, and still not too many. */
export const dataDisks32 = plant('decoy: exactly 32 data disks', { touches: ['disks'] }, (plan) => {
  hasDataDisks(plan, 32);
});

/** Decoy: LUNs far apart look like many disks. */
const lunsApart = plant('decoy: three data disks with LUNs up to 63', { touches: ['disks'] }, (plan) => {
  hasDataDisks(plan, 3);
  plan.edits.push(({ vm }) => {
    for (const [index, lun] of [9, 31, 63].entries()) put(vm, `properties.storageProfile.dataDisks.${index}.lun`, lun);
  });
});

const veryLarge = { touches: ['disks', 'policy'] } as const;
const mostGiB = 65_536;
const mostGiBTogether = 524_288;

const diskOf64Tib = plant(
  'decoy: a data disk of exactly 65,536 GiB',
  { ...veryLarge, signs: [fileRestore] },
  (plan, garden) => {
    hasFastDisks(plan, 1, 'PremiumV2_LRS', garden);
    plan.edits.push((bodies) => resize(bodies, 0, mostGiB));
  },
);

const diskOver64Tib = plant(
  'a data disk of 65,537 GiB',
  { ...veryLarge, signs: [blocks('disk-size'), fileRestore] },
  (plan, garden) => {
    hasFastDisks(plan, 1, 'PremiumV2_LRS', garden);
    plan.edits.push((bodies) => resize(bodies, 0, mostGiB + 1));
  },
);

/** Eight data disks that have so much together with the OS disk. */
function together(words: string, gib: number, signs: readonly Sign[]): Plant {
  return plant(words, { ...veryLarge, signs: [...signs, fileRestore] }, (plan, garden) => {
    plan.osDisk = 'managed';
    hasFastDisks(plan, 8, 'PremiumV2_LRS', garden);
    plan.edits.push((bodies) => {
      for (let lun = 0; lun < 7; lun++) resize(bodies, lun, mostGiB);
      resize(bodies, 'os', 128);
      resize(bodies, 7, gib - 7 * mostGiB - 128);
    });
  });
}

/** Has its disk as a page blob; Azure has deallocated all such VMs. */
export const unmanagedDisk = plant(
  'unmanaged disk',
  { touches: ['disks', 'guest'], start: 'unprotected', signs: [blocks('disk-managed')] },
  (plan) => {
    switchOff(plan);
    plan.osDisk = 'unmanaged';
    plan.isGalleryImage = false;
    hasDataDisks(plan, 0);
  },
);

/** The disk of the operating system was converted, that with the data was forgotten. */
const unmanagedDataDisk = plant(
  'unmanaged data disk',
  { touches: ['disks', 'guest'], start: 'unprotected', signs: [blocks('disk-managed')] },
  (plan) => {
    switchOff(plan);
    hasDataDisks(plan, 1);
    plan.edits.push(({ vm, disks }) => {
      disks.splice(1);
      const uri = `https://stlegacyvhds01.blob.core.windows.net/vhds/${plan.name}-data.vhd`;
      const vhd = { lun: 0, name: `${plan.name}-data`, createOption: 'Attach', diskSizeGB: 128, vhd: { uri } };
      put(vm, 'properties.storageProfile.dataDisks.0', vhd);
    });
  },
);

/** Has a data disk that a second VM could attach. */
export const sharedDisk = plant(
  'shared data disk',
  { touches: ['disks'], signs: [blocks('disk-shared'), fileRestore] },
  (plan) => {
    hasDataDisks(plan, Math.max(1, plan.dataDisks));
    plan.hasSharedDisk = true;
  },
);

/** Decoy: the number of shares is given, and is one. */
const oneShare = plant('decoy: maxShares is 1', { touches: ['disks'] }, (plan) => {
  hasDataDisks(plan, 1);
  plan.edits.push((bodies) => put(dataDisk(bodies, 0), 'properties.maxShares', 1));
});

/** The item leaves LUN 0 out, and the VM says that this is intended. */
function leavesOutLun0(plan: MachinePlan): void {
  plan.tags['backstop-exempt-luns'] = '0';
  plan.edits.push(({ items }) => {
    for (const item of items) {
      put(item, 'properties.extendedProperties.diskExclusionProperties', { diskLunList: [0], isInclusionList: false });
    }
  });
}

/** Decoy: the shared disk is left out of the backup, which an Enhanced policy allows. */
const sharedButExcluded = plant(
  'decoy: shared data disk left out of the backup',
  { touches: ['disks', 'policy', 'health'], start: 'protected', signs: [fileRestore] },
  (plan, garden) => {
    hasDataDisks(plan, 2);
    plan.hasSharedDisk = true;
    follow(plan, 'enhanced', garden);
    leavesOutLun0(plan);
  },
);

/** A Standard policy does not allow to leave a shared disk out. */
const sharedExcludedInVain = plant(
  'shared data disk left out under a Standard policy',
  {
    touches: ['disks', 'policy', 'health', 'guest'],
    start: 'protected',
    signs: [blocks('disk-shared'), blocks('policy-type-fit'), fileRestore],
  },
  (plan, garden) => {
    reinstallOldStyle(plan, 'Windows', garden);
    hasDataDisks(plan, 2);
    plan.hasSharedDisk = true;
    follow(plan, 'standard', garden);
    leavesOutLun0(plan);
  },
);

/** Decoy: an Ultra Disk under an Enhanced policy. */
const ultraDisk = plant(
  'decoy: Ultra Disk, Enhanced policy',
  { touches: ['disks', 'policy'], signs: [fileRestore] },
  (plan, garden) => hasFastDisks(plan, 1, 'UltraSSD_LRS', garden),
);

/** A disk that a Standard policy does not take. */
function fastDiskUnderStandard(words: string, sku: FastSku): Plant {
  const signs = [blocks('disk-sku-enhanced'), blocks('policy-type-fit'), fileRestore];
  return plant(words, { touches: ['disks', 'policy', 'guest'], start: 'protected', signs }, (plan, garden) => {
    reinstallOldStyle(plan, 'Linux', garden);
    hasFastDisks(plan, 1, sku, garden);
    follow(plan, 'standard', garden);
  });
}

/** Decoy: redundancy between zones goes with either policy. */
const zoneRedundantDisk = plant('decoy: zone-redundant Premium SSD', { touches: ['disks'] }, (plan) => {
  hasDataDisks(plan, 1);
  plan.dataDiskSku = 'Premium_ZRS';
  plan.edits.push((bodies) => resize(bodies, 0, 32_767));
});

const accelerated = plant(
  'Write Accelerator on the OS disk',
  { touches: ['disks', 'network'], signs: [warns('disk-write-accelerator'), fileRestore] },
  (plan) => {
    plan.osDisk = 'managed';
    plan.size = hugeSize;
    attachInTheOpen(plan);
    plan.edits.push(({ vm }) => put(vm, 'properties.storageProfile.osDisk.writeAcceleratorEnabled', true));
  },
);

/** Puts Write Accelerator on a data disk. */
export function accelerateDataDisk(plan: MachinePlan): void {
  hasDataDisks(plan, 1);
  plan.size = hugeSize;
  plan.edits.push(({ vm }) => put(vm, 'properties.storageProfile.dataDisks.0.writeAcceleratorEnabled', true));
}

/** Decoy: Write Accelerator on a data disk is fine where the network is open. */
const acceleratedData = plant(
  'decoy: Write Accelerator on a data disk, open network',
  { touches: ['disks', 'network'], signs: [fileRestore] },
  (plan) => {
    accelerateDataDisk(plan);
    attachInTheOpen(plan);
  },
);

/** The OS disk is on the host; the documents disagree on whether that can be backed up. */
const ephemeral = plant('ephemeral OS disk', { touches: ['disks', 'guest'] }, (plan) => {
  plan.power = 'running';
  plan.osDisk = 'ephemeral';
});

const wrongKind = { touches: ['disks'], signs: [blocks('disk-auth-and-security-type')] } as const;

const entraDisk = plant('a data disk asks for Entra sign-in', wrongKind, (plan) => {
  hasDataDisks(plan, 2);
  plan.edits.push((bodies) => put(dataDisk(bodies, 1), 'properties.dataAccessAuthMode', 'AzureActiveDirectory'));
});

/** The OS disk of another VM hangs here as a data disk. */
function foreignOsDisk(securityType: string): Plant {
  return plant(`an OS disk of type ${securityType} as data disk`, wrongKind, (plan) => {
    hasDataDisks(plan, 1);
    plan.edits.push((bodies) => put(dataDisk(bodies, 0), 'properties.securityProfile', { securityType }));
  });
}

/** Decoys: what may be set on a disk and is no problem. */
const harmless: readonly Plant[] = [
  plant('decoy: disk closed to all networks', { touches: ['disks'] }, (plan) => {
    hasDataDisks(plan, 1);
    plan.edits.push((bodies) => {
      put(dataDisk(bodies, 0), 'properties.networkAccessPolicy', 'DenyAll');
      put(dataDisk(bodies, 0), 'properties.publicNetworkAccess', 'Disabled');
    });
  }),
  plant('decoy: disks encrypted with a customer key', { touches: ['disks'] }, (plan) => {
    hasDataDisks(plan, 1);
    plan.edits.push((bodies) => encryptWithCustomerKey(plan, bodies));
  }),
  plant('decoy: a disk of type Standard as data disk', { touches: ['disks'] }, (plan) => {
    hasDataDisks(plan, 1);
    plan.edits.push((bodies) => put(dataDisk(bodies, 0), 'properties.securityProfile', { securityType: 'Standard' }));
  }),
];

function encryptWithCustomerKey({ place, group, name }: MachinePlan, { disks, others }: Bodies): void {
  const type = 'Microsoft.Compute/diskEncryptionSets';
  const id = armId(place.subscription.subscriptionId, group, type, `des-${name}`);
  others.push({
    id,
    name: `des-${name}`,
    type,
    location: place.region.name,
    properties: {
      encryptionType: 'EncryptionAtRestWithCustomerKey',
      provisioningState: 'Succeeded',
      activeKey: { keyUrl: 'https://kv-customer.vault.azure.net/keys/des/4f1c0d2e3b5a69788796a5b4c3d2e1f0' },
    },
  });
  for (const disk of disks) {
    put(disk, 'properties.encryption', { type: 'EncryptionAtRestWithCustomerKey', diskEncryptionSetId: id });
  }
}

/** Everything about disks but their encryption. */
export const diskPlants: readonly Plant[] = [
  dataDisks33,
  dataDisks32,
  lunsApart,
  diskOf64Tib,
  diskOver64Tib,
  together('decoy: 524,288 GiB in all disks', mostGiBTogether, []),
  together('524,289 GiB in all disks', mostGiBTogether + 1, [blocks('disk-size')]),
  unmanagedDisk,
  unmanagedDataDisk,
  sharedDisk,
  oneShare,
  sharedButExcluded,
  sharedExcludedInVain,
  ultraDisk,
  fastDiskUnderStandard('Ultra Disk under a Standard policy', 'UltraSSD_LRS'),
  fastDiskUnderStandard('Premium SSD v2 under a Standard policy', 'PremiumV2_LRS'),
  zoneRedundantDisk,
  accelerated,
  acceleratedData,
  ephemeral,
  entraDisk,
  foreignOsDisk('TrustedLaunch'),
  foreignOsDisk('ConfidentialVM_DiskEncryptedWithPlatformKey'),
  ...harmless,
];
