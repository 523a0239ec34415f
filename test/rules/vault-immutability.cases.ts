import type { JudgementSettings } from '../../lib/domain/settings.ts';
import type { vaultImmutability } from '../../lib/rules/vault-immutability.ts';
import type { Cases, Differing } from './case.ts';
import { fact, noItem, ownSubscription, unread, vault } from './healthy-vm.ts';

function inUse(immutability: string, minImmutability: JudgementSettings['minImmutability']): Differing {
  return { vaults: fact({ vaults: [vault('rsv-weu', { immutability })] }), settings: { minImmutability } };
}

const { immutability: _state, ...withoutState } = vault('rsv-weu');
const { multiUserAuthorization: _guard, ...withoutGuard } = vault('rsv-weu');
const passes = { outcome: 'pass', reason: 'AtLevel' } as const;
const disabled = { outcome: 'fail', reason: 'Disabled', severity: 'info' } as const;
const notLocked = { outcome: 'fail', reason: 'NotLocked', severity: 'info' } as const;
const noPermission = { outcome: 'unknown', cause: 'no-permission' } as const;
const environments = { nonprod: { minImmutability: 'Disabled' } } as const;
const update = `az backup vault update --subscription ${ownSubscription} -g rg-backup -n rsv-weu --immutability-state`;

export const cases: Cases<typeof vaultImmutability> = [
  [
    'disabled, and nothing is required',
    inUse('Disabled', 'Disabled'),
    { ...passes, message: 'Immutability of rsv-weu is Disabled; required: Disabled.' },
  ],
  ['unlocked, and that is required', inUse('UNLOCKED', 'Unlocked'), passes],
  ['locked, and unlocked is required', inUse('Locked', 'Unlocked'), passes],
  ['locked, and that is required', inUse('locked', 'Locked'), passes],
  [
    'disabled, and unlocked is required',
    inUse('Disabled', 'Unlocked'),
    {
      ...disabled,
      message: 'Immutability of rsv-weu is Disabled; required: Unlocked.',
      fix: {
        text: 'Make the vault immutable; lock it after a review if Locked is required.',
        commands: [`${update} Unlocked`],
      },
    },
  ],
  [
    'disabled, and locked is required: unlocked comes first',
    inUse('disabled', 'Locked'),
    { ...disabled, fix: { commands: [`${update} Unlocked`] } },
  ],
  [
    'unlocked, and locked is required',
    inUse('Unlocked', 'Locked'),
    {
      ...notLocked,
      message: 'Immutability of rsv-weu is Unlocked; required: Locked.',
      fix: {
        text: 'Review the retention of all policies in the vault, then lock it; that is irreversible.',
        commands: [`${update} Locked`],
      },
    },
  ],
  ['immutable for a time, and unlocked is required', inUse('TimeBased', 'Unlocked'), passes],
  [
    'immutable for a time, and locked is required',
    inUse('TimeBased', 'Locked'),
    {
      outcome: 'unknown',
      cause: 'docs-disagree',
      message: 'Whether immutability TimeBased of vault rsv-weu is enough is not documented.',
    },
  ],
  [
    'a state that nobody knows',
    inUse('Frozen', 'Disabled'),
    { outcome: 'unknown', cause: 'not-reported', message: 'Vault rsv-weu reports immutability as Frozen.' },
  ],
  [
    'no state',
    { vaults: fact({ vaults: [withoutState] }) },
    { outcome: 'unknown', cause: 'not-reported', message: 'Vault rsv-weu reports immutability as nothing.' },
  ],
  [
    'a Resource Guard',
    { vaults: fact({ vaults: [vault('rsv-weu', { multiUserAuthorization: 'ENABLED' })] }) },
    {
      outcome: 'pass',
      reason: 'AtLevelGuarded',
      message:
        'Immutability of rsv-weu is Unlocked; required: Disabled. A Resource Guard must approve changes of protection.',
    },
  ],
  ['nothing is told about a Resource Guard', { vaults: fact({ vaults: [withoutGuard] }) }, passes],
  [
    'the environment of the VM requires less',
    {
      ...inUse('Disabled', 'Locked'),
      tags: fact({ env: 'nonprod' }),
      settings: { minImmutability: 'Locked', environments },
    },
    passes,
  ],
  ['tags that may not be read, where environments differ', { tags: unread, settings: { environments } }, noPermission],
  [
    'a vault that could not be read',
    { vaults: fact({ vaults: [] }) },
    { outcome: 'unknown', cause: 'partial-inventory' },
  ],
  [
    'no item: no vault is in use (ruling 2)',
    { ...inUse('Disabled', 'Locked'), ...noItem },
    { outcome: 'notApplicable', message: 'No vault holds an item of this VM.' },
  ],
  ['items that may not be read', { items: unread }, noPermission],
  ['vaults that may not be read', { vaults: unread }, noPermission],
];
