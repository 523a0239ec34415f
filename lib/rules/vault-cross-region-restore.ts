import { requirementsOf } from '../domain/environment.ts';
import { judgedItem } from '../domain/protection.ts';
import { cannotTell, defineRule, notApplicable } from '../domain/rule.ts';
import { hasVaultInUse, valuePerVault, vaultInUse } from '../domain/vault-in-use.ts';
import { isWord } from '../domain/word.ts';

export const vaultCrossRegionRestore = defineRule({
  id: 'vault-cross-region-restore',
  title: 'The vault in use restores in the paired region, where that is required',
  category: 'vault',
  severity: 'info',
  rationale:
    'Backups stay in the region, but a geo-redundant vault with Cross Region Restore can restore Azure VMs in the paired region; disks cannot be replaced there, and Ultra and Premium SSD v2 disks only in listed regions.',
  sources: [
    'Support matrix for Azure VM backups, 2026-03-26',
    'Support matrix for Azure Backup, 2026-03-25',
    'Azure Proactive Resiliency Library 1549b91f-2ea0-4d4f-ba2a-4596becbe3de (2026-07-21)',
  ],
  reviewed: '2026-11-21',
  needs: {
    items: (items) => ({ vaultId: judgedItem(items)?.vaultId }),
    vaults: (inventory) => ({
      standardTierStorageRedundancy: valuePerVault(inventory, ({ redundancy }) => redundancy),
      crossRegionRestore: valuePerVault(inventory, ({ crossRegionRestore }) => crossRegionRestore),
    }),
  },
  pass: {
    Enabled: 'Vault {vault} can restore in the paired region.',
    NotRequired: 'Restores in the paired region are not required.',
  },
  fail: { NotEnabled: 'Vault {vault} is geo-redundant but restores in the paired region are not enabled.' },
  remedies: {
    NotEnabled: {
      text: 'Enable Cross Region Restore.',
      commands: [
        'az backup vault backup-properties set --subscription {vaultSubscription} -g {vaultResourceGroup} -n {vault} --cross-region-restore-flag True',
      ],
    },
  },
  concerns: hasVaultInUse,
  check({ items, vaults }, { settings }, sheet) {
    const used = vaultInUse(items, vaults);
    if (used.kind === 'unknown') {
      return used;
    }
    const { name, redundancy, crossRegionRestore } = used.vault;
    const details = { vault: name };
    const state = crossRegionRestore?.toLowerCase();
    if (state === 'enabled') {
      return { kind: 'pass', reason: 'Enabled', details };
    }
    const required = requirementsOf(sheet, settings);
    if (required.kind === 'unknown') {
      return required;
    }
    if (!required.settings.requireCrossRegionRestore) {
      return { kind: 'pass', reason: 'NotRequired', details: {} };
    }
    if (!redundancy || isWord(redundancy, 'Invalid')) {
      return cannotTell('not-reported', `Vault ${name} does not report its storage redundancy.`);
    }
    if (!isWord(redundancy, 'GeoRedundant')) {
      return notApplicable('Only a geo-redundant vault can restore in the paired region.');
    }
    return state === 'disabled'
      ? { kind: 'fail', reason: 'NotEnabled', details }
      : cannotTell('not-reported', `Vault ${name} reports Cross Region Restore as ${crossRegionRestore || 'nothing'}.`);
  },
});
