import type { Vault } from '../../lib/domain/protection.ts';
import type { vaultStorageRedundancy } from '../../lib/rules/vault-storage-redundancy.ts';
import type { Cases, Differing } from './case.ts';
import { fact, item, live, noItem, otherSubscription, ownSubscription, unread, vault } from './healthy-vm.ts';

function inUse(change: Partial<Vault>): Differing {
  return { vaults: fact({ vaults: [vault('rsv-weu', change)] }) };
}

const { redundancy: _redundancy, ...withoutRedundancy } = vault('rsv-weu');
const { redundancyState: _state, ...withoutState } = vault('rsv-weu', { redundancy: 'LocallyRedundant' });
const passes = { outcome: 'pass', reason: 'Allowed' } as const;
const unlocked = { outcome: 'fail', reason: 'NotAllowedUnlocked', severity: 'warning' } as const;
const locked = { outcome: 'fail', reason: 'NotAllowedLocked', severity: 'warning' } as const;
const notReported = { outcome: 'unknown', cause: 'not-reported' } as const;
const noPermission = { outcome: 'unknown', cause: 'no-permission' } as const;
const environments = { nonprod: { allowedRedundancy: ['LocallyRedundant'] } };
const set = `az backup vault backup-properties set --subscription ${ownSubscription} -g rg-backup`;

export const cases: Cases<typeof vaultStorageRedundancy> = [
  [
    'geo-redundant',
    inUse({ redundancy: 'GeoRedundant' }),
    { ...passes, message: 'Vault rsv-weu uses GeoRedundant; required: GeoRedundant, ZoneRedundant.' },
  ],
  ['zone-redundant, in other letters', inUse({ redundancy: 'ZONEREDUNDANT' }), passes],
  [
    'locally redundant, and it can still be changed',
    inUse({ redundancy: 'LocallyRedundant', redundancyState: 'unlocked' }),
    {
      ...unlocked,
      message: 'Vault rsv-weu uses LocallyRedundant; required: GeoRedundant, ZoneRedundant. It can still be changed.',
      fix: {
        text: 'Change the redundancy of the vault before more is registered in it.',
        commands: [`${set} -n rsv-weu --backup-storage-redundancy GeoRedundant`],
      },
    },
  ],
  [
    'locally redundant, and it can no longer be changed',
    inUse({ redundancy: 'LocallyRedundant', redundancyState: 'Locked' }),
    {
      ...locked,
      message:
        'Vault rsv-weu uses LocallyRedundant; required: GeoRedundant, ZoneRedundant. It can no longer be changed.',
      fix: {
        text: 'Create a vault with GeoRedundant, protect the VM there after stopping it here, and keep this vault until its retention ends.',
        commands: [
          `az backup vault create --subscription ${ownSubscription} -g rg-backup -n rsv-westeurope -l westeurope`,
          `${set} -n rsv-westeurope --backup-storage-redundancy GeoRedundant`,
        ],
      },
    },
  ],
  [
    'locally redundant, and Azure does not say whether it can be changed',
    { vaults: fact({ vaults: [withoutState] }) },
    {
      outcome: 'fail',
      reason: 'NotAllowed',
      message:
        'Vault rsv-weu uses LocallyRedundant; required: GeoRedundant, ZoneRedundant. Azure does not say whether it can still be changed.',
      fix: {
        text: 'Try to change the redundancy; if Azure refuses, protect the VM in a new vault with GeoRedundant.',
        commands: [`${set} -n rsv-weu --backup-storage-redundancy GeoRedundant`],
      },
    },
  ],
  [
    'locally redundant, in a state that nobody knows',
    inUse({ redundancy: 'LocallyRedundant', redundancyState: 'Invalid' }),
    { outcome: 'fail', reason: 'NotAllowed' },
  ],
  ['a redundancy that nobody knows is not allowed', inUse({ redundancy: 'ReadAccessGeoZoneRedundant' }), unlocked],
  [
    'no redundancy in the row',
    { vaults: fact({ vaults: [withoutRedundancy] }) },
    { ...notReported, message: 'Vault rsv-weu does not report its storage redundancy.' },
  ],
  ['an empty redundancy', inUse({ redundancy: '' }), notReported],
  ['a redundancy that Azure calls invalid', inUse({ redundancy: 'Invalid' }), notReported],
  [
    'locally redundant is allowed',
    { ...inUse({ redundancy: 'LocallyRedundant' }), settings: { allowedRedundancy: ['locallyredundant'] } },
    passes,
  ],
  [
    'only zone-redundant is allowed',
    { ...inUse({ redundancy: 'GeoRedundant' }), settings: { allowedRedundancy: ['ZoneRedundant'] } },
    {
      ...unlocked,
      fix: { commands: [`${set} -n rsv-weu --backup-storage-redundancy ZoneRedundant`] },
    },
  ],
  [
    'nothing is required',
    { ...inUse({ redundancy: 'LocallyRedundant' }), settings: { allowedRedundancy: [] } },
    { outcome: 'notApplicable', message: 'No storage redundancy is required.' },
  ],
  [
    'an environment allows what the others do not',
    { ...inUse({ redundancy: 'LocallyRedundant' }), tags: fact({ Env: 'NonProd' }), settings: { environments } },
    passes,
  ],
  [
    'the default environment does not allow it',
    { ...inUse({ redundancy: 'LocallyRedundant' }), settings: { environments } },
    unlocked,
  ],
  ['tags that may not be read, where environments differ', { tags: unread, settings: { environments } }, noPermission],
  ['tags that may not be read, where nothing differs', { tags: unread }, passes],
  [
    'the vault that holds the item counts, no other (ruling 2)',
    { vaults: fact({ vaults: [vault('rsv-a', { redundancy: 'LocallyRedundant' }), vault('rsv-weu')] }) },
    passes,
  ],
  [
    'the vault that holds the item stands in another subscription',
    {
      items: live(item({}, vault('rsv-hub', { subscriptionId: otherSubscription }))),
      vaults: fact({
        vaults: [
          vault('rsv-hub', { subscriptionId: otherSubscription, redundancy: 'LocallyRedundant' }),
          vault('rsv-weu'),
        ],
      }),
    },
    {
      ...unlocked,
      fix: {
        commands: [
          `az backup vault backup-properties set --subscription ${otherSubscription} -g rg-backup -n rsv-hub --backup-storage-redundancy GeoRedundant`,
        ],
      },
    },
  ],
  [
    'two live items: the vault of the better one counts (ruling 13)',
    {
      items: live(item({ protectionState: 'ProtectionStopped' }, vault('rsv-a')), item()),
      vaults: fact({ vaults: [vault('rsv-a', { redundancy: 'LocallyRedundant' }), vault('rsv-weu')] }),
    },
    passes,
  ],
  [
    'a vault that could not be read',
    { vaults: fact({ vaults: [vault('rsv-a')] }) },
    {
      outcome: 'unknown',
      cause: 'partial-inventory',
      message: 'The vault that holds the item could not be read: rsv-weu.',
    },
  ],
  [
    'no item: no vault is in use (ruling 2)',
    { ...inUse({ redundancy: 'LocallyRedundant' }), ...noItem },
    { outcome: 'notApplicable', message: 'No vault holds an item of this VM.' },
  ],
  ['items that may not be read', { items: unread }, noPermission],
  ['vaults that may not be read', { vaults: unread }, noPermission],
];
