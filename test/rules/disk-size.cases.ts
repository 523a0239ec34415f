import type { DiskResource } from '../../lib/domain/disk-resource.ts';
import { armId } from '../../lib/domain/ids.ts';
import type { Disk } from '../../lib/domain/machine.ts';
import type { diskSize } from '../../lib/rules/disk-size.ts';
import type { Cases, Differing } from './case.ts';
import { diskId, diskResource, diskResources, disks, fact, gap, unread } from './healthy-vm.ts';

/** A VM with an OS disk of 128 GiB and data disks of these sizes, all told by the disk resources. */
function sizes(...data: readonly number[]): Differing {
  return sized(...data.map((sizeGiB) => ({ sizeGiB })));
}

function sized(...data: readonly Partial<DiskResource>[]): Differing {
  const resources = data.map((change, index) => diskResource(`data-${index}`, change));
  return { disks: fact(disks(data.length)), diskResources: diskResources(diskResource('os'), ...resources) };
}

/** Data disks as the VM tells them, after an OS disk that the VM does not tell. */
function toldByVm(...data: readonly Partial<Disk>[]): readonly Disk[] {
  const [os, ...rest] = disks(data.length);
  return [...(os ? [os] : []), ...rest.map((disk, index) => ({ ...disk, ...data[index] }))];
}

const encrypted = { diskEncryption: { secretVaults: [armId('/kv')], keyVaults: [] } };
const ade = { name: 'AzureDiskEncryption', publisher: 'Microsoft.Azure.Security', type: 'AzureDiskEncryption' };
const hasExtension: Differing = { extensions: fact([{ ...ade, provisioningState: 'Succeeded' }]) };

/** A disk whose resource Azure delivers without the size. */
function untold(name: string): DiskResource {
  const { sizeGiB: _, ...rest } = diskResource(name);
  return rest;
}

const within = { outcome: 'pass', reason: 'WithinLimits' } as const;
const tooLarge = { outcome: 'fail', reason: 'DiskTooLarge', severity: 'blocker' } as const;
const sumTooLarge = { outcome: 'fail', reason: 'SumTooLarge', severity: 'blocker' } as const;
const encryptedTooLarge = { outcome: 'fail', reason: 'EncryptedDiskTooLarge', severity: 'blocker' } as const;
const sevenTimes64 = [65_536, 65_536, 65_536, 65_536, 65_536, 65_536, 65_536];

