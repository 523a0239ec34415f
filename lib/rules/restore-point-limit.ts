import type { FactSheet } from '../domain/fact-sheet.ts';
import { judgedItem } from '../domain/protection.ts';
import { isReported, reportedErrors } from '../domain/reported-errors.ts';
import { cannotTell, defineRule, notApplicable } from '../domain/rule.ts';

/** Instant restore points per VM, in all collections and groups, those of other products included. */
const maximum = 18;
/** From here on two more make backups fail. */
const tooMany = 16;

const limitError = 'UserErrorRpCollectionLimitReached';

/** Whether many points are made: only an Enhanced policy can run hourly. */
function runsHourly({ policy }: FactSheet): boolean | 'unknown' {
  if (policy.kind === 'unknown') {
    return 'unknown';
  }
  if (policy.value === 'none' || policy.value.subtype === 'Standard') {
    return false;
  }
  return policy.value.schedule ? policy.value.schedule.kind === 'hourly' : 'unknown';
}

/** Why it cannot be told how many points there are, of a VM that may have many. */
function unread({ policy, restorePoints }: FactSheet, isHourly: true | 'unknown') {
  if (restorePoints.kind === 'unknown') {
    return isHourly === 'unknown' && policy.kind === 'unknown' ? policy : restorePoints;
  }
  return cannotTell('not-reported', 'The restore point collections were read, but not the points in them.');
}

export const restorePointLimit = defineRule({
  id: 'restore-point-limit',
  title: 'There is room for another restore point',
  category: 'limitation',
  severity: 'warning',
  rationale:
    'A VM has at most 18 instant restore points in all collections and resource groups, those of other products included; then backups fail with UserErrorRpCollectionLimitReached. From 16 on there is no room to spare. Hourly policies come near it, and VMs whose old points cannot be removed.',
  sources: ['Troubleshoot failures caused by agent or extension issues, 2025-11-12'],
  reviewed: '2026-11-21',
  needs: {
    items: (items) => ({
      healthDetails: judgedItem(items)
        ?.healthDetails?.map(({ code }) => code)
        .join(', '),
    }),
  },
  pass: { HasRoom: '{points} of {maximum} restore points exist.' },
  fail: {
    TooMany: '{points} of {maximum} restore points exist.',
    LimitReached: 'Azure Backup reports {error}: {maximum} restore points exist, and old ones are not removed.',
  },
  remedies: {
    TooMany: {
      text: 'Remove locks on the restore points, lower the instant-restore retention of the policy, delete restore points of other products.',
      commands: [],
    },
    LimitReached: {
      text: 'Remove locks on the restore points, lower the instant-restore retention of the policy, delete restore points of other products; then back up now, which cleans up.',
      commands: [
        'az backup protection backup-now --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault} -c {container} -i {item} --backup-management-type AzureIaasVM',
      ],
    },
  },
  concerns({ items }) {
    return items.kind === 'unknown' || judgedItem(items.value) !== undefined || 'No item exists.';
  },
  check({ items }, _context, sheet) {
    const { jobs, restorePoints } = sheet;
    const item = judgedItem(items);
    if (item && isReported(limitError, reportedErrors(item, jobs.kind === 'known' ? jobs.value : []))) {
      return { kind: 'fail', reason: 'LimitReached', details: { error: limitError, maximum: String(maximum) } };
    }
    const points = restorePoints.kind === 'known' ? restorePoints.value.points : undefined;
    const details = { points: String(points), maximum: String(maximum) };
    if (points !== undefined && points >= tooMany) {
      return { kind: 'fail', reason: 'TooMany', details };
    }
    if (jobs.kind === 'unknown') {
      return jobs;
    }
    const isHourly = runsHourly(sheet);
    if (!isHourly) {
      return notApplicable('The policy does not run hourly, and no backup reports the limit.');
    }
    return points === undefined ? unread(sheet, isHourly) : { kind: 'pass', reason: 'HasRoom', details };
  },
});
