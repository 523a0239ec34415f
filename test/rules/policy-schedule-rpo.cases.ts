import type { BackupPolicy } from '../../lib/domain/backup-policy.ts';
import { hourlySchedule, type Schedule, weeklySchedule } from '../../lib/domain/schedule.ts';
import type { policyScheduleRpo } from '../../lib/rules/policy-schedule-rpo.ts';
import type { Cases, Differing } from './case.ts';
import { daily, fact, noItem, unread } from './healthy-vm.ts';

function running(schedule: Schedule | undefined): Differing {
  const { schedule: _, ...rest } = daily;
  return { policy: fact<BackupPolicy>(schedule ? { ...rest, schedule } : rest) };
}

function every(gapHours: number): Differing {
  return running({ kind: 'daily', gapHours });
}

const within = { outcome: 'pass', reason: 'WithinRpo' } as const;
const beyond = { outcome: 'fail', reason: 'BeyondRpo', severity: 'warning' } as const;
const allButSunday = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const strictAndSlack = { rpoHours: 24, environments: { nonprod: { rpoHours: 192 }, fast: { rpoHours: 4 } } };

export const cases: Cases<typeof policyScheduleRpo> = [
  [
    'daily, and an RPO of a day',
    {},
    { ...within, message: 'Policy EnhancedPolicy runs at least every 24 h; required RPO 24 h.' },
  ],
  [
    'a gap of a minute more than the RPO',
    every(24 + 1 / 60),
    {
      ...beyond,
      message: 'Policy EnhancedPolicy leaves 24.02 h between two runs; required RPO 24 h.',
      fix: {
        commands: [
          'az backup policy list --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu --workload-type VM',
        ],
      },
    },
  ],
  [
    'once a week',
    running(weeklySchedule(['Thursday'], [22])),
    { ...beyond, message: 'Policy EnhancedPolicy leaves 168 h between two runs; required RPO 24 h.' },
  ],
  [
    'every day but Sunday: the largest gap counts',
    running(weeklySchedule(allButSunday, [22])),
    { ...beyond, message: 'Policy EnhancedPolicy leaves 48 h between two runs; required RPO 24 h.' },
  ],
  ['weekly, on every day', running(weeklySchedule([...allButSunday, 'Sunday'], [22])), within],
  [
    'every four hours from 8 to 20: the night counts (ruling 9)',
    running(hourlySchedule(4, 12)),
    { ...within, message: 'Policy EnhancedPolicy runs at least every 12 h; required RPO 24 h.' },
  ],
  [
    'every four hours from 8 to 20, and an RPO of four hours',
    { ...running(hourlySchedule(4, 12)), settings: { rpoHours: 4 } },
    beyond,
  ],
  [
    'every four hours round the clock, and an RPO of four hours',
    { ...running(hourlySchedule(4, 24)), settings: { rpoHours: 4 } },
    within,
  ],
  [
    'weekly in an environment with a longer RPO',
    { ...every(168), tags: fact({ env: 'nonprod' }), settings: strictAndSlack },
    within,
  ],
  [
    'daily in an environment with a shorter RPO, named by its group',
    { ...every(24), inheritedTags: fact([{ env: 'fast' }, {}]), settings: strictAndSlack },
    { ...beyond, message: 'Policy EnhancedPolicy leaves 24 h between two runs; required RPO 4 h.' },
  ],
  [
    'tags that may not be read, where environments differ',
    { tags: unread, settings: strictAndSlack },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  [
    'a schedule that could not be understood',
    running(undefined),
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message: 'The schedule of policy EnhancedPolicy could not be understood.',
    },
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
