import type { Vault } from '../../lib/domain/protection.ts';
import type { vaultSoftDelete } from '../../lib/rules/vault-soft-delete.ts';
import type { Cases, Differing } from './case.ts';
import { fact, noItem, ownSubscription, unread, vault } from './healthy-vm.ts';

function inUse(softDeleteState: string, softDeleteDays: number): Differing {
  return { vaults: fact({ vaults: [vault('rsv-weu', { softDeleteState, softDeleteDays })] }) };
}

function row(one: Vault): Differing {
  return { vaults: fact({ vaults: [one] }) };
}

const { softDeleteState: _state, ...withoutState } = vault('rsv-weu');
const { softDeleteDays: _days, ...withoutDays } = vault('rsv-weu');
const passes = { outcome: 'pass', reason: 'On' } as const;
const off = { outcome: 'fail', reason: 'Off', severity: 'warning' } as const;
const tooFew = { outcome: 'fail', reason: 'TooFewDays', severity: 'warning' } as const;
const notReported = { outcome: 'unknown', cause: 'not-reported' } as const;
const noPermission = { outcome: 'unknown', cause: 'no-permission' } as const;
const environments = { prod: { minSoftDeleteDays: 30 } };
const set = `az backup vault backup-properties set --subscription ${ownSubscription} -g rg-backup -n rsv-weu`;

export const cases: Cases<typeof vaultSoftDelete> = [
  [
    'enabled for 14 days, the fewest',
    inUse('Enabled', 14),
    { ...passes, message: 'Soft delete is Enabled on rsv-weu for 14 days; required: 14 days.' },
  ],
  ['always on, as the API writes it', inUse('AlwaysON', 180), passes],
  ['always on, as the policy writes it', inUse('AlwaysOn', 14), passes],
  ['enabled, in small letters', inUse('enabled', 14), passes],
  [
    'enabled for 13 days',
    inUse('Enabled', 13),
    {
      ...tooFew,
      message: 'Soft delete keeps for 13 days on rsv-weu; required: 14 days.',
      fix: { text: 'Keep what was deleted for 14 days.', commands: [`${set} --soft-delete-duration 14`] },
    },
  ],
  [
    'disabled',
    inUse('Disabled', 14),
    {
      ...off,
      message: 'Soft delete is Disabled on rsv-weu.',
      fix: {
        text: 'Enable soft delete; AlwaysOn instead of Enable cannot be reversed.',
        commands: [`${set} --soft-delete-feature-state Enable`],
      },
    },
  ],
  ['disabled, in other letters, for no days', inUse('DISABLED', 0), off],
  ['disabled, for days that are not told', row({ ...withoutDays, softDeleteState: 'Disabled' }), off],
  ['no state', row(withoutState), { ...notReported, message: 'Vault rsv-weu reports soft delete as nothing.' }],
  [
    'a state that nobody knows',
    inUse('Invalid', 14),
    { ...notReported, message: 'Vault rsv-weu reports soft delete as Invalid.' },
  ],
  ['no state, and certainly too few days', row({ ...withoutState, softDeleteDays: 13 }), tooFew],
  [
    'no days',
    row(withoutDays),
    { ...notReported, message: 'Vault rsv-weu does not report for how long it keeps what was deleted.' },
  ],
  ['30 days, of 30 that are required', { ...inUse('Enabled', 30), settings: { minSoftDeleteDays: 30 } }, passes],
  [
    '29 days, of 30 that are required',
    { ...inUse('Enabled', 29), settings: { minSoftDeleteDays: 30 } },
    { ...tooFew, fix: { commands: [`${set} --soft-delete-duration 30`] } },
  ],
  [
    '6 days, of 7 that are required: Azure takes no fewer than 14',
    { ...inUse('Enabled', 6), settings: { minSoftDeleteDays: 7 } },
    { ...tooFew, fix: { text: 'Keep what was deleted for 14 days.', commands: [`${set} --soft-delete-duration 14`] } },
  ],
  ['the environment of the VM requires more', { ...inUse('Enabled', 14), settings: { environments } }, tooFew],
  ['tags that may not be read, where environments differ', { tags: unread, settings: { environments } }, noPermission],
  [
    'tags that may not be read, and it is disabled',
    { ...inUse('Disabled', 14), tags: unread, settings: { environments } },
    off,
  ],
  [
    'another vault is without it (ruling 2)',
    { vaults: fact({ vaults: [vault('rsv-a', { softDeleteState: 'Disabled' }), vault('rsv-weu')] }) },
    passes,
  ],
  [
    'a vault that could not be read',
    { vaults: fact({ vaults: [] }) },
    { outcome: 'unknown', cause: 'partial-inventory' },
  ],
  [
    'no item: no vault is in use (ruling 2)',
    { ...inUse('Disabled', 14), ...noItem },
    { outcome: 'notApplicable', message: 'No vault holds an item of this VM.' },
  ],
  ['items that may not be read', { items: unread }, noPermission],
  ['vaults that may not be read', { vaults: unread }, noPermission],
];
