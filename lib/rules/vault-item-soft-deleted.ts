import { softDeletedItems } from '../domain/protection.ts';
import { defineRule, notApplicable } from '../domain/rule.ts';

export const vaultItemSoftDeleted = defineRule({
  id: 'vault-item-soft-deleted',
  title: 'No soft-deleted item of the VM stands in the way',
  category: 'vault',
  severity: 'blocker',
  rationale:
    'While an item of the VM lies in soft delete, the VM is not offered for protection in another vault; in the same vault the item can be undeleted and resumed. The retention is 14 to 180 days.',
  sources: ['Back up Azure VMs in a Recovery Services vault, 2026-03-25', 'Secure by default with soft delete, 2026'],
  reviewed: '2026-11-20',
  needs: {
    items: (items) => ({
      isScheduledForDeferredDelete: items.softDeleted.length > 0,
      vaults: softDeletedItems(items)
        .map((item) => item.vaultId)
        .join(', '),
    }),
  },
  pass: { NoneSoftDeleted: 'No soft-deleted item of this VM was found.' },
  fail: { SoftDeleted: 'Backup data of this VM is soft-deleted in {vault} until {until}.' },
  remedies: {
    SoftDeleted: {
      text: 'Undelete the item and resume its protection in that vault, or wait until the retention ends.',
      commands: [
        'az backup protection undelete --subscription {deletedSubscription} -g {deletedResourceGroup} --vault-name {vault} -c {deletedContainer} -i {deletedItem} --workload-type VM --backup-management-type AzureIaasVM',
        'az backup protection resume --subscription {deletedSubscription} -g {deletedResourceGroup} --vault-name {vault} -c {deletedContainer} -i {deletedItem} --policy-name {policy}',
      ],
    },
  },
  check({ items }) {
    if (items.live.length > 0) {
      return notApplicable('A live item of the VM exists.');
    }
    const [deleted] = softDeletedItems(items);
    if (deleted) {
      return {
        kind: 'fail',
        reason: 'SoftDeleted',
        details: { vault: deleted.vaultName, until: deleted.softDeletedUntil ?? 'a day that Azure does not tell' },
        commandDetails: {
          deletedSubscription: deleted.vaultId.split('/')[2] ?? '',
          deletedResourceGroup: deleted.vaultResourceGroup,
          deletedContainer: deleted.containerName,
          deletedItem: deleted.itemName,
        },
      };
    }
    return items.gap
      ? { kind: 'unknown', because: items.gap }
      : { kind: 'pass', reason: 'NoneSoftDeleted', details: {} };
  },
});
