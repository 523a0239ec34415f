import { resourceGroupOf } from '../domain/ids.ts';
import type { Lock } from '../domain/lock.ts';
import { judgedItem } from '../domain/protection.ts';
import { restorePointLocks } from '../domain/restore-point-group.ts';
import { cannotTell, defineRule } from '../domain/rule.ts';
import { isOneOf } from '../domain/word.ts';

const harmfulLevels = ['CanNotDelete', 'ReadOnly'];

function isHarmful({ level }: Lock): boolean {
  return isOneOf(level, harmfulLevels);
}

function inWords({ name, id, scope }: Lock): string {
  const [, group] = scope.split('/resourcegroups/');
  return `${name} on ${group ? `resource group ${resourceGroupOf(id) ?? group}` : 'the subscription'}`;
}

export const lockRestorePointRg = defineRule({
  id: 'lock-restore-point-rg',
  title: 'No lock keeps old restore points from being removed',
  category: 'limitation',
  severity: 'warning',
  rationale:
    "Azure Backup keeps restore points in resource groups AzureBackupRG_{region}_{n} (or as the policy names them) and removes old ones. Any lock on the group or on the subscription stops that, until backups fail with UserErrorRpCollectionLimitReached at 18 points. Locks on the VM's own group are fine for managed VMs.",
  sources: [
    'FAQ - Backing up Azure VMs, 2025-12-09',
    'Troubleshoot failures caused by agent or extension issues, 2025-11-12',
    'Support matrix for Azure VM backups, 2026-03-26',
  ],
  reviewed: '2026-11-21',
  needs: {
    vm: (vm) => ({ subscriptionId: vm.subscriptionId, location: vm.region }),
    items: (items) => ({ policyId: judgedItem(items)?.policyId }),
    locks: (locks) => ({
      locks: locks
        .map(({ level, scope }) => `${level} ${scope}`)
        .toSorted()
        .join(', '),
    }),
  },
  pass: { NotLocked: 'No lock holds the resource group of the restore points or the subscription.' },
  fail: { Locked: 'The clean-up of restore points is blocked by a lock: {locks}.' },
  remedies: {
    Locked: {
      text: 'Delete the lock (if there are several, each of them), then back up now, which cleans up.',
      commands: [
        'az lock delete --ids {lockId}',
        'az backup protection backup-now --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault} -c {container} -i {item} --backup-management-type AzureIaasVM',
      ],
    },
  },
  concerns({ items }) {
    return items.kind === 'unknown' || judgedItem(items.value) !== undefined || 'No item exists.';
  },
  check({ vm, locks }, _context, { policy }) {
    const { certain, possible } = restorePointLocks(vm, policy.kind === 'known' ? policy.value : 'unknown', locks);
    const harmful = certain.filter(isHarmful).toSorted((a, b) => a.id.localeCompare(b.id));
    const [first] = harmful;
    if (first) {
      const details = { locks: harmful.map(inWords).join(', ') };
      return { kind: 'fail', reason: 'Locked', details, commandDetails: { lockId: first.id } };
    }
    const [unclear] = certain;
    if (unclear) {
      return cannotTell('not-reported', `Lock ${inWords(unclear)} has the level ${unclear.level}, which is not known.`);
    }
    return policy.kind === 'unknown' && possible.length > 0
      ? policy
      : { kind: 'pass', reason: 'NotLocked', details: {} };
  },
});
