import { resourceTypeOf } from '../domain/ids.ts';
import { defineRule, notApplicable } from '../domain/rule.ts';
import { wrongKindOnly } from '../domain/vault-funnel.ts';

export const vaultKindRecoveryServices = defineRule({
  id: 'vault-kind-recovery-services',
  title: 'The configured vault is a Recovery Services vault',
  category: 'vault',
  severity: 'blocker',
  rationale:
    'Whole-VM backup exists only in Recovery Services vaults. A Backup vault (Microsoft.DataProtection) protects disks, blobs and databases and cannot hold a VM; the classic Backup vault no longer exists.',
  sources: ['Support matrix for Azure Backup, 2026-03-25', 'Support matrix for Azure VM backups, 2026-03-26'],
  reviewed: '2026-11-20',
  needs: { vm: (vm) => ({ location: vm.region }) },
  pass: { RightKind: 'A configured vault is a Recovery Services vault.' },
  fail: { WrongKind: 'The configured vault {vault} is a {type}; VM backup needs a Recovery Services vault.' },
  remedies: {
    WrongKind: {
      text: 'Create a Recovery Services vault and name it in the configuration.',
      commands: [
        'az backup vault create --subscription {vmSubscription} -g {vmResourceGroup} -n {newVault} -l {region}',
      ],
    },
  },
  check({ vm }, { settings }) {
    if (settings.expectedVaults.length === 0) {
      return notApplicable('No vault is named in the configuration.');
    }
    const vault = wrongKindOnly(settings)[0];
    return vault
      ? {
          kind: 'fail',
          reason: 'WrongKind',
          details: { vault, type: resourceTypeOf(vault) },
          commandDetails: { newVault: `rsv-${vm.region}`, region: vm.region },
        }
      : { kind: 'pass', reason: 'RightKind', details: {} };
  },
});
