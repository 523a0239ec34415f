import type { FactSheet } from '../../lib/domain/fact-sheet.ts';
import type { vaultProviderRegion } from '../../lib/rules/vault-provider-region.ts';
import type { Cases } from './case.ts';
import {
  fact,
  gap,
  item,
  live,
  machine,
  noItem,
  otherSubscription,
  ownSubscription,
  unread,
  vault,
} from './healthy-vm.ts';

function provider(registrationState: string, vaultRegions: readonly string[] = ['westeurope']): FactSheet['provider'] {
  return fact({ registrationState, vaultRegions });
}

const hub = vault('rsv-hub', { subscriptionId: otherSubscription });
const allowed = { allowCrossSubscriptionVaults: true };
const passes = { outcome: 'pass', reason: 'Offered' } as const;
const notRegistered = { outcome: 'fail', reason: 'NotRegistered', severity: 'blocker' } as const;
const noPermission = { outcome: 'unknown', cause: 'no-permission' } as const;
const elsewhere = { outcome: 'notApplicable', message: 'Vault rsv-hub stands in another subscription.' } as const;

export const cases: Cases<typeof vaultProviderRegion> = [
  [
    'registered, and the region is offered',
    { ...noItem, provider: provider('Registered', ['northeurope', 'westeurope']) },
    { ...passes, message: 'Microsoft.RecoveryServices is registered and offers vaults in westeurope.' },
  ],
  ['registered, in other letters', { ...noItem, provider: provider('registered') }, passes],
  [
    'not registered',
    { ...noItem, provider: provider('NotRegistered') },
    {
      ...notRegistered,
      message: `Microsoft.RecoveryServices is NotRegistered in subscription ${ownSubscription}.`,
      fix: {
        text: 'Register the provider. A vault with private endpoints whose provider was registered before 2020-05-01 needs it again.',
        commands: [`az provider register --subscription ${ownSubscription} --namespace Microsoft.RecoveryServices`],
      },
    },
  ],
  [
    'being registered',
    { ...noItem, provider: provider('Registering') },
    { outcome: 'unknown', cause: 'in-transition', message: 'Microsoft.RecoveryServices is being registered.' },
  ],
  [
    'in a state that nobody knows',
    { ...noItem, provider: provider('Odd') },
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message: 'Azure reports Microsoft.RecoveryServices as Odd, which is no known state.',
    },
  ],
  ['taken back', { ...noItem, provider: provider('Unregistered') }, notRegistered],
  ['not registered, and no region is told', { ...noItem, provider: provider('NotRegistered', []) }, notRegistered],
  [
    'a state that is not told',
    { ...noItem, provider: provider('') },
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message: 'Azure does not say whether Microsoft.RecoveryServices is registered.',
    },
  ],
  [
    'registered, and the region is not offered',
    { ...noItem, provider: provider('Registered', ['northeurope']) },
    {
      outcome: 'fail',
      reason: 'NotOffered',
      severity: 'blocker',
      message: 'Microsoft.RecoveryServices offers no vaults in westeurope.',
      fix: { text: 'Move the VM to a region with Azure Backup, or use another backup product.', commands: [] },
    },
  ],
  [
    'a region whose name only begins like an offered one',
    { ...noItem, provider: provider('Registered', ['eastus2']), vm: fact(machine({ region: 'eastus' })) },
    { outcome: 'fail', reason: 'NotOffered' },
  ],
  [
    'registered, and no region is told',
    { ...noItem, provider: provider('Registered', []) },
    { outcome: 'unknown', cause: 'not-reported', message: 'Azure does not say in which regions it offers vaults.' },
  ],
  [
    'no vault in the region: the question is put all the same',
    { ...noItem, vaults: fact({ vaults: [] }), provider: provider('NotRegistered') },
    notRegistered,
  ],
  ['a VM with an item in its own subscription', { provider: provider('NotRegistered') }, notRegistered],
  [
    'a VM with an item in another subscription',
    { items: live(item({}, hub)), provider: provider('NotRegistered') },
    elsewhere,
  ],
  [
    'a VM with an item in another subscription, where the provider may not be read',
    { items: live(item({}, hub)), provider: unread },
    elsewhere,
  ],
  [
    'the vault to use stands in another subscription',
    { ...noItem, vaults: fact({ vaults: [hub] }), provider: provider('NotRegistered'), settings: allowed },
    elsewhere,
  ],
  [
    'the vault to use stands in another subscription, but nearer ones may be hidden',
    { ...noItem, vaults: fact({ vaults: [hub], gap }), provider: provider('NotRegistered'), settings: allowed },
    { outcome: 'unknown', cause: 'partial-inventory', message: gap.detail },
  ],
  [
    'the vault to use stands in another subscription, nearer ones may be hidden, and all is well',
    { ...noItem, vaults: fact({ vaults: [hub], gap }), settings: allowed },
    passes,
  ],
  [
    'the vault to use stands in its own subscription, another one would be allowed',
    {
      ...noItem,
      vaults: fact({ vaults: [hub, vault('rsv-weu')] }),
      provider: provider('NotRegistered'),
      settings: allowed,
    },
    notRegistered,
  ],
  [
    'no vault to use, another subscription would be allowed',
    { ...noItem, vaults: fact({ vaults: [] }), provider: provider('NotRegistered'), settings: allowed },
    notRegistered,
  ],
  [
    'a vault of another subscription that may not be used',
    { ...noItem, vaults: fact({ vaults: [hub] }), provider: provider('NotRegistered') },
    notRegistered,
  ],
  [
    'a VM with an item in its own subscription, another one would be allowed',
    { vaults: fact({ vaults: [hub] }), provider: provider('NotRegistered'), settings: allowed },
    notRegistered,
  ],
  ['vaults that may not be read, where only its own subscription matters', { ...noItem, vaults: unread }, passes],
  [
    'vaults that may not be read, where another subscription is allowed',
    { ...noItem, vaults: unread, settings: allowed },
    noPermission,
  ],
  ['a provider that may not be read', { ...noItem, provider: unread }, noPermission],
  ['items that may not be read', { items: unread }, noPermission],
  ['a VM that may not be read', { vm: unread }, noPermission],
];
