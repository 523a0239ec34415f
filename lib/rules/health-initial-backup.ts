import { firstBackupOf } from '../domain/first-backup.ts';
import { judgedItem } from '../domain/protection.ts';
import { cannotTell, defineRule, notApplicable } from '../domain/rule.ts';
import { hoursText } from '../domain/time.ts';

export const healthInitialBackup = defineRule({
  id: 'health-initial-backup',
  title: 'The first backup was completed in time',
  category: 'backup-health',
  severity: 'warning',
  rationale:
    'Enabling protection makes no recovery point: the first run follows the schedule and may last more than 24 hours. Overdue is what has none after the largest gap of the policy, the start window and the grace for first backups.',
  sources: ['Back up Azure VMs in a Recovery Services vault, 2026-03-25', 'FAQ - Backing up Azure VMs, 2025-12-09'],
  reviewed: '2026-11-20',
  needs: {
    items: (items) => ({
      lastRecoveryPoint: judgedItem(items)?.lastRecoveryPoint,
      protectionState: judgedItem(items)?.protectionState,
    }),
  },
  pass: { PointExists: 'The first recovery point exists.' },
  fail: {
    Overdue:
      'The first backup is still pending {hours} h after protection was configured at {since}; the limit is {limit} h.',
  },
  remedies: {
    Overdue: {
      text: 'Back up now and read the job.',
      commands: [
        'az backup protection backup-now --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault} -c {container} -i {item} --backup-management-type AzureIaasVM',
        'az backup job list --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault}',
      ],
    },
  },
  concerns({ items }) {
    return items.kind === 'unknown' || judgedItem(items.value) !== undefined || 'No item exists.';
  },
  check({ items }, { settings, now }, sheet) {
    const item = judgedItem(items);
    if (item?.lastRecoveryPoint !== undefined) {
      return { kind: 'pass', reason: 'PointExists', details: {} };
    }
    // Only now: a VM with a recovery point is judged although its policy or its jobs could not be read.
    const first = firstBackupOf(item, sheet, settings, now);
    switch (first.kind) {
      case 'unknown':
        return { kind: 'unknown', because: first.because };
      case 'none-due':
        return notApplicable('The item has no policy, so no first backup is due.');
      case 'not-due':
        return cannotTell(
          'not-due-yet',
          `Protection was configured at ${first.since}; the first backup is overdue ${first.limit} h later.`,
        );
      case 'overdue': {
        const { since, limit } = first;
        return {
          kind: 'fail',
          reason: 'Overdue',
          details: { hours: hoursText(first.hours), since, limit: String(limit) },
        };
      }
      default: {
        const never: never = first;
        return never;
      }
    }
  },
});
