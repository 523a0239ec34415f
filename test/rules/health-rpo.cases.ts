import type { Schedule } from '../../lib/domain/schedule.ts';
import type { healthRpo } from '../../lib/rules/health-rpo.ts';
import type { Cases, Differing } from './case.ts';
import { daily, fact, hoursAgo, item, itemWithoutPoint, live, machine, noItem, unread, vault } from './healthy-vm.ts';

const minute = 1 / 60;

/** With the daily policy of the healthy VM the limit is 32 h: gap of 24 h, start window of 2 h, grace of 6 h. */
function age(hours: number): Differing {
  return { items: live(item({ lastRecoveryPoint: hoursAgo(hours) })) };
}

function schedule(kind: Schedule['kind'], gapHours: number): Differing {
  return { policy: fact({ ...daily, schedule: { kind, gapHours } }) };
}

const within = { outcome: 'pass', reason: 'WithinRpo' } as const;
const exceeded = { outcome: 'fail', reason: 'Exceeded', severity: 'warning' } as const;
const tolerant = { settings: { rpoHours: 1000 } };
const nonprodWeekly = { environments: { NonProd: { rpoHours: 500 } }, rpoHours: 24 };

export const cases: Cases<typeof healthRpo> = [
  ['a fresh point', {}, { ...within, message: 'Newest recovery point is 10 h old; limit 32 h.' }],
  ['a point of this very moment', age(0), within],
  ['exactly the limit (ruling 9)', age(32), within],
  [
    'one minute beyond the limit (ruling 9)',
    age(32 + minute),
    { ...exceeded, message: 'Newest recovery point is 32.02 h old; limit 32 h.' },
  ],
  ['exactly twice the limit (ruling 11)', age(64), exceeded],
  ['one minute beyond twice the limit (ruling 11)', age(64 + minute), { ...exceeded, severity: 'blocker' }],
  ['an hourly policy at its limit of 4 + 2 + 2 h', { ...age(8), ...schedule('hourly', 4) }, within],
  ['an hourly policy beyond its limit', { ...age(8 + minute), ...schedule('hourly', 4) }, exceeded],
  [
    'a weekly policy at its limit of 168 + 2 + 6 h (ruling 9)',
    { ...age(176), ...schedule('weekly', 168), ...tolerant },
    within,
  ],
  ['a weekly policy beyond its limit', { ...age(176 + minute), ...schedule('weekly', 168), ...tolerant }, exceeded],
  ['a company RPO shorter than the gap of the policy (ruling 9)', { ...age(33), ...schedule('weekly', 168) }, exceeded],
  ['a company RPO longer than the gap of the policy', { ...age(33), ...tolerant }, exceeded],
  [
    'start window and grace of the organisation',
    { ...age(27), settings: { rpoStartWindowHours: 1, rpoGraceHoursDaily: 1 } },
    { ...exceeded, message: 'Newest recovery point is 27 h old; limit 26 h.' },
  ],
  [
    'an hourly grace of the organisation',
    { ...age(7), ...schedule('hourly', 4), settings: { rpoGraceHoursHourly: 0 } },
    { ...exceeded, message: 'Newest recovery point is 7 h old; limit 6 h.' },
  ],
  [
    'the RPO of the environment on the VM, in any case',
    { ...age(170), ...schedule('weekly', 168), tags: fact({ Environment: 'NONPROD' }), settings: nonprodWeekly },
    within,
  ],
  [
    'the RPO of the environment on the resource group',
    { ...age(170), ...schedule('weekly', 168), inheritedTags: fact([{ env: 'nonprod' }, {}]), settings: nonprodWeekly },
    within,
  ],
  [
    'an environment on the VM goes before that of the subscription',
    {
      ...age(170),
      ...schedule('weekly', 168),
      tags: fact({ env: 'prod' }),
      inheritedTags: fact([{}, { env: 'nonprod' }]),
      settings: nonprodWeekly,
    },
    { ...exceeded, severity: 'blocker' },
  ],
  [
    'an item without a policy (ruling 36)',
    { ...age(32), policy: fact('none') },
    { ...within, message: 'Newest recovery point is 32 h old; limit 32 h.' },
  ],
  ['an item without a policy beyond company RPO and grace (ruling 36)', { ...age(33), policy: fact('none') }, exceeded],
  [
    'a VM that was created again after its newest point (ruling 28)',
    { vm: fact(machine({ timeCreated: hoursAgo(5) })) },
    {
      outcome: 'pass',
      reason: 'WithinRpoOfFormerVm',
      message:
        'Newest recovery point is 10 h old; limit 32 h. The VM was created after it: nothing of its new disks has been saved yet.',
    },
  ],
  [
    'a VM that was created at the time of its newest point',
    { vm: fact(machine({ timeCreated: hoursAgo(10) })) },
    within,
  ],
  ['a VM whose time of creation is no instant', { vm: fact(machine({ timeCreated: 'once' })) }, within],
  [
    'two live items: the better one is judged (ruling 13)',
    {
      items: live(
        item({ protectionState: 'ProtectionStopped', lastRecoveryPoint: hoursAgo(900) }, vault('rsv-old')),
        item(),
      ),
    },
    within,
  ],
  [
    'a recovery point in the future',
    age(-1),
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message: `The newest recovery point is reported as ${hoursAgo(-1)}, which is no past instant.`,
    },
  ],
  [
    'a recovery point that is no instant',
    { items: live(item({ lastRecoveryPoint: 'soon' })) },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'a schedule that could not be understood',
    { policy: fact({ id: 'p', name: 'Odd' }) },
    { outcome: 'unknown', cause: 'not-reported', message: 'The schedule of the policy could not be read.' },
  ],
  [
    'no recovery point (ruling 6)',
    { items: live(itemWithoutPoint()) },
    { outcome: 'notApplicable', message: 'There is no recovery point to judge.' },
  ],
  ['no item', noItem, { outcome: 'notApplicable', message: 'There is no recovery point to judge.' }],
  ['items that may not be read', { items: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['a policy that may not be read', { policy: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['tags that may not be read', { tags: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  [
    'tags of group and subscription that may not be read, where environments differ',
    { inheritedTags: unread, settings: nonprodWeekly },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  [
    'tags of group and subscription that may not be read, but the VM names its environment itself',
    { inheritedTags: unread, tags: fact({ env: 'prod' }), settings: nonprodWeekly },
    within,
  ],
  [
    'tags of group and subscription that may not be read, where no environment differs',
    { inheritedTags: unread },
    within,
  ],
  ['a VM that may not be read', { vm: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
