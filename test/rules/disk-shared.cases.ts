import type { BackupPolicy } from '../../lib/domain/backup-policy.ts';
import type { DiskResource } from '../../lib/domain/disk-resource.ts';
import type { ProtectedItem } from '../../lib/domain/protection.ts';
import type { diskShared } from '../../lib/rules/disk-shared.ts';
import type { Cases, Differing } from './case.ts';
import { daily, diskResource, diskResources, disks, fact, gap, item, live, noItem, unread } from './healthy-vm.ts';

/** A VM whose data disks may be used by so many VMs at a time. */
function shares(...data: readonly number[]): Differing {
  const resources = data.map((maxShares, index) => diskResource(`data-${index}`, { maxShares }));
  return { disks: fact(disks(data.length)), diskResources: diskResources(diskResource('os'), ...resources) };
}

function leavingOut(isInclusionList: boolean, ...luns: readonly number[]): Differing {
  return { items: live(excluding(isInclusionList, luns)) };
}

function excluding(isInclusionList: boolean, luns: readonly number[]): ProtectedItem {
  return item({ diskExclusion: { luns, isInclusionList } });
}

function unshared(name: string): DiskResource {
  const { maxShares: _, ...rest } = diskResource(name);
  return rest;
}

const standard: BackupPolicy = { ...daily, name: 'DefaultPolicy', subtype: 'Standard' };
const { subtype: _subtype, ...ofUnknownKind } = daily;
const withoutLun = disks(1).map(({ lun: _lun, ...disk }) => disk);

const none = { outcome: 'pass', reason: 'NoneShared' } as const;
const leftOut = { outcome: 'pass', reason: 'LeftOut' } as const;
const shared = { outcome: 'fail', reason: 'SharedDisk', severity: 'blocker' } as const;
const sharedInBackup = { outcome: 'fail', reason: 'SharedDiskInBackup', severity: 'blocker' } as const;
const several = { outcome: 'fail', reason: 'SeveralToLeaveOut', severity: 'blocker' } as const;

