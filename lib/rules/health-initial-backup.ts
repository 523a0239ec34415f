import { judgedItem } from '../domain/protection.ts';
import { cannotTell, defineRule, notApplicable } from '../domain/rule.ts';
import { hoursSince } from '../domain/time.ts';

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
    items: (items) => ({ lastRecoveryPoint: judgedItem(items)?.lastRecoveryPoint }),
    policy: (policy) => ({ gapHours: policy === 'none' ? undefined : policy.schedule?.gapHours }),
    protectedSince: (since) => ({ configuredAt: since }),
  },
  pass: { PointExists: 'The first recovery point exists.' },
  fail: {
    Overdue: 'The first backup is still pending {hours} h after protection was configured; the limit is {limit} h.',
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
  check({ items, policy, protectedSince }, { settings, now }) {
    if (judgedItem(items)?.lastRecoveryPoint !== undefined) {
      return { kind: 'pass', reason: 'PointExists', details: {} };
    }
    if (policy === 'none') {
      return notApplicable('The item has no policy, so no first backup is due.');
    }
    const hours = hoursSince(protectedSince, now);
    if (!policy.schedule || hours === undefined) {
      return cannotTell('not-reported', 'The schedule of the policy or the time of enabling could not be read.');
    }
    const limit = policy.schedule.gapHours + settings.rpoStartWindowHours + settings.initialBackupGraceHours;
    return hours > limit
      ? { kind: 'fail', reason: 'Overdue', details: { hours: hours.toFixed(1), limit: String(limit) } }
      : cannotTell(
          'not-due-yet',
          `The first backup is not due before ${limit} h after enabling (${hours.toFixed(1)} h ago).`,
        );
  },
});
