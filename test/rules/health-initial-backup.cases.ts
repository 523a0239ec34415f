import { unknown } from '../../lib/domain/fact.ts';
import type { healthInitialBackup } from '../../lib/rules/health-initial-backup.ts';
import type { Cases, Differing } from './case.ts';
import { fact, hoursAgo, itemWithoutPoint, live, noItem, unread } from './healthy-vm.ts';

const firstPending = { items: live(itemWithoutPoint()) };
const minute = 1 / 60;

/** Gap of 24 h, start window of 2 h, grace of 48 h: the limit is 74 h. */
function since(hours: number): Differing {
  return { ...firstPending, protectedSince: fact(hoursAgo(hours)) };
}

export const cases: Cases<typeof healthInitialBackup> = [
  ['a recovery point', {}, { outcome: 'pass', reason: 'PointExists', message: 'The first recovery point exists.' }],
  [
    'a recovery point, although policy and jobs may not be read',
    { policy: unread, protectedSince: unread },
    { outcome: 'pass', reason: 'PointExists' },
  ],
  [
    'protection that was enabled just now (ruling 6)',
    since(1),
    {
      outcome: 'unknown',
      cause: 'not-due-yet',
      message: `Protection was configured at ${hoursAgo(1)}; the first backup is overdue 74 h later.`,
    },
  ],
  ['exactly the limit (ruling 7)', since(74), { outcome: 'unknown', cause: 'not-due-yet' }],
  [
    'one minute beyond the limit (rulings 7 and 35)',
    since(74 + minute),
    {
      outcome: 'fail',
      reason: 'Overdue',
      severity: 'warning',
      message: `The first backup is still pending 74.02 h after protection was configured at ${hoursAgo(74 + minute)}; the limit is 74 h.`,
    },
  ],
  [
    'a weekly policy has a longer limit',
    { ...since(200), policy: fact({ id: 'p', name: 'Weekly', schedule: { kind: 'weekly', gapHours: 168 } }) },
    { outcome: 'unknown', cause: 'not-due-yet' },
  ],
  [
    'a weekly policy beyond its limit',
    { ...since(219), policy: fact({ id: 'p', name: 'Weekly', schedule: { kind: 'weekly', gapHours: 168 } }) },
    { outcome: 'fail', reason: 'Overdue' },
  ],
  [
    'a shorter grace of the organisation',
    { ...since(30), settings: { initialBackupGraceHours: 3, rpoStartWindowHours: 1 } },
    { outcome: 'fail', reason: 'Overdue' },
  ],
  [
    'a schedule that could not be understood',
    { ...since(1), policy: fact({ id: 'p', name: 'Odd' }) },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'a time of enabling that is no instant',
    { ...firstPending, protectedSince: fact('yesterday') },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'a stopped item without a policy (ruling 36)',
    { items: live(itemWithoutPoint({ protectionState: 'ProtectionStopped' })), policy: fact('none') },
    { outcome: 'notApplicable', message: 'The item has no policy, so no first backup is due.' },
  ],
  [
    'an active item whose policy Azure does not tell',
    { ...firstPending, policy: fact('none') },
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message: 'Protection is active, but Azure does not tell the policy of the item.',
    },
  ],
  [
    'no recovery point, and a policy that may not be read',
    { ...firstPending, policy: unread },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  [
    'no recovery point, and jobs that could not be read',
    { ...firstPending, protectedSince: unknown('throttled', 'Too many requests.') },
    { outcome: 'unknown', cause: 'throttled' },
  ],
  ['no item', noItem, { outcome: 'notApplicable', message: 'No item exists.' }],
  ['items that may not be read', { items: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