export const cases: Cases<typeof diskShared> = [
  ['disks that one VM may use', shares(1, 1), { ...none, message: 'No data disk of the VM is shared.' }],
  [
    'disks of which Azure tells no maxShares: one VM',
    { disks: fact(disks(1)), diskResources: diskResources(unshared('os'), unshared('data-0')) },
    none,
  ],
  [
    'a disk that two VMs may use, of a VM without an item',
    { ...shares(1, 2), ...noItem },
    {
      ...shared,
      message: 'A shared disk cannot be part of VM backup: data-1 (LUN 1, maxShares 2).',
      fix: {
        text: 'Protect the VM without the disk, and the disk itself with Azure Disk Backup.',
        commands: [
          'az backup protection enable-for-vm --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu --vm /subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-pay/providers/Microsoft.Compute/virtualMachines/vm-pay-01 --policy-name EnhancedPolicy --disk-list-setting exclude --diskslist 1',
        ],
      },
    },
  ],
  [
    'such a disk, where not all items could be read: nothing that is seen leaves it out',
    { ...shares(2), items: fact({ live: [], softDeleted: [], gap }) },
    shared,
  ],
  [
    'a shared disk in the backup',
    shares(2, 1),
    {
      ...sharedInBackup,
      message: 'A shared disk is in the backup, which does not support it: data-0 (LUN 0, maxShares 2).',
      fix: {
        commands: [
          "az backup protection update-for-vm --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu -c 'IaasVMContainer;iaasvmcontainerv2;rg-pay;vm-pay-01' -i 'VM;iaasvmcontainerv2;rg-pay;vm-pay-01' --disk-list-setting exclude --diskslist 0",
        ],
      },
    },
  ],
  [
    'several shared disks',
    { ...shares(2, 1, 5), ...noItem },
    {
      ...several,
      message: 'Shared disks cannot be part of VM backup: data-0 (LUN 0, maxShares 2), data-2 (LUN 2, maxShares 5).',
      fix: {
        text: 'Leave all of them out at once under an Enhanced policy such as EnhancedPolicy of vault rsv-weu: az backup protection enable-for-vm, or update-for-vm if the VM has an item, with --disk-list-setting exclude --diskslist 0 2. Protect them with Azure Disk Backup.',
        commands: [],
      },
    },
  ],
  [
    'a shared disk in a backup that leaves another disk out: the new list must name both',
    { ...shares(2, 1), ...leavingOut(false, 1) },
    {
      ...several,
      message: 'Shared disks cannot be part of VM backup: data-0 (LUN 0, maxShares 2).',
      fix: {
        text: 'Leave all of them out at once under an Enhanced policy such as EnhancedPolicy of vault rsv-weu: az backup protection enable-for-vm, or update-for-vm if the VM has an item, with --disk-list-setting exclude --diskslist 0 1. Protect them with Azure Disk Backup.',
      },
    },
  ],
  [
    'a shared disk that is left out under an Enhanced policy',
    { ...shares(1, 2), ...leavingOut(false, 1) },
    { ...leftOut, message: 'The shared disks are not in the backup: data-1 (LUN 1, maxShares 2).' },
  ],
  ['a shared disk that an inclusion list does not name', { ...shares(1, 2), ...leavingOut(true, 0) }, leftOut],
  ['a shared disk that an inclusion list names', { ...shares(2, 1), ...leavingOut(true, 0) }, several],
  [
    'one of two shared disks left out',
    { ...shares(2, 2), ...leavingOut(false, 1) },
    { ...several, message: 'Shared disks cannot be part of VM backup: data-0 (LUN 0, maxShares 2).' },
  ],
  [
    'a shared disk that is left out under a Standard policy',
    { ...shares(2), ...leavingOut(false, 0), policy: fact(standard) },
    {
      outcome: 'fail',
      reason: 'LeftOutUnderStandard',
      severity: 'blocker',
      message:
        'Shared disks can only be left out under an Enhanced policy; policy DefaultPolicy is a Standard one: data-0 (LUN 0, maxShares 2).',
      fix: {
        text: 'Give the VM an Enhanced policy such as EnhancedPolicy. There is no way back to a Standard one.',
        commands: [
          "az backup item set-policy --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu -c 'IaasVMContainer;iaasvmcontainerv2;rg-pay;vm-pay-01' -n 'VM;iaasvmcontainerv2;rg-pay;vm-pay-01' -p EnhancedPolicy",
        ],
      },
    },
  ],
  [
    'a shared disk that is left out of an item without a policy (ruling 36)',
    { ...shares(2), ...leavingOut(false, 0), policy: fact('none') },
    leftOut,
  ],
  [
    'a shared disk that is left out under a policy that may not be read',
    { ...shares(2), ...leavingOut(false, 0), policy: unread },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  [
    'a shared disk that is left out under a policy that does not tell its kind',
    { ...shares(2), ...leavingOut(false, 0), policy: fact(ofUnknownKind) },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'a shared disk in the backup, under a policy that may not be read',
    { ...shares(2), policy: unread },
    sharedInBackup,
  ],
  [
    'a shared disk, and items that may not be read',
    { ...shares(2), items: unread },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  ['no shared disk, and items that may not be read', { items: unread }, none],
  [
    'a shared disk without a LUN, and nothing left out',
    { ...shares(2), disks: fact(withoutLun), ...noItem },
    {
      ...several,
      message: 'Shared disks cannot be part of VM backup: data-0 (LUN not told, maxShares 2).',
      fix: {
        text: 'Leave all of them out at once under an Enhanced policy such as EnhancedPolicy of vault rsv-weu: az backup protection enable-for-vm, or update-for-vm if the VM has an item, with --disk-list-setting exclude --diskslist <LUNs of these disks>. Protect them with Azure Disk Backup.',
      },
    },
  ],
  [
    'a shared disk without a LUN, and a list of what is left out',
    { ...shares(2), disks: fact(withoutLun), ...leavingOut(false, 0) },
    { outcome: 'unknown', cause: 'not-reported', message: 'Azure does not tell the LUN of a shared disk.' },
  ],
  [
    'a shared disk that is left out beside one without a LUN',
    {
      ...shares(2, 2),
      disks: fact(disks(2).map(({ lun, ...disk }) => (lun === 0 ? { ...disk, lun } : disk))),
      ...leavingOut(false, 0),
    },
    { outcome: 'unknown', cause: 'not-reported', message: 'Azure does not tell the LUN of a shared disk.' },
  ],
  [
    'a data disk whose resource could not be read',
    { disks: fact(disks(1)), diskResources: diskResources(diskResource('os')) },
    { outcome: 'unknown', cause: gap.cause, message: gap.detail },
  ],
  [
    'a shared disk in the backup beside one that could not be read',
    { disks: fact(disks(2)), diskResources: diskResources(diskResource('data-1', { maxShares: 3 })) },
    {
      ...sharedInBackup,
      message: 'A shared disk is in the backup, which does not support it: data-1 (LUN 1, maxShares 3).',
    },
  ],
  [
    'a shared disk that is left out beside one that could not be read',
    {
      disks: fact(disks(2)),
      diskResources: diskResources(diskResource('data-1', { maxShares: 3 })),
      ...leavingOut(false, 1),
    },
    { outcome: 'unknown', cause: gap.cause },
  ],
  [
    'an OS disk whose resource could not be read: it cannot be shared',
    { disks: fact(disks(1)), diskResources: diskResources(diskResource('data-0')) },
    none,
  ],
  [
    'an unmanaged data disk, which has no resource',
    { disks: fact([...disks(1), { name: 'blob', role: 'data', unmanaged: true, lun: 5 }]) },
    none,
  ],
  ['no data disk', { disks: fact(disks(0)) }, { outcome: 'notApplicable', message: 'The VM has no data disk.' }],
  ['disk resources that may not be read', { diskResources: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['disks that may not be read', { disks: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
