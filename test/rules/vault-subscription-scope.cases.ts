import type { Vault } from '../../lib/domain/protection.ts';
import type { vaultSubscriptionScope } from '../../lib/rules/vault-subscription-scope.ts';
import type { Cases, Differing } from './case.ts';
import { fact, gap, item, live, machine, noItem, otherSubscription, unread, vault } from './healthy-vm.ts';

const hub = vault('rsv-hub', { subscriptionId: otherSubscription });
const allowed = { allowCrossSubscriptionVaults: true };
const confidential = fact(machine({ securityType: 'ConfidentialVM' }));

function unprotected(...list: readonly Vault[]): Differing {
  return { ...noItem, vaults: fact({ vaults: list }) };
}

function heldIn(holder: Vault): Differing {
  return { items: live(item({}, holder)), vaults: fact({ vaults: [vault('rsv-weu'), holder] }) };
}

const passes = { outcome: 'pass', reason: 'VaultAllowed' } as const;
const fails = { outcome: 'fail', reason: 'NoVaultAllowed', severity: 'blocker' } as const;
const elsewhere = { outcome: 'fail', reason: 'HeldElsewhere', severity: 'blocker' } as const;
const tenantUnknown = {
  outcome: 'unknown',
  cause: 'not-reported',
  message: 'The tenant of the vault or of the VM is not in the rows that were read.',
} as const;

export const cases: Cases<typeof vaultSubscriptionScope> = [
  [
    'no item, a vault of its own subscription',
    unprotected(hub, vault('rsv-weu')),
    { ...passes, message: 'Vault rsv-weu may be used by this VM.' },
  ],
  [
    'no item, only a vault of another subscription (ruling 1)',
    unprotected(hub),
    {
      ...fails,
      message: `The only vault in westeurope is rsv-hub in subscription ${otherSubscription}; this VM may not use it: vaults of other subscriptions are not allowed by configuration.`,
      fix: {
        commands: [
          'az backup vault create --subscription 11111111-1111-1111-1111-111111111111 -g rg-pay -n rsv-westeurope -l westeurope',
        ],
      },
    },
  ],
  [
    'no item, a vault of another subscription that is allowed',
    { ...unprotected(hub), settings: allowed },
    { ...passes, message: 'Vault rsv-hub may be used by this VM.' },
  ],
  [
    'no item, an allowed vault of another subscription for a Confidential VM',
    { ...unprotected(hub), vm: confidential, settings: allowed },
    {
      ...fails,
      message: `The only vault in westeurope is rsv-hub in subscription ${otherSubscription}; this VM may not use it: a Confidential VM must use a vault of its own subscription.`,
    },
  ],
  [
    'no item, a vault of its own subscription for a Confidential VM',
    { ...unprotected(vault('rsv-weu')), vm: confidential },
    passes,
  ],
  [
    'no item, a vault of another tenant',
    { ...unprotected({ ...hub, tenantId: 'other' }), settings: allowed },
    {
      ...fails,
      message: `The only vault in westeurope is rsv-hub in subscription ${otherSubscription}; this VM may not use it: it belongs to another tenant.`,
    },
  ],
  [
    'no item, a vault whose tenant is not told',
    { ...unprotected({ ...hub, tenantId: '' }), settings: allowed },
    tenantUnknown,
  ],
  [
    'no item, a vault whose tenant is not told: not allowed whatever it is',
    unprotected({ ...hub, tenantId: '' }),
    fails,
  ],
  [
    'no item, a vault whose tenant is not told, for a Confidential VM: not allowed whatever it is',
    { ...unprotected({ ...hub, tenantId: '' }), vm: confidential, settings: allowed },
    fails,
  ],
  [
    'no item, two vaults, one of which does not tell its tenant',
    {
      ...unprotected(
        { ...hub, tenantId: 'other' },
        vault('rsv-hub2', { subscriptionId: otherSubscription, tenantId: '' }),
      ),
      settings: allowed,
    },
    tenantUnknown,
  ],
  [
    'no item, a VM whose tenant is not told',
    { ...unprotected(hub), vm: fact(machine({ tenantId: '' })), settings: allowed },
    tenantUnknown,
  ],
  [
    'no item, only a vault of another subscription, and others may be hidden (ruling 3)',
    { ...noItem, vaults: fact({ vaults: [hub], gap }) },
    { outcome: 'unknown', cause: 'partial-inventory', message: gap.detail },
  ],
  [
    'no item, no vault in the region (ruling 1)',
    unprotected(vault('rsv-neu', { region: 'northeurope' })),
    { outcome: 'notApplicable', message: 'No vault is left to ask about.' },
  ],
  [
    'no item, only vaults of another kind in the settings (ruling 1)',
    {
      ...unprotected(vault('rsv-weu')),
      settings: { expectedVaults: ['/subscriptions/s/providers/Microsoft.DataProtection/backupVaults/b'] },
    },
    { outcome: 'notApplicable', message: 'No vault is left to ask about.' },
  ],
  [
    'an item in a vault of its own subscription (ruling 2)',
    {},
    { ...passes, message: 'Vault rsv-weu may be used by this VM.' },
  ],
  [
    'an item in a vault of another subscription (ruling 2)',
    heldIn(hub),
    {
      ...elsewhere,
      message: `The VM is backed up in vault rsv-hub of subscription ${otherSubscription}: vaults of other subscriptions are not allowed by configuration.`,
    },
  ],
  ['an item in a vault of another subscription that is allowed', { ...heldIn(hub), settings: allowed }, passes],
  [
    'an item of a Confidential VM in an allowed vault of another subscription',
    { ...heldIn(hub), vm: confidential, settings: allowed },
    elsewhere,
  ],
  ['an item in a vault of another tenant', { ...heldIn({ ...hub, tenantId: 'other' }), settings: allowed }, elsewhere],
  [
    'an item in a vault whose tenant is not told',
    { ...heldIn({ ...hub, tenantId: '' }), settings: allowed },
    tenantUnknown,
  ],
  [
    'an item in a vault of another subscription whose tenant is not told: not allowed whatever it is',
    heldIn({ ...hub, tenantId: '' }),
    elsewhere,
  ],
  [
    'two live items: the vault of the better one is judged (rulings 2 and 13)',
    {
      ...heldIn(hub),
      items: live(item({ protectionState: 'ProtectionStopped' }, hub), item()),
    },
    passes,
  ],
  [
    'an item in a vault that could not be read',
    { items: live(item({}, hub)) },
    {
      outcome: 'unknown',
      cause: 'partial-inventory',
      message: 'The vault that holds the item could not be read: rsv-hub.',
    },
  ],
  ['vaults that may not be read', { vaults: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['items that may not be read', { items: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['a VM that may not be read', { vm: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
