import { describe, expect, it } from 'vitest';

import { armId } from '../../lib/domain/ids.ts';
import type { Lock } from '../../lib/domain/lock.ts';
import { restorePointLocks } from '../../lib/domain/restore-point-group.ts';
import { daily, machine, ownSubscription } from '../rules/healthy-vm.ts';

const subscription = `/subscriptions/${ownSubscription}`;

function lockOn(scope: string): Lock {
  return { id: `${scope}/locks/keep`, name: 'keep', level: 'CanNotDelete', scope: armId(scope) };
}

const onSubscription = lockOn(subscription);
const onUsualGroup = lockOn(`${subscription}/resourceGroups/AzureBackupRG_westeurope_1`);
const onNamedGroup = lockOn(`${subscription}/resourceGroups/rg-snap-1`);
const locks = [onNamedGroup, onUsualGroup, onSubscription];

describe('the locks that hold the restore points of a VM', () => {
  it.each<[string, Parameters<typeof restorePointLocks>[1], object]>([
    ['without a policy', 'none', { certain: [onSubscription, onUsualGroup], possible: [] }],
    [
      'whose policy names the group',
      { ...daily, restorePointGroup: { prefix: 'RG-Snap-', suffix: '' } },
      { certain: [onSubscription, onNamedGroup], possible: [] },
    ],
    [
      'whose policy is not known: it may name any group',
      'unknown',
      { certain: [onSubscription], possible: [onNamedGroup, onUsualGroup] },
    ],
  ])('%s', (_what, policy, expected) => {
    expect(restorePointLocks(machine(), policy, locks)).toEqual(expected);
    expect(restorePointLocks(machine(), policy, [])).toEqual({ certain: [], possible: [] });
  });
});
