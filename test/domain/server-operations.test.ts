import { describe, expect, it } from 'vitest';

import { type Fact, known, unknown } from '../../lib/domain/fact.ts';
import {
  operationsAt,
  operationsMatrix,
  type Permitted,
  type SubscriptionState,
  serverOperations,
} from '../../lib/domain/server-operations.ts';
import { now } from '../rules/healthy-vm.ts';

const source = { where: 'Azure Backup', readAt: now.toISOString() };
const second = 1000;
const day = 86_400 * second;

const contact = (millisecondsAgo: number): Fact<string> =>
  known(new Date(now.getTime() - millisecondsAgo).toISOString(), source);
const subscription = (state: string): Fact<SubscriptionState> => known({ subscriptionId: 'sub-1', state }, source);
const unread = unknown('no-permission', 'It may not be read.');

describe('the matrix of connectivity and subscription', () => {
  const allowed = 'allowed';
  const stopped = 'stopped';
  const deleted = 'stopped-points-deleted';
  // Backup to Azure, backup to disk, restore from Azure, restore from disk.
  const documented: readonly (readonly [days: number, state: string, cells: readonly Permitted[]])[] = [
    [0, 'Enabled', [allowed, allowed, allowed, allowed]],
    [0, 'Warned', [allowed, allowed, allowed, allowed]],
    [0, 'PastDue', [stopped, stopped, allowed, allowed]],
    [0, 'Disabled', [stopped, stopped, allowed, allowed]],
    [0, 'Deleted', [stopped, stopped, deleted, stopped]],
    [16, 'Enabled', [stopped, stopped, allowed, allowed]],
    [16, 'Warned', [stopped, stopped, allowed, allowed]],
    [16, 'PastDue', [stopped, stopped, allowed, allowed]],
    [16, 'Disabled', [stopped, stopped, allowed, allowed]],
    [16, 'Deleted', [stopped, stopped, deleted, stopped]],
  ];

  it.each(documented)('silent for %i days, subscription %s', (days, state, cells) => {
    const { operations, unknown: causes } = operationsAt(contact(days * day), subscription(state), now);

    expect(serverOperations.map((operation) => operations[operation])).toEqual(cells);
    expect(causes).toEqual([]);
  });

  it('has a row for every pair, once', () => {
    const pairs = operationsMatrix.map(({ connectivity, subscription: standing }) => `${connectivity} ${standing}`);

    expect(pairs.toSorted()).toEqual([
      'connected active',
      'connected deprovisioned',
      'connected expired',
      'lost active',
      'lost deprovisioned',
      'lost expired',
    ]);
  });
});

describe('the 15 days', () => {
  it.each([
    [15 * day - second, 'connected', 0],
    [15 * day, 'connected', 0],
    [15 * day + 1, 'lost', undefined],
    [15 * day + second, 'lost', undefined],
    [11 * day, 'connected', 4],
    [11 * day + second, 'connected', 3],
  ] as const)('after %i milliseconds of silence: %s', (silent, connectivity, daysLeft) => {
    const state = operationsAt(contact(silent), subscription('Enabled'), now);

    expect(state.connectivity).toBe(connectivity);
    expect(state.daysLeft).toBe(daysLeft);
  });

  it.each([
    ['2026-11-09T06:00:00Z'],
    ['2026-11-09T07:00:00+01:00'],
    ['2026-11-08T20:00:00-10:00'],
    ['2026-11-09T19:45:00+13:45'],
  ])('end at one instant, whatever the time zone: %s', (lastContact) => {
    const state = operationsAt(known(lastContact, source), subscription('Enabled'), now);

    expect(state.backupsStopAt).toBe('2026-11-24T06:00:00.000Z');
    expect(state.warnings).toEqual([
      'Backups to Azure and to disk stop in 4 days, after 2026-11-24T06:00:00.000Z: the server is silent.',
    ]);
  });

  it('are days of 24 hours, also where clocks were changed in between', () => {
    const state = operationsAt(known('2026-10-20T00:00:00+02:00', source), subscription('Enabled'), now);

    expect(state.backupsStopAt).toBe('2026-11-03T22:00:00.000Z');
  });

  it('are announced from the second day of silence on', () => {
    const warnings = [day - second, day, 15 * day - 3_600_000, 16 * day].map(
      (silent) => operationsAt(contact(silent), subscription('Enabled'), now).warnings,
    );

    expect(warnings).toEqual([
      [],
      ['Backups to Azure and to disk stop in 14 days, after 2026-12-04T06:00:00.000Z: the server is silent.'],
      ['Backups to Azure and to disk stop in 1 hour, after 2026-11-20T07:00:00.000Z: the server is silent.'],
      [
        'Backups to Azure and to disk have been stopped since 2026-11-19T06:00:00.000Z: the connection to Azure is lost.',
      ],
    ]);
  });
});

describe('a subscription on its way to deprovisioning', () => {
  it.each(['Warned', 'PastDue', 'Disabled'])('is warned of: %s', (state) => {
    expect(operationsAt(contact(0), subscription(state), now).warnings).toEqual([
      `Subscription sub-1 is ${state}: once it is deprovisioned, its recovery points in Azure are deleted for good.`,
    ]);
  });

  it('has lost its recovery points at the end of it', () => {
    expect(operationsAt(contact(0), subscription('Deleted'), now).warnings).toEqual([
      'Subscription sub-1 is Deleted: its recovery points in Azure are lost for good.',
    ]);
  });
});

describe('what is not known', () => {
  const cells = (lastContact: Fact<string>, state: Fact<SubscriptionState>) => {
    const { operations, unknown: causes } = operationsAt(lastContact, state, now);
    return [...serverOperations.map((operation) => operations[operation]), causes.length];
  };

  it.each([
    [
      'the last contact, subscription active',
      unread,
      subscription('Enabled'),
      ['unknown', 'unknown', 'allowed', 'allowed', 1],
    ],
    [
      'the last contact, subscription expired',
      unread,
      subscription('Disabled'),
      ['stopped', 'stopped', 'allowed', 'allowed', 1],
    ],
    [
      'the last contact, subscription deprovisioned',
      unread,
      subscription('Deleted'),
      ['stopped', 'stopped', 'stopped-points-deleted', 'stopped', 1],
    ],
    ['the subscription, connected', contact(0), unread, ['unknown', 'unknown', 'unknown', 'unknown', 1]],
    ['the subscription, connection lost', contact(16 * day), unread, ['stopped', 'stopped', 'unknown', 'unknown', 1]],
    ['both', unread, unread, ['unknown', 'unknown', 'unknown', 'unknown', 2]],
    [
      'a state that nobody knows',
      contact(0),
      subscription('Hibernating'),
      ['unknown', 'unknown', 'unknown', 'unknown', 1],
    ],
    ['a contact to come', contact(-day), subscription('Enabled'), ['unknown', 'unknown', 'allowed', 'allowed', 1]],
  ] as const)('leaves open only where rows differ: %s', (_what, lastContact, state, expected) => {
    expect(cells(lastContact, state)).toEqual(expected);
  });
});
