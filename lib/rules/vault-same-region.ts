import { defineRule, notApplicable } from '../domain/rule.ts';
import { vaultsInRegion, wrongKindOnly } from '../domain/vault-funnel.ts';

export const vaultSameRegion = defineRule({
  id: 'vault-same-region',
  title: "A usable vault exists in the VM's region",
  category: 'vault',
  severity: 'blocker',
  rationale:
    'VM and vault must be in the same Azure region; backup across regions is not supported at all. So every region that contains VMs needs a vault.',
  sources: ['Support matrix for Azure VM backups, 2026-03-26', 'Support matrix for Azure Backup, 2026-03-25'],
  reviewed: '2026-11-20',
  needs: {
    vm: (vm) => ({ location: vm.region }),
    vaults: ({ vaults }) => ({
      vaults: vaults
        .map((vault) => `${vault.name} (${vault.region})`)
        .toSorted()
        .join(', '),
    }),
  },
  pass: { VaultInRegion: 'Vault {vault} is in {region}.' },
  fail: { NoVaultInRegion: 'No Recovery Services vault in {region} is available to this VM.' },
  remedies: {
    NoVaultInRegion: {
      text: 'Create a vault in {region}.',
      commands: [
        'az backup vault create --subscription {vmSubscription} -g {vmResourceGroup} -n {newVault} -l {region}',
      ],
    },
  },
  check({ vm, vaults }, { settings }) {
    if (wrongKindOnly(settings).length > 0) {
      return notApplicable('No configured vault is a Recovery Services vault.');
    }
    const vault = vaultsInRegion(vm, vaults)[0];
    if (vault) {
      return { kind: 'pass', reason: 'VaultInRegion', details: { vault: vault.name, region: vm.region } };
    }
    if (vaults.gap) {
      return { kind: 'unknown', because: vaults.gap };
    }
    return {
      kind: 'fail',
      reason: 'NoVaultInRegion',
      details: { region: vm.region },
      commandDetails: { newVault: `rsv-${vm.region}` },
    };
  },
});