export const cases: Cases<typeof diskSize> = [
  [
    'ordinary sizes',
    {},
    { ...within, message: 'All 3 disks are within the limits; together they have 384 GiB of 524288 GiB.' },
  ],
  ['a disk of exactly 64 TB', sizes(65_536), within],
  [
    'a disk one GiB above 64 TB',
    sizes(65_537),
    { ...tooLarge, message: 'Larger than the limit of 65536 GiB for a disk: data-0 (65537 GiB).' },
  ],
  [
    'two disks above 64 TB beside one below',
    sizes(70_000, 10, 65_537),
    { ...tooLarge, message: 'Larger than the limit of 65536 GiB for a disk: data-0 (70000 GiB), data-2 (65537 GiB).' },
  ],
  ['all disks together of exactly 512 TB', sizes(...sevenTimes64, 65_536 - 128), within],
  [
    'all disks together one GiB above 512 TB',
    sizes(...sevenTimes64, 65_536 - 127),
    { ...sumTooLarge, message: 'All disks of the VM together have 524289 GiB; the limit is 524288 GiB.' },
  ],
  [
    'a sum that is too large even without the disk that could not be read',
    { ...sizes(...sevenTimes64, 65_536), disks: fact(disks(9)) },
    sumTooLarge,
  ],
  ['an encrypted disk of exactly 4 TB', sized({ sizeGiB: 4096, ...encrypted }), within],
  [
    'an encrypted disk of exactly 4 TB beside a larger one that is not encrypted',
    sized({ sizeGiB: 4096, ...encrypted }, { sizeGiB: 4097 }),
    within,
  ],
  [
    'an encrypted disk one GiB above 4 TB',
    sized({ sizeGiB: 4097, ...encrypted }),
    {
      ...encryptedTooLarge,
      message: 'Larger than the limit of 4096 GiB for a disk with Azure Disk Encryption: data-0 (4097 GiB).',
    },
  ],
  [
    'a disk above 4 TB that is not encrypted beside one that is',
    sized({ sizeGiB: 4097 }, { sizeGiB: 100, ...encrypted }),
    within,
  ],
  [
    'such a disk, whatever the extensions',
    { ...sized({ sizeGiB: 4097 }, { sizeGiB: 100, ...encrypted }), extensions: unread },
    within,
  ],
  ['a disk above 4 TB without encryption', sizes(4097), within],
  [
    'a disk above 4 TB, the extension of the encryption, and no disk that tells of it',
    { ...sizes(4097), ...hasExtension },
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message: 'The VM uses Azure Disk Encryption, but no disk tells whether it is encrypted; disk data-0 may be.',
    },
  ],
  [
    'a disk above 4 TB and extensions that may not be read',
    { ...sizes(4097), extensions: unread },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  ['no disk above 4 TB and extensions that may not be read', { extensions: unread }, within],
  [
    'a size that only the VM tells, without the disk resource',
    {
      disks: fact(toldByVm({ sizeGiB: 65_537 })),
      diskResources: diskResources(diskResource('os')),
    },
    { ...tooLarge, message: 'Larger than the limit of 65536 GiB for a disk: data-0 (65537 GiB).' },
  ],
  [
    'sizes that only the VM tells, and disk resources that may not be read',
    { disks: fact(disks(1).map((disk) => ({ ...disk, sizeGiB: 100 }))), diskResources: unread },
    { ...within, message: 'All 2 disks are within the limits; together they have 200 GiB of 524288 GiB.' },
  ],
  [
    'a disk above 4 TB as the VM tells, and disk resources that may not be read',
    { disks: fact(disks(1).map((disk) => ({ ...disk, sizeGiB: 5000 }))), diskResources: unread },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  [
    'a disk that was enlarged since the VM was read: the resource wins',
    { ...sizes(65_537), disks: fact(toldByVm({ sizeGiB: 100 })) },
    tooLarge,
  ],
  [
    'a size that neither tells',
    { disks: fact(disks(1)), diskResources: diskResources(diskResource('os'), untold('data-0')) },
    { outcome: 'unknown', cause: 'not-reported', message: 'Azure does not tell the size of disk data-0.' },
  ],
  [
    'a disk whose resource could not be read, of a deallocated VM',
    { disks: fact(disks(1)), diskResources: diskResources(diskResource('os')) },
    { outcome: 'unknown', cause: gap.cause, message: gap.detail },
  ],
  [
    'a disk that is too large beside one that could not be read',
    { disks: fact(disks(2)), diskResources: diskResources(diskResource('data-1', { sizeGiB: 65_537 })) },
    tooLarge,
  ],
  [
    'an encrypted disk that is too large beside one that could not be read',
    { disks: fact(disks(2)), diskResources: diskResources(diskResource('data-1', { sizeGiB: 4097, ...encrypted })) },
    encryptedTooLarge,
  ],
  [
    'an unmanaged disk beside managed ones: disk-managed asks about it',
    { disks: fact([...disks(2), { name: 'blob', role: 'data', unmanaged: true, lun: 9, id: diskId('none') }]) },
    { ...within, message: 'All 3 disks are within the limits; together they have 384 GiB of 524288 GiB.' },
  ],
  [
    'unmanaged disks only',
    { disks: fact([{ name: 'blob', role: 'os', unmanaged: true }]) },
    { outcome: 'notApplicable', message: 'The VM has no managed disk.' },
  ],
  ['disks that may not be read', { disks: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
