import type { FactSheet } from '../../lib/domain/fact-sheet.ts';
import type { vaultNameValid } from '../../lib/rules/vault-name-valid.ts';
import type { Cases, Differing } from './case.ts';
import { fact, gap, item, live, noItem, otherSubscription, unread, vault } from './healthy-vm.ts';

const fifty = `rsv-${'x'.repeat(46)}`;

/** A VM in a region without a vault, where the service creates one of this name. */
function planned(name: string, asked: FactSheet['newVaultName'] = fact({ name, available: true })): Differing {
  return {
    ...noItem,
    vaults: fact({ vaults: [vault('rsv-neu', { region: 'northeurope' })] }),
    settings: { createVaults: true, newVaultNames: { westeurope: name } },
    newVaultName: asked,
  };
}

const passes = { outcome: 'pass', reason: 'NameValid' } as const;
const notAllowed = { outcome: 'fail', reason: 'NameNotAllowed', severity: 'blocker' } as const;
const noPermission = { outcome: 'unknown', cause: 'no-permission' } as const;
const createsNone = { outcome: 'notApplicable', message: 'The service creates no vault in this region.' } as const;

export const cases: Cases<typeof vaultNameValid> = [
  ['a name that is free', planned('rsv-weu'), { ...passes, message: 'A vault in westeurope may be called rsv-weu.' }],
  ['2 characters', planned('r1'), passes],
  [
    '1 character',
    planned('r'),
    {
      ...notAllowed,
      message:
        "Vault name 'r' is not allowed: it must have 2 to 50 letters, digits or hyphens, a letter first; it has 1 characters.",
      fix: { text: 'Give westeurope another name in newVaultNames, for example rsv-westeurope-01.', commands: [] },
    },
  ],
  ['no character', planned(''), notAllowed],
  ['50 characters', planned(fifty), passes],
  ['51 characters', planned(`${fifty}x`), notAllowed],
  ['capital letters', planned('RSV-WEU'), passes],
  ['a digit first', planned('9rsv'), notAllowed],
  ['a hyphen first', planned('-rsv'), notAllowed],
  ['an underscore', planned('rsv_weu'), notAllowed],
  ['a letter that is no ASCII', planned('rsv-zürich'), notAllowed],
  ['a line break at the end', planned('rsv-weu\n'), notAllowed],
  [
    'a name that is taken',
    planned('rsv-weu', fact({ name: 'rsv-weu', available: false, reason: 'AlreadyExists' })),
    {
      outcome: 'fail',
      reason: 'NameTaken',
      severity: 'blocker',
      message: "Vault name 'rsv-weu' is not available: AlreadyExists.",
      fix: { text: 'Give westeurope another name in newVaultNames, for example rsv-westeurope-01.', commands: [] },
    },
  ],
  [
    'a name that is taken for no reason given',
    planned('rsv-weu', fact({ name: 'rsv-weu', available: false })),
    { outcome: 'fail', reason: 'NameTaken', message: "Vault name 'rsv-weu' is not available: Azure gives no reason." },
  ],
  [
    'Azure does not say whether it is free',
    planned('rsv-weu', fact({ name: 'rsv-weu', available: undefined })),
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message: 'Azure did not say whether the vault name rsv-weu is free.',
    },
  ],
  ['nobody asked', planned('rsv-weu', fact('none')), { outcome: 'unknown', cause: 'not-reported' }],
  [
    'another name was asked for',
    planned('rsv-weu', fact({ name: 'rsv-other', available: true })),
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  ['asking is not allowed', planned('rsv-weu', unread), noPermission],
  ['asking is not allowed, and need not be asked', planned('9rsv', unread), notAllowed],
  [
    'the region is written as people write it',
    { ...planned('9rsv'), settings: { createVaults: true, newVaultNames: { 'West Europe': '9rsv' } } },
    notAllowed,
  ],
  [
    'vaults may be hidden: none may have to be created',
    { ...planned('9rsv'), vaults: fact({ vaults: [], gap }) },
    { outcome: 'unknown', cause: 'partial-inventory', message: gap.detail },
  ],
  [
    'vaults may be hidden, and the name is taken',
    {
      ...planned('rsv-weu', fact({ name: 'rsv-weu', available: false })),
      vaults: fact({ vaults: [], gap }),
    },
    { outcome: 'unknown', cause: 'partial-inventory' },
  ],
  ['vaults may be hidden, and the name is free', { ...planned('rsv-weu'), vaults: fact({ vaults: [], gap }) }, passes],
  [
    'the service creates no vaults',
    { ...planned('9rsv'), settings: { createVaults: false, newVaultNames: { westeurope: '9rsv' } } },
    createsNone,
  ],
  [
    'the settings name a vault of another region only',
    { ...planned('9rsv'), settings: { createVaults: true, newVaultNames: { northeurope: '9rsv' } } },
    createsNone,
  ],
  [
    'the region has a vault',
    { ...planned('9rsv'), vaults: fact({ vaults: [vault('rsv-weu')] }) },
    { outcome: 'notApplicable', message: 'The region has a vault.' },
  ],
  [
    'the region has a vault of another subscription only (ruling 1: the subscription is what fails)',
    { ...planned('9rsv'), vaults: fact({ vaults: [vault('rsv-hub', { subscriptionId: otherSubscription })] }) },
    { outcome: 'notApplicable', message: 'The region has a vault.' },
  ],
  [
    'a VM with an item',
    { ...planned('9rsv'), items: live(item()) },
    { outcome: 'notApplicable', message: 'Vault rsv-weu holds an item of this VM already.' },
  ],
  ['items that may not be read', { ...planned('9rsv'), items: unread }, noPermission],
  ['vaults that may not be read', { ...planned('9rsv'), vaults: unread }, noPermission],
  ['vaults that may not be read, where the service creates none', { ...noItem, vaults: unread }, createsNone],
  ['a VM that may not be read', { ...planned('rsv-weu'), vm: unread }, noPermission],
];
