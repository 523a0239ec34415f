import { defineResourceRule } from '../../domain/resource-rule.ts';
import { cannotTell } from '../../domain/rule.ts';

export const healthOrphanedItem = defineResourceRule({
  id: 'health-orphaned-item',
  title: 'Every live protected item has its VM',
  category: 'backup-health',
  severity: 'info',
  rationale:
    'An item whose VM is gone fails every day (BCMV2VMNotFound, 320001, 400094) and costs. A VM of the same name in the same group is picked up again; a moved VM has a new id. It is said only after two complete sweeps.',
  sources: ['Troubleshooting backup failures on Azure VMs, 2025-11-12', 'FAQ - Backing up Azure VMs, 2025-12-09'],
  reviewed: '2026-11-21',
  about: 'itemsWithoutVm',
  pass: {},
  fail: { Orphaned: 'Backup item {item} in vault {vault} has no VM any more: {source} does not exist.' },
  remedies: {
    Orphaned: {
      text: 'Stop protection; the recovery points are retained until somebody deletes them.',
      commands: [
        'az backup protection disable --subscription {subscriptionId} -g {resourceGroup} --vault-name {vaultName} -c {containerName} -i {itemName} --backup-management-type AzureIaasVM --yes',
      ],
    },
  },
  evidence: ({ sourceId }) => ({ sourceResourceId: sourceId }),
  check({ name, vaultName, sourceId, wasMissingBefore }) {
    return wasMissingBefore
      ? { kind: 'fail', reason: 'Orphaned', details: { item: name, vault: vaultName, source: sourceId } }
      : cannotTell('in-transition', `The VM of item ${name} in vault ${vaultName} was not seen for the first time.`);
  },
});
