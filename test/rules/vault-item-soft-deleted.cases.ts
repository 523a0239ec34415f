import type { ProtectedItem } from '../../lib/domain/protection.ts';
import type { vaultItemSoftDeleted } from '../../lib/rules/vault-item-soft-deleted.ts';
import type { Cases, Differing } from './case.ts';
import { fact, gap, item, noItem, unread, vault } from './healthy-vm.ts';

function deleted(until?: string, holder = vault('rsv-old')): ProtectedItem {
  return item({ softDeleted: true, ...(until ? { softDeletedUntil: until } : {}) }, holder);
}

function softDeleted(...items: readonly ProtectedItem[]): Differing {
  return { ...noItem, items: fact({ live: [], softDeleted: items }) };
}

const fails = { outcome: 'fail', reason: 'SoftDeleted', severity: 'blocker' } as const;

export const cases: Cases<typeof vaultItemSoftDeleted> = [
  [
    'no item',
    noItem,
    { outcome: 'pass', reason: 'NoneSoftDeleted', message: 'No soft-deleted item of this VM was found.' },
  ],
  [
    'a soft-deleted item',
    softDeleted(deleted('2026-12-01T00:00:00.000Z')),
    {
      ...fails,
      message: 'Backup data of this VM is soft-deleted in rsv-old until 2026-12-01T00:00:00.000Z.',
      fix: {
        commands: [
          "az backup protection undelete --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-old -c 'IaasVMContainer;iaasvmcontainerv2;rg-pay;vm-pay-01' -i 'VM;iaasvmcontainerv2;rg-pay;vm-pay-01' --workload-type VM --backup-management-type AzureIaasVM",
          "az backup protection resume --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-old -c 'IaasVMContainer;iaasvmcontainerv2;rg-pay;vm-pay-01' -i 'VM;iaasvmcontainerv2;rg-pay;vm-pay-01' --policy-name EnhancedPolicy",
        ],
      },
    },
  ],
  [
    'a soft-deleted item in the very vault to be used (ruling 12)',
    softDeleted(deleted(undefined, vault('rsv-weu'))),
    { ...fails, message: 'Backup data of this VM is soft-deleted in rsv-weu until a day that Azure does not tell.' },
  ],
  [
    'two soft-deleted items: the one that stays longest is named',
    softDeleted(
      deleted('2026-12-01T00:00:00.000Z'),
      deleted('2027-03-01T00:00:00.000Z', vault('rsv-older')),
      deleted(undefined, vault('rsv-aaa')),
    ),
    { ...fails, message: 'Backup data of this VM is soft-deleted in rsv-older until 2027-03-01T00:00:00.000Z.' },
  ],
  [
    'a soft-deleted item although others may be hidden',
    { ...noItem, items: fact({ live: [], softDeleted: [deleted()], gap }) },
    fails,
  ],
  [
    'a soft-deleted item beside a live one (ruling 12)',
    { items: fact({ live: [item()], softDeleted: [deleted()] }) },
    { outcome: 'notApplicable', message: 'A live item of the VM exists.' },
  ],
  [
    'no item where items may be hidden (ruling 4)',
    { ...noItem, items: fact({ live: [], softDeleted: [], gap }) },
    { outcome: 'unknown', cause: 'partial-inventory', message: gap.detail },
  ],
  ['items that may not be read', { items: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
