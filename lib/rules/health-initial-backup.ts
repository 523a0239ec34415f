import { isActive, judgedItem } from '../domain/protection.ts';
import { cannotTell, defineRule, notApplicable } from '../domain/rule.ts';
import { hoursSince, hoursText } from '../domain/time.ts';

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
  check({ items }, { settings, now }, { policy, protectedSince }) {
    const item = judgedItem(items);
    if (item?.lastRecoveryPoint !== undefined) {
      return { kind: 'pass', reason: 'PointExists', details: {} };
    }
    // Only now: a VM with a recovery point is judged although its policy or its jobs could not be read.
    if (policy.kind === 'unknown') {
      return { kind: 'unknown', because: policy.because };
    }
    if (policy.value === 'none') {
      return isActive(item)
        ? cannotTell('not-reported', 'Protection is active, but Azure does not tell the policy of the item.')
        : notApplicable('The item has no policy, so no first backup is due.');
    }
    if (protectedSince.kind === 'unknown') {
      return { kind: 'unknown', because: protectedSince.because };
    }
    const hours = hoursSince(protectedSince.value, now);
    const { schedule } = policy.value;
    if (!schedule || hours === undefined) {
      return cannotTell('not-reported', 'The schedule of the policy or the time of enabling could not be read.');
    }
    const limit = schedule.gapHours + settings.rpoStartWindowHours + settings.initialBackupGraceHours;
    const details = { hours: hoursText(hours), since: protectedSince.value, limit: String(limit) };
    return hours > limit
      ? { kind: 'fail', reason: 'Overdue', details }
      : cannotTell(
          'not-due-yet',
          `Protection was configured at ${details.since}; the first backup is overdue ${limit} h later.`,
        );
  },
});
