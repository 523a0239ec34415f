import type { BackupPolicy } from '../../lib/domain/backup-policy.ts';
import type { Schedule } from '../../lib/domain/schedule.ts';
import type { policyInstantRestore } from '../../lib/rules/policy-instant-restore.ts';
import type { Cases, Differing } from './case.ts';
import { daily, fact, noItem, unread } from './healthy-vm.ts';

type Kept = Pick<BackupPolicy, 'subtype' | 'schedule' | 'retention' | 'instantRestoreDays'>;

function policyWith(parts: Kept): Differing {
  return { policy: fact<BackupPolicy>({ id: daily.id, name: 'Gold', ...parts }) };
}

const long = { kind: 'daily', days: 180 } as const;
const onceADay: Schedule = { kind: 'daily', gapHours: 24 };
const weekly: Schedule = { kind: 'weekly', gapHours: 168 };

function every(intervalHours: number): Schedule {
  return { kind: 'hourly', gapHours: intervalHours, intervalHours };
}

function standard(instantRestoreDays: number, schedule = onceADay): Differing {
  return policyWith({ subtype: 'Standard', schedule, retention: long, instantRestoreDays });
}

function enhanced(instantRestoreDays: number, schedule = onceADay): Differing {
  return policyWith({ subtype: 'Enhanced', schedule, retention: long, instantRestoreDays });
}

const inRange = { outcome: 'pass', reason: 'InRange' } as const;
const outOfRange = { outcome: 'fail', reason: 'OutOfRange', severity: 'info' } as const;
const unreported = { outcome: 'unknown', cause: 'not-reported' } as const;
const vaultNames = '--subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu';
const commands = [
  `az backup policy show ${vaultNames} -n Gold`,
  `az backup policy set ${vaultNames} -n Gold --policy @policy.json`,
];
const swift = { environments: { swift: { minInstantRestoreDays: 14 } } };

