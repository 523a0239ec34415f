import type { BackupPolicy } from './backup-policy.ts';
import { armId } from './ids.ts';
import type { Lock } from './lock.ts';
import type { Machine } from './machine.ts';

/** How the name of a resource group begins and ends; a number stands between. */
interface GroupPattern {
  readonly prefix: string;
  readonly suffix: string;
}

/**
 * Azure Backup keeps restore points in groups that it creates in the VM's subscription, by its own name
 * `AzureBackupRG_{region}_{n}` or by the name that the policy gives.
 */
function groupPattern({ region }: Machine, policy: BackupPolicy | 'none'): GroupPattern {
  const custom = policy === 'none' ? undefined : policy.restorePointGroup;
  return custom && custom.prefix + custom.suffix !== ''
    ? { prefix: custom.prefix.toLowerCase(), suffix: custom.suffix.toLowerCase() }
    : { prefix: `azurebackuprg_${region}_`, suffix: '' };
}

function fits(group: string, { prefix, suffix }: GroupPattern): boolean {
  const isFramed = group.startsWith(prefix) && group.endsWith(suffix);
  return isFramed && /^\d+$/.test(group.slice(prefix.length, group.length - suffix.length));
}

/** Locks that hold the restore points of a VM, and those that do so if the policy, which is not known, names their group. */
export interface RestorePointLocks {
  readonly certain: readonly Lock[];
  readonly possible: readonly Lock[];
}

/** Locks on the subscription of a VM or on a group with its restore points; a lock inside such a group is no lock on it. */
export function restorePointLocks(
  vm: Machine,
  policy: BackupPolicy | 'none' | 'unknown',
  locks: readonly Lock[],
): RestorePointLocks {
  if (locks.length === 0) {
    return { certain: [], possible: [] };
  }
  const subscription = armId(`/subscriptions/${vm.subscriptionId}`);
  const groups = `${subscription}/resourcegroups/`;
  const onSubscription = locks.filter(({ scope }) => scope === subscription);
  const onGroups = locks.filter(({ scope }) => scope.startsWith(groups) && !scope.slice(groups.length).includes('/'));
  if (policy === 'unknown') {
    return { certain: onSubscription, possible: onGroups };
  }
  const pattern = groupPattern(vm, policy);
  const onRestorePoints = onGroups.filter(({ scope }) => fits(scope.slice(groups.length), pattern));
  return { certain: [...onSubscription, ...onRestorePoints], possible: [] };
}
