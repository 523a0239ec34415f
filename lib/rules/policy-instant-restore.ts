import type { BackupPolicy } from '../domain/backup-policy.ts';
import { requirementsOf } from '../domain/environment.ts';
import { type SnapshotRange, snapshotRange } from '../domain/instant-restore.ts';
import { judgedItem } from '../domain/protection.ts';
import { cannotTell, defineRule, notApplicable } from '../domain/rule.ts';

const daysPerWeek = 7;

function retentionDays({ retention }: BackupPolicy): number | undefined {
  return retention?.kind === 'weekly' ? retention.weeks * daysPerWeek : retention?.days;
}

/** The widest range that any policy may have, for one whose subtype or schedule could not be understood. */
const anyRange: SnapshotRange = { least: 1, most: 30, possible: 30 };

export const policyInstantRestore = defineRule({
  id: 'policy-instant-restore',
  title: 'The policy keeps snapshots for an instant restore for an allowed and wished time',
  category: 'policy',
  severity: 'info',
  rationale:
    'Snapshots stay for 1 to 5 days under a Standard policy (weekly: exactly 5), 1 to 30 under an Enhanced one (weekly: 5 to 20; every 4 h: 17 at most, every 6 h: 22, every 12 h: 30), never longer than the points in the vault. Outside that an update of the policy is rejected. They cannot be switched off.',
  sources: ['Enhanced policy for Azure VM backup, 2025-06', 'Instant restore, 2025-06'],
  reviewed: '2026-11-21',
  needs: {
    items: (items) => ({ policyId: judgedItem(items)?.policyId }),
    policy: (policy) =>
      policy === 'none' ? {} : { policy: policy.name, instantRpRetentionRangeInDays: policy.instantRestoreDays },
  },
  pass: { InRange: 'Policy {policy} keeps snapshots {days} days.' },
  fail: {
    OutOfRange: 'Policy {policy} keeps snapshots {days} days; allowed are {least} to {most}.',
    LongerThanPoints: 'Policy {policy} keeps snapshots {days} days, but points in the vault only {retention} days.',
    BelowWish: 'Policy {policy} keeps snapshots {days} days; wished are at least {wished}.',
  },
  remedies: {
    OutOfRange: {
      text: 'Save the output of the first command as policy.json, set instantRpRetentionRangeInDays to a value in the range, and write it back.',
      commands: [
        'az backup policy show --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault} -n {policy}',
        'az backup policy set --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault} -n {policy} --policy @policy.json',
      ],
    },
    LongerThanPoints: {
      text: 'Save the output of the first command as policy.json, set instantRpRetentionRangeInDays to at most {retention} or keep the points longer, and write it back.',
      commands: [
        'az backup policy show --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault} -n {policy}',
        'az backup policy set --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault} -n {policy} --policy @policy.json',
      ],
    },
    BelowWish: {
      text: 'Save the output of the first command as policy.json, set instantRpRetentionRangeInDays to {wished} or more (more than 5 needs an Enhanced policy), and write it back.',
      commands: [
        'az backup policy show --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault} -n {policy}',
        'az backup policy set --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault} -n {policy} --policy @policy.json',
      ],
    },
  },
  concerns({ items }) {
    return items.kind === 'unknown' || judgedItem(items.value) !== undefined || 'No policy is assigned to the VM.';
  },
  check({ policy }, { settings }, sheet) {
    if (policy === 'none') {
      return notApplicable('The item has no policy: protection is stopped.');
    }
    const days = policy.instantRestoreDays;
    if (days === undefined) {
      return cannotTell('not-reported', `For how long policy ${policy.name} keeps snapshots could not be read.`);
    }
    const details = { policy: policy.name, days: String(days) };
    const range = snapshotRange(policy) ?? anyRange;
    if (days < range.least || days > range.possible) {
      const ends = { least: String(range.least), most: String(range.possible) };
      return { kind: 'fail', reason: 'OutOfRange', details: { ...details, ...ends } };
    }
    const retention = retentionDays(policy);
    if (retention !== undefined && days > retention) {
      return { kind: 'fail', reason: 'LongerThanPoints', details: { ...details, retention: String(retention) } };
    }
    const requirements = requirementsOf(sheet, settings);
    if (requirements.kind === 'unknown') {
      return requirements;
    }
    const wished = requirements.settings.minInstantRestoreDays;
    if (days < wished) {
      return { kind: 'fail', reason: 'BelowWish', details: { ...details, wished: String(wished) } };
    }
    if (retention === undefined || range === anyRange) {
      return cannotTell('not-reported', `Subtype, schedule or retention of policy ${policy.name} could not be read.`);
    }
    return days > range.most
      ? cannotTell('docs-disagree', 'The documentation gives no maximum for the interval of this schedule.')
      : { kind: 'pass', reason: 'InRange', details };
  },
});
