import type { BackupPolicy } from '../../lib/domain/backup-policy.ts';
import { armId } from '../../lib/domain/ids.ts';
import type { Lock } from '../../lib/domain/lock.ts';
import type { lockRestorePointRg } from '../../lib/rules/lock-restore-point-rg.ts';
import type { Cases, Differing } from './case.ts';
import { daily, fact, noItem, otherSubscription, ownSubscription, unread } from './healthy-vm.ts';

const ownScope = `/subscriptions/${ownSubscription}`;

function lockOn(scope: string, level = 'CanNotDelete', name = 'keep'): Lock {
  return { id: `${scope}/providers/Microsoft.Authorization/locks/${name}`, name, level, scope: armId(scope) };
}

function onGroup(group: string, level?: string, name?: string): Lock {
  return lockOn(`${ownScope}/resourceGroups/${group}`, level, name);
}

function locks(...all: readonly Lock[]): Differing {
  return { locks: fact(all) };
}

function named(prefix: string, suffix: string): Differing {
  return { policy: fact<BackupPolicy>({ ...daily, restorePointGroup: { prefix, suffix } }) };
}

const free = { outcome: 'pass', reason: 'NotLocked' } as const;
const locked = { outcome: 'fail', reason: 'Locked', severity: 'warning' } as const;
const backUpNow =
  "az backup protection backup-now --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu -c 'IaasVMContainer;iaasvmcontainerv2;rg-pay;vm-pay-01' -i 'VM;iaasvmcontainerv2;rg-pay;vm-pay-01' --backup-management-type AzureIaasVM";

