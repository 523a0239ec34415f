import type { healthProtected } from '../../lib/rules/health-protected.ts';
import type { Cases } from './case.ts';
import { fact, gap, item, machine, noItem, otherSubscription, unread, vault } from './healthy-vm.ts';

const vmId =
  '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-pay/providers/Microsoft.Compute/virtualMachines/vm-pay-01';

export const cases: Cases<typeof healthProtected> = [
  [
    'a live item',
    {},
    { outcome: 'pass', reason: 'ItemExists', message: 'The VM is a protected item of vault rsv-weu.' },
  ],
  [
    'a stopped item is an item',
    { items: fact({ live: [item({ protectionState: 'ProtectionStopped' })], softDeleted: [] }) },
    { outcome: 'pass', reason: 'ItemExists' },
  ],
  [
    'an item in the state Invalid is an item (ruling 14)',
    { items: fact({ live: [item({ protectionState: 'Invalid' })], softDeleted: [] }) },
    { outcome: 'pass', reason: 'ItemExists' },
  ],
  [
    'a live item although others may be hidden (ruling 4)',
    { items: fact({ live: [item()], softDeleted: [], gap }) },
    { outcome: 'pass', reason: 'ItemExists' },
  ],
  [
    'two live items: the better one is named (ruling 13)',
    {
      items: fact({
        live: [item({ protectionState: 'ProtectionStopped' }, vault('rsv-old')), item()],
        softDeleted: [],
      }),
    },
    { outcome: 'pass', reason: 'ItemExists', message: 'The VM is a protected item of vault rsv-weu.' },
  ],
  [
    'no item',
    noItem,
    {
      outcome: 'fail',
      reason: 'NoItem',
      severity: 'blocker',
      message: 'The VM has no backup.',
      fix: {
        commands: [
          `az backup protection enable-for-vm --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu --vm ${vmId} --policy-name EnhancedPolicy`,
        ],
      },
    },
  ],
  [
    'a soft-deleted item is none',
    { ...noItem, items: fact({ live: [], softDeleted: [item({ softDeleted: true })] }) },
    { outcome: 'fail', reason: 'NoItem' },
  ],
  [
    'no item and no vault to use',
    { ...noItem, vaults: fact({ vaults: [] }) },
    {
      outcome: 'fail',
      reason: 'NoItem',
      fix: {
        commands: [
          `az backup protection enable-for-vm --subscription '<subscription of the vault>' -g '<resource group of the vault>' --vault-name '<vault to create first>' --vm ${vmId} --policy-name EnhancedPolicy`,
        ],
      },
    },
  ],
  [
    'no item and a vault of its own subscription among others',
    {
      ...noItem,
      vaults: fact({ vaults: [vault('rsv-a', { subscriptionId: otherSubscription }), vault('rsv-z'), vault('rsv-y')] }),
      settings: { allowCrossSubscriptionVaults: true, defaultPolicyName: 'Gold' },
    },
    {
      outcome: 'fail',
      reason: 'NoItem',
      fix: {
        commands: [
          `az backup protection enable-for-vm --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-y --vm ${vmId} --policy-name Gold`,
        ],
      },
    },
  ],
  ['no item, and vaults that may not be read', { ...noItem, vaults: unread }, { outcome: 'fail', reason: 'NoItem' }],
  [
    'no item, and a VM that may not be read',
    { ...noItem, vm: unread },
    { outcome: 'fail', reason: 'NoItem', message: 'The VM has no backup.' },
  ],
  [
    'no item, on a Confidential VM',
    { ...noItem, vm: fact(machine({ securityType: 'ConfidentialVM' })) },
    { outcome: 'fail', reason: 'NoItem' },
  ],
  [
    'no item where items may be hidden (rulings 3 and 4)',
    { ...noItem, items: fact({ live: [], softDeleted: [], gap }) },
    { outcome: 'unknown', cause: 'partial-inventory', message: gap.detail },
  ],
  ['items that may not be read', { items: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