export const cases: Cases<typeof policyInstantRestore> = [
  ['a usual policy', {}, { ...inRange, message: 'Policy EnhancedPolicy keeps snapshots 7 days.' }],
  [
    'Standard, 0 days',
    standard(0),
    {
      ...outOfRange,
      message: 'Policy Gold keeps snapshots 0 days; allowed are 1 to 5.',
      fix: {
        text: 'Save the output of the first command as policy.json, set instantRpRetentionRangeInDays to a value in the range, and write it back.',
        commands,
      },
    },
  ],
  ['Standard, 1 day', standard(1), inRange],
  ['Standard, 5 days', standard(5), inRange],
  ['Standard, 6 days', standard(6), outOfRange],
  ['Standard and weekly, 5 days', standard(5, weekly), inRange],
  [
    'Standard and weekly, 4 days',
    standard(4, weekly),
    { ...outOfRange, message: 'Policy Gold keeps snapshots 4 days; allowed are 5 to 5.' },
  ],
  ['Standard and weekly, 6 days', standard(6, weekly), outOfRange],
  ['Enhanced, 0 days', enhanced(0), outOfRange],
  ['Enhanced, 1 day', enhanced(1), inRange],
  ['Enhanced, 30 days', enhanced(30), inRange],
  ['Enhanced, 31 days', enhanced(31), outOfRange],
  ['Enhanced and weekly, 4 days', enhanced(4, weekly), outOfRange],
  ['Enhanced and weekly, 5 days', enhanced(5, weekly), inRange],
  ['Enhanced and weekly, 20 days', enhanced(20, weekly), inRange],
  ['Enhanced and weekly, 21 days', enhanced(21, weekly), outOfRange],
  ['every 4 hours, 1 day', enhanced(1, every(4)), inRange],
  ['every 4 hours, 0 days', enhanced(0, every(4)), outOfRange],
  ['every 4 hours, 17 days', enhanced(17, every(4)), inRange],
  [
    'every 4 hours, 18 days',
    enhanced(18, every(4)),
    { ...outOfRange, message: 'Policy Gold keeps snapshots 18 days; allowed are 1 to 17.' },
  ],
  ['every 6 hours, 22 days', enhanced(22, every(6)), inRange],
  ['every 6 hours, 23 days', enhanced(23, every(6)), outOfRange],
  ['every 8 hours, 22 days: allowed every 6 hours already', enhanced(22, every(8)), inRange],
  [
    'every 8 hours, 23 days: no maximum is documented',
    enhanced(23, every(8)),
    {
      outcome: 'unknown',
      cause: 'docs-disagree',
      message: 'The documentation gives no maximum for the interval of this schedule.',
    },
  ],
  ['every 8 hours, 31 days: too long for any schedule', enhanced(31, every(8)), outOfRange],
  ['every 12 hours, 30 days', enhanced(30, every(12)), inRange],
  ['every 12 hours, 31 days', enhanced(31, every(12)), outOfRange],
  ['every 24 hours, 30 days', enhanced(30, every(24)), inRange],
  ['every 2 hours, which Azure does not offer', enhanced(1, every(2)), inRange],
  ['every 2 hours, 2 days', enhanced(2, every(2)), { outcome: 'unknown', cause: 'docs-disagree' }],
  ['every 48 hours, 30 days', enhanced(30, every(48)), inRange],
  ['an unknown interval, 17 days', enhanced(17, { kind: 'hourly', gapHours: 4 }), inRange],
  [
    'an unknown interval, 18 days',
    enhanced(18, { kind: 'hourly', gapHours: 4 }),
    { outcome: 'unknown', cause: 'docs-disagree' },
  ],
  ['an unknown interval, 31 days', enhanced(31, { kind: 'hourly', gapHours: 4 }), outOfRange],
  [
    'snapshots that outlive the points of the vault',
    policyWith({
      subtype: 'Enhanced',
      schedule: onceADay,
      retention: { kind: 'daily', days: 7 },
      instantRestoreDays: 8,
    }),
    {
      outcome: 'fail',
      reason: 'LongerThanPoints',
      severity: 'info',
      message: 'Policy Gold keeps snapshots 8 days, but points in the vault only 7 days.',
      fix: { commands },
    },
  ],
  [
    'snapshots for as long as the points of the vault',
    policyWith({
      subtype: 'Enhanced',
      schedule: onceADay,
      retention: { kind: 'daily', days: 7 },
      instantRestoreDays: 7,
    }),
    inRange,
  ],
  [
    'snapshots for a week and a day, points for one week',
    policyWith({
      subtype: 'Enhanced',
      schedule: weekly,
      retention: { kind: 'weekly', weeks: 1 },
      instantRestoreDays: 8,
    }),
    { outcome: 'fail', reason: 'LongerThanPoints' },
  ],
  [
    'snapshots for a week, points for one week',
    policyWith({
      subtype: 'Enhanced',
      schedule: weekly,
      retention: { kind: 'weekly', weeks: 1 },
      instantRestoreDays: 7,
    }),
    inRange,
  ],
  ['a wish of the organisation that is met', { ...enhanced(7), settings: { minInstantRestoreDays: 7 } }, inRange],
  [
    'a wish of the organisation that is not met',
    { ...enhanced(6), settings: { minInstantRestoreDays: 7 } },
    {
      outcome: 'fail',
      reason: 'BelowWish',
      severity: 'info',
      message: 'Policy Gold keeps snapshots 6 days; wished are at least 7.',
      fix: { commands },
    },
  ],
  [
    'a wish of the environment',
    { ...enhanced(7), tags: fact({ env: 'swift' }), settings: swift },
    { outcome: 'fail', reason: 'BelowWish' },
  ],
  [
    'tags that may not be read, where environments differ',
    { ...enhanced(7), tags: unread, settings: swift },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  ['out of range, whatever the environment wishes', { ...enhanced(31), tags: unread, settings: swift }, outOfRange],
  [
    'a time that Azure does not tell',
    policyWith({ subtype: 'Enhanced', schedule: onceADay, retention: long }),
    { ...unreported, message: 'For how long policy Gold keeps snapshots could not be read.' },
  ],
  [
    'a subtype that could not be understood',
    policyWith({ schedule: onceADay, retention: long, instantRestoreDays: 3 }),
    { ...unreported, message: 'Subtype, schedule or retention of policy Gold could not be read.' },
  ],
  [
    'a subtype that could not be understood, and a time that no policy may have',
    policyWith({ schedule: onceADay, retention: long, instantRestoreDays: 31 }),
    { ...outOfRange, message: 'Policy Gold keeps snapshots 31 days; allowed are 1 to 30.' },
  ],
  [
    'a schedule that could not be understood',
    policyWith({ subtype: 'Standard', retention: long, instantRestoreDays: 3 }),
    unreported,
  ],
  [
    'a retention that could not be understood',
    policyWith({ subtype: 'Enhanced', schedule: onceADay, instantRestoreDays: 7 }),
    unreported,
  ],
  [
    'an item without a policy (ruling 36)',
    { policy: fact('none') },
    { outcome: 'notApplicable', message: 'The item has no policy: protection is stopped.' },
  ],
  ['no item', noItem, { outcome: 'notApplicable', message: 'No policy is assigned to the VM.' }],
  ['a policy that may not be read', { policy: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['items that may not be read', { items: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
