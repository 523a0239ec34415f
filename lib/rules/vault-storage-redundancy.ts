import { requirementsOf } from '../domain/environment.ts';
import { judgedItem } from '../domain/protection.ts';
import { cannotTell, defineRule, notApplicable } from '../domain/rule.ts';
import { hasVaultInUse, valuePerVault, vaultInUse } from '../domain/vault-in-use.ts';
import { nextVaultName } from '../domain/vault-name.ts';
import { isOneOf, isWord } from '../domain/word.ts';

/** Whether the redundancy can still be changed; another state than these leaves it open. */
function reasonOf(state = '') {
  switch (state.toLowerCase()) {
    case 'unlocked':
      return 'NotAllowedUnlocked';
    case 'locked':
      return 'NotAllowedLocked';
    default:
      return 'NotAllowed';
  }
}

export const vaultStorageRedundancy = defineRule({
  id: 'vault-storage-redundancy',
  title: 'The vault in use has an allowed storage redundancy',
  category: 'vault',
  severity: 'warning',
  rationale:
    'Geo-redundant storage is the default and recommended for primary backups; zone-redundant storage is needed to restore into another zone; locally redundant storage is cheaper. The first registration locks the choice.',
  sources: [
    'Back up Azure VMs in a Recovery Services vault, 2026-03-25',
    'PSRule for Azure, Azure.RSV.StorageType',
    'Azure Policy 8f09fda1-91a2-4e14-96a2-67c6281158f7, ae243d87-5cf3-4dce-90bd-6d62be328de3 (2026-04-29)',
  ],
  reviewed: '2026-11-21',
  needs: {
    items: (items) => ({ vaultId: judgedItem(items)?.vaultId }),
    vaults: (inventory) => ({
      standardTierStorageRedundancy: valuePerVault(inventory, ({ redundancy }) => redundancy),
      storageTypeState: valuePerVault(inventory, ({ redundancyState }) => redundancyState),
    }),
  },
  pass: { Allowed: 'Vault {vault} uses {redundancy}; required: {allowed}.' },
  fail: {
    NotAllowedUnlocked: 'Vault {vault} uses {redundancy}; required: {allowed}. It can still be changed.',
    NotAllowedLocked: 'Vault {vault} uses {redundancy}; required: {allowed}. It can no longer be changed.',
    NotAllowed:
      'Vault {vault} uses {redundancy}; required: {allowed}. Azure does not say whether it can still be changed.',
  },
  remedies: {
    NotAllowedUnlocked: {
      text: 'Change the redundancy of the vault before more is registered in it.',
      commands: [
        'az backup vault backup-properties set --subscription {vaultSubscription} -g {vaultResourceGroup} -n {vault} --backup-storage-redundancy {wanted}',
      ],
    },
    NotAllowedLocked: {
      text: 'Create a vault with {wanted}, protect the VM there after stopping it here, and keep this vault until its retention ends.',
      commands: [
        'az backup vault create --subscription {vaultSubscription} -g {vaultResourceGroup} -n {newVault} -l {region}',
        'az backup vault backup-properties set --subscription {vaultSubscription} -g {vaultResourceGroup} -n {newVault} --backup-storage-redundancy {wanted}',
      ],
    },
    NotAllowed: {
      text: 'Try to change the redundancy; if Azure refuses, protect the VM in a new vault with {wanted}.',
      commands: [
        'az backup vault backup-properties set --subscription {vaultSubscription} -g {vaultResourceGroup} -n {vault} --backup-storage-redundancy {wanted}',
      ],
    },
  },
  concerns: hasVaultInUse,
  check({ items, vaults }, { settings }, sheet) {
    const used = vaultInUse(items, vaults);
    if (used.kind === 'unknown') {
      return used;
    }
    const { name, region, redundancy, redundancyState } = used.vault;
    if (!redundancy || isWord(redundancy, 'Invalid')) {
      return cannotTell('not-reported', `Vault ${name} does not report its storage redundancy.`);
    }
    const required = requirementsOf(sheet, settings);
    if (required.kind === 'unknown') {
      return required;
    }
    const { allowedRedundancy: allowed } = required.settings;
    const [wanted] = allowed;
    if (wanted === undefined) {
      return notApplicable('No storage redundancy is required.');
    }
    const details = { vault: name, redundancy, allowed: allowed.join(', ') };
    if (isOneOf(redundancy, allowed)) {
      return { kind: 'pass', reason: 'Allowed', details };
    }
    const commandDetails = { wanted, region, newVault: nextVaultName(region, vaults) };
    return { kind: 'fail', reason: reasonOf(redundancyState), details, commandDetails };
  },
});
