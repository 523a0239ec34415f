import type { Vault } from '../../lib/domain/protection.ts';
import type { vaultSameRegion } from '../../lib/rules/vault-same-region.ts';
import type { Cases, Differing } from './case.ts';
import { fact, gap, otherSubscription, unread, vault } from './healthy-vm.ts';

function vaults(...list: readonly Vault[]): Differing {
  return { vaults: fact({ vaults: list }) };
}

const noVault = { outcome: 'fail', reason: 'NoVaultInRegion', severity: 'blocker' } as const;

export const cases: Cases<typeof vaultSameRegion> = [
  [
    'a vault in the region',
    vaults(vault('rsv-neu', { region: 'northeurope' }), vault('rsv-weu')),
    { outcome: 'pass', reason: 'VaultInRegion', message: 'Vault rsv-weu is in westeurope.' },
  ],
  [
    'a vault of its own subscription is named before others',
    vaults(vault('rsv-a', { subscriptionId: otherSubscription }), vault('rsv-weu')),
    { outcome: 'pass', reason: 'VaultInRegion', message: 'Vault rsv-weu is in westeurope.' },
  ],
  [
    'a vault of another subscription: the next step of the funnel asks about it (ruling 1)',
    vaults(vault('rsv-hub', { subscriptionId: otherSubscription })),
    { outcome: 'pass', reason: 'VaultInRegion' },
  ],
  [
    'no vault at all',
    vaults(),
    {
      ...noVault,
      message: 'No Recovery Services vault in westeurope is available to this VM.',
      fix: {
        text: 'Create a vault in westeurope.',
        commands: [
          'az backup vault create --subscription 11111111-1111-1111-1111-111111111111 -g rg-pay -n rsv-westeurope -l westeurope',
        ],
      },
    },
  ],
  ['a vault in another region', vaults(vault('rsv-neu', { region: 'northeurope' })), noVault],
  [
    'a vault that is not ready: a later step of the funnel asks about it (ruling 1)',
    vaults(vault('rsv-weu', { provisioningState: 'Failed' })),
    { outcome: 'pass', reason: 'VaultInRegion' },
  ],
  [
    'no vault where vaults may be hidden (ruling 3)',
    { vaults: fact({ vaults: [], gap }) },
    { outcome: 'unknown', cause: 'partial-inventory', message: gap.detail },
  ],
  [
    'a vault although others may be hidden',
    { vaults: fact({ vaults: [vault('rsv-weu')], gap }) },
    { outcome: 'pass', reason: 'VaultInRegion' },
  ],
  [
    'only vaults of another kind in the settings (ruling 1)',
    { settings: { expectedVaults: ['/subscriptions/s/providers/Microsoft.DataProtection/backupVaults/b'] } },
    { outcome: 'notApplicable', message: 'No configured vault is a Recovery Services vault.' },
  ],
  ['vaults that may not be read', { vaults: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['a VM that may not be read', { vm: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
