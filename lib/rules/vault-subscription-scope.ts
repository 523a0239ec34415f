import { judgedItem, liveItems } from '../domain/protection.ts';
import { cannotTell, defineRule, notApplicable } from '../domain/rule.ts';
import {
  allowedVaults,
  holdingVault,
  type OutOfScope,
  scopeOf,
  tenantUnknown,
  vaultsInRegion,
  wrongKindOnly,
} from '../domain/vault-funnel.ts';

const why: Readonly<Record<Exclude<OutOfScope, 'tenant-unknown'>, string>> = {
  'other-subscription': 'vaults of other subscriptions are not allowed by configuration',
  'other-tenant': 'it belongs to another tenant',
  'confidential-vm': 'a Confidential VM must use a vault of its own subscription',
};

export const vaultSubscriptionScope = defineRule({
  id: 'vault-subscription-scope',
  title: 'The vault is in an allowed subscription of the same tenant',
  category: 'vault',
  severity: 'blocker',
  rationale:
    'Since March 2026 VM and vault may be in different subscriptions of one tenant and region, except for Confidential VMs. Neighbouring pages still demand the same subscription, so it is opt-in here.',
  sources: [
    'Support matrix for Azure VM backups, 2026-03-26 and 2026-01-28 (they differ)',
    'Back up Azure VMs in a Recovery Services vault, 2026-03-25',
  ],
  reviewed: '2026-11-20',
  needs: {
    vm: (vm) => ({ subscriptionId: vm.subscriptionId, tenantId: vm.tenantId, securityType: vm.securityType }),
    vaults: ({ vaults }) => ({
      vaults: vaults
        .map((vault) => `${vault.name} (${vault.subscriptionId})`)
        .toSorted()
        .join(', '),
    }),
    items: (items) => ({
      vaultIds: liveItems(items)
        .map((item) => item.vaultId)
        .join(', '),
    }),
  },
  pass: {
    VaultAllowed: 'Vault {vault} may be used by this VM.',
  },
  fail: {
    NoVaultAllowed:
      'The only vault in {region} is {vault} in subscription {vaultSubscription}; this VM may not use it: {why}.',
    HeldElsewhere: 'The VM is backed up in vault {vault} of subscription {vaultSubscription}: {why}.',
  },
  remedies: {
    NoVaultAllowed: {
      text: "Create a vault in the VM's subscription, or allow cross-subscription vaults (allowCrossSubscriptionVaults).",
      commands: [
        'az backup vault create --subscription {vmSubscription} -g {vmResourceGroup} -n {newVault} -l {region}',
      ],
    },
    HeldElsewhere: {
      text: 'Allow cross-subscription vaults (allowCrossSubscriptionVaults), or protect the VM in a vault of its own subscription.',
      commands: [],
    },
  },
  check({ vm, vaults, items }, { settings }) {
    const item = judgedItem(items);
    if (item) {
      const vault = holdingVault(items, vaults);
      if (!vault) {
        return cannotTell('partial-inventory', `The vault that holds the item could not be read: ${item.vaultName}.`);
      }
      const scope = scopeOf(vm, vault, settings);
      if (scope === 'tenant-unknown') {
        return { kind: 'unknown', because: tenantUnknown };
      }
      return scope === 'allowed'
        ? { kind: 'pass', reason: 'VaultAllowed', details: { vault: vault.name } }
        : {
            kind: 'fail',
            reason: 'HeldElsewhere',
            details: { vault: vault.name, vaultSubscription: vault.subscriptionId, why: why[scope] },
          };
    }
    const nearby = wrongKindOnly(settings).length > 0 ? [] : vaultsInRegion(vm, vaults);
    const [first] = nearby;
    if (!first) {
      return notApplicable('No vault is left to ask about.');
    }
    const [usable] = allowedVaults(vm, vaults, settings);
    if (usable) {
      return { kind: 'pass', reason: 'VaultAllowed', details: { vault: usable.name } };
    }
    if (vaults.gap) {
      return { kind: 'unknown', because: vaults.gap };
    }
    const scope = scopeOf(vm, first, settings);
    const anyUnknown = nearby.some((vault) => scopeOf(vm, vault, settings) === 'tenant-unknown');
    if (anyUnknown || scope === 'tenant-unknown' || scope === 'allowed') {
      return { kind: 'unknown', because: tenantUnknown };
    }
    return {
      kind: 'fail',
      reason: 'NoVaultAllowed',
      details: { region: vm.region, vault: first.name, vaultSubscription: first.subscriptionId, why: why[scope] },
      commandDetails: { newVault: `rsv-${vm.region}` },
    };
  },
});
