import { defineResourceRule } from '../../domain/resource-rule.ts';

export const classicBackupItem = defineResourceRule({
  id: 'classic-backup-item',
  title: 'No vault holds recovery points of a classic VM',
  category: 'backup-health',
  severity: 'warning',
  rationale:
    'Items of classic VMs keep their recovery points but get no new ones; the old points can be restored only as managed disks.',
  sources: ['ARM type definitions of Azure Backup, 2026-07-01', 'Support matrix for Azure VM backups, 2026-03-26'],
  reviewed: '2026-11-21',
  about: 'classicItems',
  pass: {},
  fail: { Present: 'Vault {vault} still holds recovery points of classic VM {vm}.' },
  remedies: {
    Present: {
      text: 'Restore as managed disks what is needed, then stop protection; the points are retained.',
      commands: [
        'az backup recoverypoint list --subscription {subscriptionId} -g {resourceGroup} --vault-name {vaultName} -c {containerName} -i {itemName} --backup-management-type AzureIaasVM',
        'az backup protection disable --subscription {subscriptionId} -g {resourceGroup} --vault-name {vaultName} -c {containerName} -i {itemName} --backup-management-type AzureIaasVM --yes',
      ],
    },
  },
  evidence: ({ id }) => ({ id }),
  check: ({ vaultName, name }) => ({ kind: 'fail', reason: 'Present', details: { vault: vaultName, vm: name } }),
});
