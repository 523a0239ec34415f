import type { vaultKindRecoveryServices } from '../../lib/rules/vault-kind-recovery-services.ts';
import type { Cases, Differing } from './case.ts';
import { unread, vault } from './healthy-vm.ts';

const backupVault = '/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/backupVaults/bv-weu';
const right = vault('rsv-weu').id;

function expected(...ids: readonly string[]): Differing {
  return { settings: { expectedVaults: ids } };
}

const passes = { outcome: 'pass', reason: 'RightKind' } as const;

export const cases: Cases<typeof vaultKindRecoveryServices> = [
  [
    'no vault in the settings',
    expected(),
    { outcome: 'notApplicable', message: 'No vault is named in the configuration.' },
  ],
  [
    'a Recovery Services vault',
    expected(right),
    { ...passes, message: 'A configured vault is a Recovery Services vault.' },
  ],
  ['a Recovery Services vault in upper case', expected(right.toUpperCase()), passes],
  ['a Recovery Services vault with a trailing slash', expected(`${right}/`), passes],
  ['a Recovery Services vault beside a Backup vault (ruling 30)', expected(backupVault, right), passes],
  [
    'a Backup vault (ruling 30)',
    expected(backupVault),
    {
      outcome: 'fail',
      reason: 'WrongKind',
      severity: 'blocker',
      message: `The configured vault ${backupVault} is a microsoft.dataprotection/backupvaults; VM backup needs a Recovery Services vault.`,
      fix: {
        commands: [
          'az backup vault create --subscription 11111111-1111-1111-1111-111111111111 -g rg-pay -n rsv-westeurope -l westeurope',
        ],
      },
    },
  ],
  [
    'a classic vault (ruling 30)',
    expected('/subscriptions/s/resourceGroups/g/providers/Microsoft.ClassicBackup/vaults/old'),
    { outcome: 'fail', reason: 'WrongKind' },
  ],
  ['a name instead of an id', expected('rsv-weu'), { outcome: 'fail', reason: 'WrongKind' }],
  ['a VM that may not be read', { vm: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
