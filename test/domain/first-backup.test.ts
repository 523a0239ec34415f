import { describe, expect, it } from 'vitest';

import type { FactSheet } from '../../lib/domain/fact-sheet.ts';
import { firstBackupOf } from '../../lib/domain/first-backup.ts';
import type { ProtectedItem } from '../../lib/domain/protection.ts';
import { daily, fact, healthyVm, hoursAgo, itemWithoutPoint, now, settings, unread } from '../rules/healthy-vm.ts';

const waiting = itemWithoutPoint();
const { schedule: _, ...unscheduled } = daily;
const notTold = {
  kind: 'unknown',
  because: {
    cause: 'not-reported',
    detail: 'The schedule of the policy or the time of enabling could not be read.',
  },
};

/** With a daily policy the first backup is due after 24 h, the start window of 2 h and the grace of 48 h. */
describe('the first backup', () => {
  it.each<[string, ProtectedItem | undefined, Partial<FactSheet>, object]>([
    [
      'is not due at the limit',
      waiting,
      { protectedSince: fact(hoursAgo(74)) },
      { kind: 'not-due', hours: 74, limit: 74, since: hoursAgo(74) },
    ],
    [
      'is overdue beyond it',
      waiting,
      { protectedSince: fact(hoursAgo(74.5)) },
      { kind: 'overdue', hours: 74.5, limit: 74, since: hoursAgo(74.5) },
    ],
    ['cannot be told without a schedule', waiting, { policy: fact(unscheduled) }, notTold],
    ['cannot be told if protection began at no instant', waiting, { protectedSince: fact('once') }, notTold],
    ['cannot be told if the policy may not be read', waiting, { policy: unread }, unread],
    ['cannot be told if the beginning may not be read', waiting, { protectedSince: unread }, unread],
    [
      'cannot be told of an active item without a policy',
      waiting,
      { policy: fact('none') },
      {
        kind: 'unknown',
        because: {
          cause: 'not-reported',
          detail: 'Protection is active, but Azure does not tell the policy of the item.',
        },
      },
    ],
    [
      'is never due of an item that is stopped',
      itemWithoutPoint({ protectionState: 'ProtectionStopped' }),
      { policy: fact('none') },
      { kind: 'none-due' },
    ],
    ['is never due without an item', undefined, { policy: fact('none') }, { kind: 'none-due' }],
  ])('%s', (_what, item, facts, expected) => {
    expect(firstBackupOf(item, healthyVm(facts), settings, now)).toEqual(expected);
  });
});
