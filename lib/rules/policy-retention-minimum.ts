import { requirementsOf } from '../domain/environment.ts';
import { judgedItem } from '../domain/protection.ts';
import { cannotTell, defineRule, notApplicable } from '../domain/rule.ts';

const daysPerWeek = 7;

export const policyRetentionMinimum = defineRule({
  id: 'policy-retention-minimum',
  title: 'The policy of the item keeps its points for as long as is required',
  category: 'policy',
  severity: 'warning',
  rationale:
    'Daily points are kept for 7 to 9,999 days (the service refuses less); how long is required the organisation says, 30 days if nothing else. A policy that runs weekly is measured by its weeks. Monthly and yearly points come on top and do not help the first weeks.',
  sources: [
    'FAQ - Backing up Azure VMs, 2025-12-09',
    'Enhanced policy for Azure VM backup, 2025-06',
    'Minimum: design decision',
  ],
  reviewed: '2026-11-21',
  needs: {
    items: (items) => ({ policyId: judgedItem(items)?.policyId }),
    policy: (policy) =>
      policy === 'none'
        ? {}
        : {
            policy: policy.name,
            'retentionDuration.count':
              policy.retention?.kind === 'daily' ? policy.retention.days : policy.retention?.weeks,
            'retentionDuration.durationType':
              policy.retention && (policy.retention.kind === 'daily' ? 'Days' : 'Weeks'),
          },
  },
  pass: {
    LongEnough: 'Policy {policy} keeps daily points {days} days; required {required}.',
    WeeklyLongEnough: 'Policy {policy} keeps weekly points {weeks} weeks ({days} days); required {required}.',
  },
  fail: {
    TooShort: 'Policy {policy} keeps daily points {days} days; required {required}.',
    WeeklyTooShort: 'Policy {policy} keeps weekly points {weeks} weeks ({days} days); required {required}.',
  },
  remedies: {
    TooShort: {
      text: 'Save the output of the first command as policy.json, set retentionPolicy.dailySchedule.retentionDuration.count to {required}, and write it back. Points that exist are extended; the portal shows it after up to 24 hours.',
      commands: [
        'az backup policy show --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault} -n {policy}',
        'az backup policy set --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault} -n {policy} --policy @policy.json',
      ],
    },
    WeeklyTooShort: {
      text: 'Save the output of the first command as policy.json, set retentionPolicy.weeklySchedule.retentionDuration.count to {requiredWeeks}, and write it back. Points that exist are extended; the portal shows it after up to 24 hours.',
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
    const { retention } = policy;
    if (!retention) {
      return cannotTell('not-reported', `For how long policy ${policy.name} keeps points could not be read.`);
    }
    const requirements = requirementsOf(sheet, settings);
    if (requirements.kind === 'unknown') {
      return requirements;
    }
    const required = requirements.settings.minRetentionDays;
    if (retention.kind === 'daily') {
      const details = { policy: policy.name, days: String(retention.days), required: String(required) };
      return retention.days >= required
        ? { kind: 'pass', reason: 'LongEnough', details }
        : { kind: 'fail', reason: 'TooShort', details };
    }
    const days = retention.weeks * daysPerWeek;
    const weeks = String(retention.weeks);
    const details = { policy: policy.name, weeks, days: String(days), required: String(required) };
    return days >= required
      ? { kind: 'pass', reason: 'WeeklyLongEnough', details }
      : {
          kind: 'fail',
          reason: 'WeeklyTooShort',
          details,
          commandDetails: { requiredWeeks: String(Math.ceil(required / daysPerWeek)) },
        };
  },
});
