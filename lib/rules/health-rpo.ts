import type { BackupPolicy } from '../domain/backup-policy.ts';
import { requirementsOf } from '../domain/environment.ts';
import { judgedItem } from '../domain/protection.ts';
import { cannotTell, defineRule, notApplicable } from '../domain/rule.ts';
import type { JudgementSettings } from '../domain/settings.ts';
import { hoursSince, hoursText } from '../domain/time.ts';

/** The limit in hours: the shorter of policy gap and company RPO, the start window, and the grace of the kind. */
function limitHours(
  policy: BackupPolicy | 'none',
  companyRpo: number,
  settings: JudgementSettings,
): number | undefined {
  if (policy === 'none') {
    return companyRpo + settings.rpoStartWindowHours + settings.rpoGraceHoursDaily;
  }
  if (!policy.schedule) {
    return undefined;
  }
  const grace = policy.schedule.kind === 'hourly' ? settings.rpoGraceHoursHourly : settings.rpoGraceHoursDaily;
  return Math.min(policy.schedule.gapHours, companyRpo) + settings.rpoStartWindowHours + grace;
}

export const healthRpo = defineRule({
  id: 'health-rpo',
  title: 'The newest recovery point is within the RPO',
  category: 'backup-health',
  severity: 'blocker',
  rationale:
    'The promise itself: the age of the newest recovery point is at most the largest gap of the policy (or the company RPO, if shorter) plus start window and grace. Beyond it a warning, beyond twice the limit a blocker.',
  sources: ['FAQ - Backing up Azure VMs, 2025-12-09 (start window); grace: design decision'],
  reviewed: '2026-11-20',
  needs: {
    vm: (vm) => ({ timeCreated: vm.timeCreated }),
    tags: () => ({}),
    items: (items) => ({ lastRecoveryPoint: judgedItem(items)?.lastRecoveryPoint }),
    policy: (policy) => ({
      policy: policy === 'none' ? 'none' : policy.name,
      gapHours: policy === 'none' ? undefined : policy.schedule?.gapHours,
    }),
  },
  pass: {
    WithinRpo: 'Newest recovery point is {hours} h old; limit {limit} h.',
    WithinRpoOfFormerVm:
      'Newest recovery point is {hours} h old; limit {limit} h. The VM was created after it: nothing of its new disks has been saved yet.',
  },
  fail: {
    Exceeded: 'Newest recovery point is {hours} h old; limit {limit} h.',
  },
  remedies: {
    Exceeded: {
      text: 'Find the failing job, then back up now.',
      commands: [
        'az backup job list --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault}',
        'az backup recoverypoint list --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault} -c {container} -i {item} --backup-management-type AzureIaasVM',
      ],
    },
  },
  concerns({ items }) {
    const item = items.kind === 'known' ? judgedItem(items.value) : undefined;
    return items.kind === 'unknown' || item?.lastRecoveryPoint !== undefined || 'There is no recovery point to judge.';
  },
  check({ vm, items, policy }, { settings, now }, sheet) {
    const point = judgedItem(items)?.lastRecoveryPoint;
    if (point === undefined) {
      return notApplicable('There is no recovery point to judge.');
    }
    const hours = hoursSince(point, now);
    if (hours === undefined || hours < 0) {
      return cannotTell('not-reported', `The newest recovery point is reported as ${point}, which is no past instant.`);
    }
    const required = requirementsOf(sheet, settings);
    if (required.kind === 'unknown') {
      return required;
    }
    const company = required.settings.rpoHours;
    const limit = limitHours(policy, company, settings);
    if (limit === undefined) {
      return cannotTell('not-reported', 'The schedule of the policy could not be read.');
    }
    const details = { hours: hoursText(hours), limit: String(limit) };
    if (hours > limit) {
      return { kind: 'fail', reason: 'Exceeded', details, severity: hours > 2 * limit ? 'blocker' : 'warning' };
    }
    const age = vm.timeCreated === undefined ? undefined : hoursSince(vm.timeCreated, now);
    const isOfFormerVm = age !== undefined && age < hours;
    return { kind: 'pass', reason: isOfFormerVm ? 'WithinRpoOfFormerVm' : 'WithinRpo', details };
  },
});
