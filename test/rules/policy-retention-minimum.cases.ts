import type { BackupPolicy, Retention } from '../../lib/domain/backup-policy.ts';
import type { policyRetentionMinimum } from '../../lib/rules/policy-retention-minimum.ts';
import type { Cases, Differing } from './case.ts';
import { daily, fact, item, live, noItem, unread, vault } from './healthy-vm.ts';

function keeping(retention: Retention): Differing {
  return { policy: fact<BackupPolicy>({ ...daily, retention }) };
}

function days(count: number): Differing {
  return keeping({ kind: 'daily', days: count });
}

function weeks(count: number): Differing {
  return keeping({ kind: 'weekly', weeks: count });
}

const long = { outcome: 'pass', reason: 'LongEnough' } as const;
const short = { outcome: 'fail', reason: 'TooShort', severity: 'warning' } as const;
const vaultNames = '--subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu';
const commands = [
  `az backup policy show ${vaultNames} -n EnhancedPolicy`,
  `az backup policy set ${vaultNames} -n EnhancedPolicy --policy @policy.json`,
];
const archive = { environments: { Archive: { minRetentionDays: 180 } } };

export const cases: Cases<typeof policyRetentionMinimum> = [
  ['exactly 30 days', days(30), { ...long, message: 'Policy EnhancedPolicy keeps daily points 30 days; required 30.' }],
  [
    '29 days',
    days(29),
    {
      ...short,
      message: 'Policy EnhancedPolicy keeps daily points 29 days; required 30.',
      fix: {
        text: 'Save the output of the first command as policy.json, set retentionPolicy.dailySchedule.retentionDuration.count to 30, and write it back. Points that exist are extended; the portal shows it after up to 24 hours.',
        commands,
      },
    },
  ],
  ['a longer time', days(9999), long],
  ['a minimum of the organisation', { ...days(7), settings: { minRetentionDays: 7 } }, long],
  ['below a minimum of the organisation', { ...days(6), settings: { minRetentionDays: 7 } }, short],
  [
    'five weeks of a weekly policy',
    weeks(5),
    {
      outcome: 'pass',
      reason: 'WeeklyLongEnough',
      message: 'Policy EnhancedPolicy keeps weekly points 5 weeks (35 days); required 30.',
    },
  ],
  [
    'four weeks of a weekly policy: 28 days',
    weeks(4),
    {
      outcome: 'fail',
      reason: 'WeeklyTooShort',
      severity: 'warning',
      message: 'Policy EnhancedPolicy keeps weekly points 4 weeks (28 days); required 30.',
      fix: {
        text: 'Save the output of the first command as policy.json, set retentionPolicy.weeklySchedule.retentionDuration.count to 5, and write it back. Points that exist are extended; the portal shows it after up to 24 hours.',
        commands,
      },
    },
  ],
  [
    'weeks that are exactly the minimum',
    { ...weeks(4), settings: { minRetentionDays: 28 } },
    { outcome: 'pass', reason: 'WeeklyLongEnough' },
  ],
  [
    'an environment that asks for more',
    { ...days(30), tags: fact({ env: 'archive' }), settings: archive },
    { ...short, message: 'Policy EnhancedPolicy keeps daily points 30 days; required 180.' },
  ],
  ['an environment that asks for nothing else', { ...days(30), tags: fact({ env: 'prod' }), settings: archive }, long],
  [
    'tags that may not be read, where environments differ',
    { ...days(30), tags: unread, settings: archive },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  ['tags that may not be read, where none differs', { ...days(30), tags: unread }, long],
  [
    'a retention that could not be understood',
    { policy: fact<BackupPolicy>({ id: '/p', name: 'Odd' }) },
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message: 'For how long policy Odd keeps points could not be read.',
    },
  ],
  [
    'an item without a policy (ruling 36)',
    { items: live(item({ protectionState: 'ProtectionStopped' }, vault('rsv-weu'))), policy: fact('none') },
    { outcome: 'notApplicable', message: 'The item has no policy: protection is stopped.' },
  ],
  ['no item', noItem, { outcome: 'notApplicable', message: 'No policy is assigned to the VM.' }],
  ['a policy that may not be read', { policy: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['items that may not be read', { items: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
