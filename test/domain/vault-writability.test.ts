import { describe, expect, it } from 'vitest';

import { armId } from '../../lib/domain/ids.ts';
import type { Lock } from '../../lib/domain/lock.ts';
import { locksOn } from '../../lib/domain/lock.ts';
import type { Vault } from '../../lib/domain/protection.ts';
import { writability } from '../../lib/domain/vault-writability.ts';
import { fact, gap, vault } from '../rules/healthy-vm.ts';

const subscription = vault('rsv-weu').id.split('/resourceGroups/')[0] ?? '';

function lock(scope: string, level: string): Lock {
  return { id: `${scope}/providers/Microsoft.Authorization/locks/l`, name: 'l', level, scope: armId(scope) };
}

const { subscriptionState: _, ...stateless } = vault('rsv-weu');

function under(...locks: readonly Lock[]): Partial<Vault> {
  return { locks: fact(locksOn(vault('rsv-weu').key, locks)) };
}

describe('writability', () => {
  it.each<[string, Partial<Vault>]>([
    ['ready', {}],
    ['moved before', { moveState: 'MoveSucceeded' }],
    ['with a delete lock', under(lock(subscription, 'CanNotDelete'))],
    ['beside a locked group', under(lock(`${subscription}/resourceGroups/rg-backup-2`, 'ReadOnly'))],
    ['beside a locked vault', under(lock(`${vault('rsv-weu').id}-2`, 'ReadOnly'))],
  ])('a vault %s accepts changes', (_what, change) => {
    expect(writability(vault('rsv-weu', change))).toEqual({ kind: 'yes' });
  });

  it.each<[string, Partial<Vault>, object]>([
    ['failed', { provisioningState: 'Failed' }, { kind: 'not-provisioned', state: 'Failed' }],
    ['on the move', { moveState: 'inProgress' }, { kind: 'moving' }],
    ['in a disabled subscription', { subscriptionState: 'disabled' }, { kind: 'subscription', state: 'disabled' }],
    ['locked', under(lock(vault('rsv-weu').id, 'ReadOnly')), { kind: 'locked' }],
    ['in a locked group', under(lock(`${subscription}/resourceGroups/RG-Backup`, 'readonly')), { kind: 'locked' }],
    ['in a locked subscription', under(lock(subscription, 'READONLY')), { kind: 'locked' }],
    [
      'failed, whatever else is not known',
      { provisioningState: 'Failed', subscriptionState: '', locks: { kind: 'unknown', because: gap } },
      { kind: 'not-provisioned' },
    ],
    [
      'locked, without a provisioning state',
      { ...under(lock(subscription, 'ReadOnly')), provisioningState: '' },
      { kind: 'locked' },
    ],
  ])('a vault %s does not', (_what, change, why) => {
    expect(writability(vault('rsv-weu', change))).toMatchObject({ kind: 'no', why });
  });

  it.each<[string, Partial<Vault>, string]>([
    ['its locks', { locks: { kind: 'unknown', because: gap } }, gap.cause],
    ['its provisioning state', { provisioningState: '' }, 'not-reported'],
    ['the state of its subscription', { subscriptionState: '' }, 'not-reported'],
    ['the level of a lock', under(lock(subscription, 'Perhaps')), 'not-reported'],
  ])('of a vault of which %s is not known it cannot be told', (_what, change, cause) => {
    expect(writability(vault('rsv-weu', change))).toMatchObject({ kind: 'unknown', because: { cause } });
  });

  it('cannot be told where nothing is said of the subscription', () => {
    expect(writability(stateless)).toEqual({
      kind: 'unknown',
      because: { cause: 'not-reported', detail: 'The subscription of vault rsv-weu is reported as nothing.' },
    });
  });

  it('names all read-only locks, by their ids, whatever the order they come in', () => {
    const group = `${subscription}/resourceGroups/rg-backup`;
    const locks = [lock(group, 'ReadOnly'), lock(vault('rsv-weu').id, 'ReadOnly'), lock(subscription, 'ReadOnly')];
    const ids = [
      `${subscription}/providers/Microsoft.Authorization/locks/l`,
      `${group}/providers/Microsoft.Authorization/locks/l`,
      `${group}/providers/Microsoft.RecoveryServices/vaults/rsv-weu/providers/Microsoft.Authorization/locks/l`,
    ];

    for (const order of [locks, locks.toReversed()]) {
      expect(writability(vault('rsv-weu', under(...order)))).toMatchObject({
        why: { kind: 'locked', locks: ids.map((id) => ({ id })) },
      });
    }
  });
});