export const cases: Cases<typeof lockRestorePointRg> = [
  [
    'no lock at all',
    {},
    { ...free, message: 'No lock holds the resource group of the restore points or the subscription.' },
  ],
  [
    'a delete lock on the group of the restore points',
    locks(onGroup('AzureBackupRG_westeurope_1')),
    {
      ...locked,
      message:
        'The clean-up of restore points is blocked by a lock: keep on resource group AzureBackupRG_westeurope_1.',
      fix: {
        commands: [
          'az lock delete --ids /subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/AzureBackupRG_westeurope_1/providers/Microsoft.Authorization/locks/keep',
          backUpNow,
        ],
      },
    },
  ],
  ['a read-only lock on it', locks(onGroup('azurebackuprg_WestEurope_1', 'ReadOnly')), locked],
  ['a lock level in another case', locks(onGroup('AzureBackupRG_westeurope_1', 'READONLY')), locked],
  ['a lock on the twelfth group', locks(onGroup('AzureBackupRG_westeurope_12')), locked],
  [
    'a lock on the subscription',
    locks(lockOn(ownScope)),
    { ...locked, message: 'The clean-up of restore points is blocked by a lock: keep on the subscription.' },
  ],
  [
    'two locks, in any order',
    locks(
      onGroup('AzureBackupRG_westeurope_1', 'ReadOnly', 'z'),
      onGroup('AzureBackupRG_westeurope_1', 'ReadOnly', 'a'),
    ),
    {
      ...locked,
      message:
        'The clean-up of restore points is blocked by a lock: a on resource group AzureBackupRG_westeurope_1, z on resource group AzureBackupRG_westeurope_1.',
      fix: {
        commands: [
          'az lock delete --ids /subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/AzureBackupRG_westeurope_1/providers/Microsoft.Authorization/locks/a',
          backUpNow,
        ],
      },
    },
  ],
  ['a lock on the group of another region', locks(onGroup('AzureBackupRG_northeurope_1')), free],
  ['a lock on the group of another region whose name is as long', locks(onGroup('AzureBackupRG_southindia_1')), free],
  ['a lock on a group whose name goes on', locks(onGroup('AzureBackupRG_westeurope_1_old')), free],
  ['a lock on a group whose name begins earlier', locks(onGroup('old-AzureBackupRG_westeurope_1')), free],
  ['a lock on a group without a number', locks(onGroup('AzureBackupRG_westeurope_')), free],
  ['a lock on a group of a region with a longer name', locks(onGroup('AzureBackupRG_westeurope2_1')), free],
  ['a lock on the group of the VM', locks(onGroup('rg-pay')), free],
  [
    'a lock on something in the group of the restore points',
    locks(
      lockOn(
        `${ownScope}/resourceGroups/AzureBackupRG_westeurope_1/providers/Microsoft.Compute/restorePointCollections/c`,
      ),
    ),
    free,
  ],
  [
    'a lock on the group of that name in another subscription',
    locks(lockOn(`/subscriptions/${otherSubscription}/resourceGroups/AzureBackupRG_westeurope_1`)),
    free,
  ],
  ['a lock on another subscription', locks(lockOn(`/subscriptions/${otherSubscription}`)), free],
  [
    'a policy that names the group, and a lock on it',
    { ...named('rg-Snapshots-', '-prod'), ...locks(onGroup('RG-snapshots-1-Prod')) },
    {
      ...locked,
      message: 'The clean-up of restore points is blocked by a lock: keep on resource group RG-snapshots-1-Prod.',
    },
  ],
  [
    'a policy that gives the beginning of the name only',
    { ...named('rg-snap', ''), ...locks(onGroup('rg-snap3')) },
    locked,
  ],
  [
    'a policy that gives the beginning of the name, and a lock on a group with more than a number after it',
    { ...named('rg-snap', ''), ...locks(onGroup('rg-snap-old3')) },
    free,
  ],
  ['a policy that gives the end of the name only', { ...named('', '-snap'), ...locks(onGroup('3-snap')) }, locked],
  [
    'a policy that names the group, and a lock on one without a number',
    { ...named('rg-snapshots-', '-prod'), ...locks(onGroup('rg-snapshots-prod')) },
    free,
  ],
  [
    'a name that is shorter than its beginning and end together',
    { ...named('rg-1', '1'), ...locks(onGroup('rg-1')) },
    free,
  ],
  [
    'a policy that names the group, and a lock on that of other policies',
    { ...named('rg-snapshots-', ''), ...locks(onGroup('AzureBackupRG_westeurope_1')) },
    free,
  ],
  [
    'a policy that names the group by nothing',
    { ...named('', ''), ...locks(onGroup('AzureBackupRG_westeurope_1')) },
    locked,
  ],
  [
    'an item without a policy: the usual group (ruling 36)',
    { policy: fact('none'), ...locks(onGroup('AzureBackupRG_westeurope_1')) },
    locked,
  ],
  [
    'a level that is not known',
    locks(onGroup('AzureBackupRG_westeurope_1', 'NotSpecified')),
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message: 'Lock keep on resource group AzureBackupRG_westeurope_1 has the level NotSpecified, which is not known.',
    },
  ],
  [
    'a level that is not known beside one that is',
    locks(onGroup('AzureBackupRG_westeurope_1', 'Odd'), lockOn(ownScope)),
    locked,
  ],
  ['a level that is not known elsewhere', locks(onGroup('rg-pay', 'NotSpecified')), free],
  [
    'a policy that may not be read, and a lock on some group: the policy may name it',
    { policy: unread, ...locks(onGroup('rg-pay')) },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  [
    'a policy that may not be read, and a lock on the subscription',
    { policy: unread, ...locks(lockOn(ownScope)) },
    locked,
  ],
  [
    'a policy that may not be read, and a lock that can be on no group of restore points',
    { policy: unread, ...locks(lockOn(`/subscriptions/${otherSubscription}/resourceGroups/rg-1`)) },
    free,
  ],
  ['a policy that may not be read, and no lock', { policy: unread }, free],
  ['locks that may not be read', { locks: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['no item', { ...noItem, ...locks(lockOn(ownScope)) }, { outcome: 'notApplicable', message: 'No item exists.' }],
  ['items that may not be read', { items: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['a VM that may not be read', { vm: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
