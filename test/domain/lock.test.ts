import { expect, it } from 'vitest';

import { armId } from '../../lib/domain/ids.ts';
import { type Lock, locksOn } from '../../lib/domain/lock.ts';
import { vault } from '../rules/healthy-vm.ts';

const { id } = vault('rsv-weu');
const group = id.split('/providers/')[0] ?? '';
const subscription = group.split('/resourceGroups/')[0] ?? '';

it.each([
  ['the resource itself', id, true],
  ['its group', group, true],
  ['its subscription', subscription, true],
  ['a resource whose name begins alike', id.slice(0, -1), false],
  ['a group whose name begins alike', group.slice(0, -1), false],
  ['something in the resource', `${id}/backupPolicies/p`, false],
  ['another subscription', '/subscriptions/22222222-2222-2222-2222-222222222222', false],
])('a lock on %s holds the resource: %s', (_what, scope, expected) => {
  const lock: Lock = { id: '/l', name: 'l', level: 'ReadOnly', scope: armId(scope) };

  expect(locksOn(armId(id), [lock])).toEqual(expected ? [lock] : []);
});
