import { describe, expect, it } from 'vitest';

import type { ProtectedItem } from '../../lib/domain/protection.ts';
import { isActive, judgedItem, liveItems } from '../../lib/domain/protection.ts';
import { hoursAgo, item, itemWithoutPoint, vault } from '../rules/healthy-vm.ts';

function inState(protectionState: string, hours = 10): ProtectedItem {
  return item({ protectionState, lastRecoveryPoint: hoursAgo(hours) }, vault(`rsv-${protectionState}-${hours}`));
}

describe('the better one of several live items (ruling 13)', () => {
  it('is chosen by state', () => {
    const states = [
      'Protected',
      'IRPending',
      'ProtectionError',
      'ProtectionPaused',
      'BackupsSuspended',
      'ProtectionStopped',
      'Invalid',
    ];
    const live = states.map((state) => inState(state)).toReversed();

    expect(liveItems({ live, softDeleted: [] }).map((each) => each.protectionState)).toEqual(states);
  });

  it('is the one with the newer recovery point among items in the same state', () => {
    const live = [
      itemWithoutPoint({ protectionState: 'Protected' }),
      inState('Protected', 30),
      inState('Protected', 5),
    ];

    const points = (items: readonly ProtectedItem[]) =>
      liveItems({ live: items, softDeleted: [] }).map((each) => each.lastRecoveryPoint);

    expect(points(live)).toEqual([hoursAgo(5), hoursAgo(30), undefined]);
    expect(points(live.toReversed())).toEqual([hoursAgo(5), hoursAgo(30), undefined]);
  });

  it('is the same one in whatever order they come', () => {
    const live = [item({}, vault('rsv-b')), item({}, vault('rsv-a'))];

    expect(judgedItem({ live, softDeleted: [] })?.vaultName).toBe('rsv-a');
    expect(judgedItem({ live: live.toReversed(), softDeleted: [] })?.vaultName).toBe('rsv-a');
  });

  it('is none where there are none', () => {
    expect(judgedItem({ live: [], softDeleted: [item({ softDeleted: true })] })).toBeUndefined();
  });
});

it.each([
  ['Protected', true],
  ['IRPending', true],
  ['ProtectionError', false],
  ['ProtectionStopped', false],
  ['Invalid', false],
])('an item in the state %s makes new recovery points: %s', (protectionState, expected) => {
  expect(isActive(item({ protectionState }))).toBe(expected);
});

it('no item makes no new recovery points', () => {
  expect(isActive(undefined)).toBe(false);
});
