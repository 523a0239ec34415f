import { requirementsOf } from '../domain/environment.ts';
import { judgedItem } from '../domain/protection.ts';
import { cannotTell, defineRule, notApplicable } from '../domain/rule.ts';
import { hoursText } from '../domain/time.ts';

export const policyScheduleRpo = defineRule({
  id: 'policy-schedule-rpo',
  title: 'The schedule of the policy can meet the RPO',
  category: 'policy',
  severity: 'warning',
  rationale:
    'A policy that keeps to its schedule leaves at most its largest gap: 24 hours if daily, the gap between run days if weekly, the interval or the night outside the window if hourly. A gap beyond the RPO of the environment can never meet it. Schedules do not follow daylight saving time; the vault gets one point a day.',
  sources: [
    'Support matrix for Azure VM backups, 2026-03-26',
    'Enhanced policy for Azure VM backup, 2025-06',
    'ARM type definitions of recoveryservicesbackup, 2026-07-01',
  ],
  reviewed: '2026-11-21',
  needs: {
    items: (items) => ({ policyId: judgedItem(items)?.policyId }),
    policy: (policy) =>
      policy === 'none'
        ? {}
        : { policy: policy.name, scheduleRunFrequency: policy.schedule?.kind, gapHours: policy.schedule?.gapHours },
  },
  pass: { WithinRpo: 'Policy {policy} runs at least every {hours} h; required RPO {rpo} h.' },
  fail: { BeyondRpo: 'Policy {policy} leaves {hours} h between two runs; required RPO {rpo} h.' },
  remedies: {
    BeyondRpo: {
      text: 'Assign a policy with a denser schedule, or a new one with such a schedule. The command lists those of the vault.',
      commands: [
        'az backup policy list --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault} --workload-type VM',
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
    if (!policy.schedule) {
      return cannotTell('not-reported', `The schedule of policy ${policy.name} could not be understood.`);
    }
    const requirements = requirementsOf(sheet, settings);
    if (requirements.kind === 'unknown') {
      return requirements;
    }
    const { gapHours } = policy.schedule;
    const { rpoHours } = requirements.settings;
    const details = { policy: policy.name, hours: hoursText(gapHours), rpo: hoursText(rpoHours) };
    return gapHours <= rpoHours
      ? { kind: 'pass', reason: 'WithinRpo', details }
      : { kind: 'fail', reason: 'BeyondRpo', details };
  },
});
