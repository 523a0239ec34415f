import type { Vault } from '../../lib/domain/protection.ts';
import type { vaultCrossRegionRestore } from '../../lib/rules/vault-cross-region-restore.ts';
import type { Cases, Differing } from './case.ts';
import { fact, noItem, ownSubscription, unread, vault } from './healthy-vm.ts';

function required(change: Partial<Vault>): Differing {
  return { vaults: fact({ vaults: [vault('rsv-weu', change)] }), settings: { requireCrossRegionRestore: true } };
}

const { redundancy: _redundancy, ...vaultWithoutRedundancy } = vault('rsv-weu');
const { crossRegionRestore: _restore, ...vaultWithoutRestore } = vault('rsv-weu');
const enabled = { outcome: 'pass', reason: 'Enabled' } as const;
const fails = { outcome: 'fail', reason: 'NotEnabled', severity: 'info' } as const;
const notReported = { outcome: 'unknown', cause: 'not-reported' } as const;
const noPermission = { outcome: 'unknown', cause: 'no-permission' } as const;
const environments = { sandbox: { requireCrossRegionRestore: false } };

export const cases: Cases<typeof vaultCrossRegionRestore> = [
  [
    'required and enabled',
    required({ crossRegionRestore: 'Enabled' }),
    { ...enabled, message: 'Vault rsv-weu can restore in the paired region.' },
  ],
  ['required and enabled, in other letters', required({ crossRegionRestore: 'ENABLED' }), enabled],
  [
    'required and disabled',
    required({ crossRegionRestore: 'Disabled' }),
    {
      ...fails,
      message: 'Vault rsv-weu is geo-redundant but restores in the paired region are not enabled.',
      fix: {
        text: 'Enable Cross Region Restore.',
        commands: [
          `az backup vault backup-properties set --subscription ${ownSubscription} -g rg-backup -n rsv-weu --cross-region-restore-flag True`,
        ],
      },
    },
  ],
  [
    'required and disabled, in other letters',
    required({ crossRegionRestore: 'disabled', redundancy: 'georedundant' }),
    fails,
  ],
  [
    'required, and the vault does not say',
    { vaults: fact({ vaults: [vaultWithoutRestore] }), settings: { requireCrossRegionRestore: true } },
    { ...notReported, message: 'Vault rsv-weu reports Cross Region Restore as nothing.' },
  ],
  [
    'required, and a state that nobody knows',
    required({ crossRegionRestore: 'Perhaps' }),
    { ...notReported, message: 'Vault rsv-weu reports Cross Region Restore as Perhaps.' },
  ],
  [
    'required, but the vault is not geo-redundant',
    required({ redundancy: 'ZoneRedundant' }),
    { outcome: 'notApplicable', message: 'Only a geo-redundant vault can restore in the paired region.' },
  ],
  [
    'required, and the vault does not say its redundancy',
    { vaults: fact({ vaults: [vaultWithoutRedundancy] }), settings: { requireCrossRegionRestore: true } },
    { ...notReported, message: 'Vault rsv-weu does not report its storage redundancy.' },
  ],
  ['required, and a redundancy that Azure calls invalid', required({ redundancy: 'Invalid' }), notReported],
  [
    'not required and disabled',
    {},
    { outcome: 'pass', reason: 'NotRequired', message: 'Restores in the paired region are not required.' },
  ],
  [
    'not required, and the vault does not say',
    { vaults: fact({ vaults: [vaultWithoutRestore] }) },
    { outcome: 'pass', reason: 'NotRequired' },
  ],
  [
    'not required in the environment of the VM',
    {
      ...required({}),
      tags: fact({ environment: 'sandbox' }),
      settings: { requireCrossRegionRestore: true, environments },
    },
    { outcome: 'pass', reason: 'NotRequired' },
  ],
  [
    'tags that may not be read, where environments differ',
    { ...required({}), tags: unread, settings: { requireCrossRegionRestore: true, environments } },
    noPermission,
  ],
  [
    'tags that may not be read, and it is enabled',
    { ...required({ crossRegionRestore: 'Enabled' }), tags: unread, settings: { environments } },
    enabled,
  ],
  [
    'a vault that could not be read',
    { vaults: fact({ vaults: [] }) },
    { outcome: 'unknown', cause: 'partial-inventory' },
  ],
  [
    'no item',
    { ...required({}), ...noItem },
    { outcome: 'notApplicable', message: 'No vault holds an item of this VM.' },
  ],
  ['items that may not be read', { items: unread }, noPermission],
  ['vaults that may not be read', { vaults: unread }, noPermission],
];
