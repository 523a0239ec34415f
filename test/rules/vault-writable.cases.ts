import { armId } from '../../lib/domain/ids.ts';
import type { Lock } from '../../lib/domain/lock.ts';
import type { Vault, VaultInventory } from '../../lib/domain/protection.ts';
import type { vaultWritable } from '../../lib/rules/vault-writable.ts';
import type { Cases, Differing } from './case.ts';
import { fact, gap, machine, noItem, otherSubscription, ownSubscription, unread, vault } from './healthy-vm.ts';

const subscription = `/subscriptions/${ownSubscription}`;
const group = `${subscription}/resourceGroups/rg-backup`;

function lock(scope: string, level = 'ReadOnly'): Lock {
  return { id: `${scope}/providers/Microsoft.Authorization/locks/frozen`, name: 'frozen', level, scope: armId(scope) };
}

function unprotected(vaults: readonly Vault[], rest: Partial<VaultInventory> = {}): Differing {
  return { ...noItem, vaults: fact({ vaults, ...rest }) };
}

function locked(...locks: readonly Lock[]): Differing {
  return unprotected([vault('rsv-weu', { locks: fact(locks) })]);
}

const hub = vault('rsv-hub', { subscriptionId: otherSubscription });
const crossing = { allowCrossSubscriptionVaults: true };
const failed = { provisioningState: 'Failed' };
const unreadLocks = { locks: unread };
const passes = { outcome: 'pass', reason: 'Writable', message: 'Vault rsv-weu accepts changes.' } as const;
const notAsked = { outcome: 'notApplicable', message: 'No vault is left to ask about.' } as const;
const noPermission = { outcome: 'unknown', cause: 'no-permission' } as const;
const notReported = { outcome: 'unknown', cause: 'not-reported' } as const;
const lockedFails = { outcome: 'fail', reason: 'Locked', severity: 'blocker' } as const;
const closed = { outcome: 'fail', reason: 'SubscriptionClosed', severity: 'blocker' } as const;

