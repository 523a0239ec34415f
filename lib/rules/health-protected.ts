import { judgedItem, liveItems } from '../domain/protection.ts';
import { defineRule } from '../domain/rule.ts';
import { vaultToUse } from '../domain/vault-funnel.ts';

export const healthProtected = defineRule({
  id: 'health-protected',
  title: 'The VM is protected',
  category: 'backup-health',
  severity: 'blocker',
  rationale:
    'A live protected item exists for the full id of the VM. A soft-deleted item is none. From a partial inventory nobody is called unprotected.',
  sources: [
    'Azure Policy 013e242c-8828-4970-87b3-ab247555486d, 2026-04-29',
    'Back up Azure VMs in a Recovery Services vault, 2026-03-25',
  ],
  reviewed: '2026-11-20',
  needs: {
    items: (items) => ({
      items: liveItems(items)
        .map((item) => item.id)
        .join(', '),
    }),
  },
  pass: { ItemExists: 'The VM is a protected item of vault {vault}.' },
  fail: { NoItem: 'The VM has no backup.' },
  remedies: {
    NoItem: {
      text: 'Enable protection with policy {policy}; first remove what blocks it, if anything does.',
      commands: [
        'az backup protection enable-for-vm --subscription {targetSubscription} -g {targetResourceGroup} --vault-name {targetVault} --vm {vmId} --policy-name {policy}',
      ],
    },
  },
  check({ items }, { settings }, sheet) {
    const item = judgedItem(items);
    if (item) {
      return { kind: 'pass', reason: 'ItemExists', details: { vault: item.vaultName } };
    }
    if (items.gap) {
      return { kind: 'unknown', because: items.gap };
    }
    const target =
      sheet.vm.kind === 'known' && sheet.vaults.kind === 'known'
        ? vaultToUse(sheet.vm.value, sheet.vaults.value, settings, sheet.loads)
        : undefined;
    return {
      kind: 'fail',
      reason: 'NoItem',
      details: {},
      commandDetails: {
        targetSubscription: target?.subscriptionId ?? '<subscription of the vault>',
        targetResourceGroup: target?.resourceGroup ?? '<resource group of the vault>',
        targetVault: target?.name ?? '<vault to create first>',
      },
    };
  },
});