export const cases: Cases<typeof vaultWritable> = [
  ['a vault that is ready', noItem, passes],
  [
    'words of Azure in other letters',
    unprotected([vault('rsv-weu', { provisioningState: 'SUCCEEDED', subscriptionState: 'enabled' })]),
    passes,
  ],
  [
    'a failed vault',
    unprotected([vault('rsv-weu', failed)]),
    {
      outcome: 'fail',
      reason: 'NotProvisioned',
      severity: 'blocker',
      message: 'Vault rsv-weu cannot be changed: its provisioning state is Failed.',
      fix: { text: 'Look up the last operation on vault rsv-weu and repeat it, or use another vault.', commands: [] },
    },
  ],
  [
    'a vault in a state that nobody knows',
    unprotected([vault('rsv-weu', { provisioningState: 'Hibernating' })]),
    { outcome: 'fail', reason: 'NotProvisioned' },
  ],
  [
    'a vault without a provisioning state',
    unprotected([vault('rsv-weu', { provisioningState: '' })]),
    { ...notReported, message: 'Vault rsv-weu has no provisioning state.' },
  ],
  [
    'a vault on the move',
    unprotected([vault('rsv-weu', { moveState: 'InProgress' })]),
    {
      outcome: 'fail',
      reason: 'Moving',
      severity: 'blocker',
      message: 'Vault rsv-weu cannot be changed: it is being moved to another group or subscription.',
      fix: { text: 'Wait until vault rsv-weu has been moved.', commands: [] },
    },
  ],
  [
    'a move in other letters',
    unprotected([vault('rsv-weu', { moveState: 'inprogress' })]),
    { outcome: 'fail', reason: 'Moving' },
  ],
  ['a vault that has been moved', unprotected([vault('rsv-weu', { moveState: 'MoveSucceeded' })]), passes],
  [
    'a disabled subscription (ruling 15)',
    unprotected([vault('rsv-weu', { subscriptionState: 'Disabled' })]),
    {
      ...closed,
      message: `Vault rsv-weu cannot be changed: its subscription ${ownSubscription} is Disabled.`,
      fix: { text: `Settle or enable subscription ${ownSubscription}, or use another vault.`, commands: [] },
    },
  ],
  ['a warned subscription', unprotected([vault('rsv-weu', { subscriptionState: 'Warned' })]), closed],
  [
    'a past-due subscription in other letters',
    unprotected([vault('rsv-weu', { subscriptionState: 'pastdue' })]),
    closed,
  ],
  ['a deleted subscription', unprotected([vault('rsv-weu', { subscriptionState: 'Deleted' })]), closed],
  [
    'a subscription in a state that nobody knows',
    unprotected([vault('rsv-weu', { subscriptionState: 'Dreaming' })]),
    { ...notReported, message: 'The subscription of vault rsv-weu is reported as Dreaming.' },
  ],
  [
    'a subscription whose state is not told',
    unprotected([vault('rsv-weu', { subscriptionState: '' })]),
    { ...notReported, message: 'The subscription of vault rsv-weu is reported as nothing.' },
  ],
  [
    'a read-only lock on the vault',
    locked(lock(vault('rsv-weu').id)),
    {
      ...lockedFails,
      message: `Vault rsv-weu cannot be changed: read-only lock frozen on ${vault('rsv-weu').key}.`,
      fix: {
        text: `Remove every read-only lock (frozen on ${vault('rsv-weu').key}); a delete lock in its place would do no harm. This removes the first:`,
        commands: [
          `az lock delete --subscription ${ownSubscription} --ids ${vault('rsv-weu').id}/providers/Microsoft.Authorization/locks/frozen`,
        ],
      },
    },
  ],
  ['a read-only lock on its group, in other letters', locked(lock(group, 'readonly')), lockedFails],
  [
    'a read-only lock on its subscription, after a delete lock',
    locked(lock(group, 'CanNotDelete'), lock(subscription)),
    lockedFails,
  ],
  [
    'several read-only locks, in whatever order Azure lists them',
    locked(lock(vault('rsv-weu').id), lock(subscription)),
    {
      ...lockedFails,
      message: `Vault rsv-weu cannot be changed: read-only lock frozen on ${subscription}, frozen on ${vault('rsv-weu').key}.`,
      fix: {
        commands: [
          `az lock delete --subscription ${ownSubscription} --ids ${subscription}/providers/Microsoft.Authorization/locks/frozen`,
        ],
      },
    },
  ],
  ['delete locks do no harm', locked(lock(group, 'CanNotDelete'), lock(subscription, 'cannotdelete')), passes],
  ['a lock without a level does no harm', locked(lock(group, 'NotSpecified')), passes],
  [
    'a lock of a level that nobody knows',
    locked(lock(group, 'Forever')),
    { ...notReported, message: 'The level of lock frozen is reported as Forever.' },
  ],
  [
    'a lock whose level is not told',
    locked(lock(group, '')),
    { ...notReported, message: 'The level of lock frozen is reported as nothing.' },
  ],
  ['locks that may not be read', unprotected([vault('rsv-weu', unreadLocks)]), noPermission],
  [
    'locks that may not be read on a failed vault',
    unprotected([vault('rsv-weu', { ...unreadLocks, ...failed })]),
    { outcome: 'fail', reason: 'NotProvisioned' },
  ],
  [
    'one vault is locked, the next accepts changes',
    unprotected([vault('rsv-a', { locks: fact([lock(group)]) }), vault('rsv-weu')]),
    passes,
  ],
  [
    'several vaults, each with something in the way',
    unprotected([vault('rsv-c', failed), vault('rsv-b', { moveState: 'InProgress' }), vault('rsv-a', failed)]),
    {
      outcome: 'fail',
      reason: 'NotProvisioned',
      message: 'Vault rsv-a cannot be changed: its provisioning state is Failed. Nor can rsv-b, rsv-c.',
    },
  ],
  [
    'one vault is failed, the locks of the other may not be read',
    unprotected([vault('rsv-a', failed), vault('rsv-weu', unreadLocks)]),
    noPermission,
  ],
  [
    'one vault accepts changes, the locks of the other may not be read',
    unprotected([vault('rsv-a', unreadLocks), vault('rsv-weu')]),
    passes,
  ],
  [
    'a failed vault where others may be hidden',
    unprotected([vault('rsv-weu', failed)], { gap }),
    { outcome: 'unknown', cause: 'partial-inventory', message: gap.detail },
  ],
  ['a vault that is ready where others may be hidden', unprotected([vault('rsv-weu')], { gap }), passes],
  ['no vault in the region (ruling 1)', unprotected([vault('rsv-neu', { region: 'northeurope' })]), notAsked],
  ['no vault in the region, where vaults may be hidden', unprotected([], { gap }), notAsked],
  ['only a vault of another subscription, not allowed (ruling 1)', unprotected([{ ...hub, ...failed }]), notAsked],
  [
    'only a failed vault of another subscription, allowed',
    { ...unprotected([{ ...hub, ...failed }]), settings: crossing },
    { outcome: 'fail', reason: 'NotProvisioned' },
  ],
  [
    'a failed vault, and one whose tenant is not told',
    {
      ...unprotected([vault('rsv-a', failed), { ...hub, tenantId: '' }]),
      settings: crossing,
    },
    { ...notReported, message: 'The tenant of the vault or of the VM is not in the rows that were read.' },
  ],
  [
    'only a failed vault whose tenant is not told: whatever it is, nothing is left',
    { ...unprotected([{ ...hub, ...failed }]), vm: fact(machine({ tenantId: '' })), settings: crossing },
    { outcome: 'fail', reason: 'NotProvisioned' },
  ],
  [
    'only a vault that is ready, whose tenant is not told: the step before is in doubt, this one is not',
    { ...unprotected([hub]), vm: fact(machine({ tenantId: '' })), settings: crossing },
    { outcome: 'pass', reason: 'Writable', message: 'Vault rsv-hub accepts changes.' },
  ],
  [
    'vaults whose tenant is not told, one of them failed',
    {
      ...unprotected([hub, vault('rsv-hub2', { subscriptionId: otherSubscription, ...failed })]),
      vm: fact(machine({ tenantId: '' })),
      settings: crossing,
    },
    notReported,
  ],
  [
    'only vaults of another kind in the settings (ruling 1)',
    { ...noItem, settings: { expectedVaults: ['/subscriptions/s/providers/Microsoft.DataProtection/backupVaults/b'] } },
    notAsked,
  ],
  [
    'a VM with an item, whose vault is failed (ruling 17)',
    { vaults: fact({ vaults: [vault('rsv-weu', failed)] }) },
    { outcome: 'notApplicable', message: 'Vault rsv-weu holds an item of this VM already.' },
  ],
  ['a VM whose items may be hidden', { items: fact({ live: [], softDeleted: [], gap }) }, passes],
  ['items that may not be read', { items: unread }, noPermission],
  ['vaults that may not be read', { ...noItem, vaults: unread }, noPermission],
  ['a VM that may not be read', { ...noItem, vm: unread }, noPermission],
];
