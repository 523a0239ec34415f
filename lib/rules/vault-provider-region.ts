import { subscriptionOf } from '../domain/ids.ts';
import type { Machine } from '../domain/machine.ts';
import { onceFor } from '../domain/memo.ts';
import { judgedItem } from '../domain/protection.ts';
import type { BackupProvider } from '../domain/provider.ts';
import { cannotTell, defineRule, notApplicable } from '../domain/rule.ts';
import { vaultToUse } from '../domain/vault-funnel.ts';
import { isOneOf, isWord } from '../domain/word.ts';

function standsElsewhere(vault: string): string {
  return `Vault ${vault} stands in another subscription.`;
}

/** States in which Azure Backup cannot be used; any other but `Registered` and `Registering` is a word that nobody knows. */
const notRegistered = ['NotRegistered', 'Unregistered', 'Unregistering'];

/** There are many regions, and every VM is looked up in them. */
const offeredIn = onceFor((regions: readonly string[]): ReadonlySet<string> => new Set(regions));

function judgeProvider({ registrationState: state, vaultRegions }: BackupProvider, vm: Machine) {
  if (state === '') {
    return cannotTell('not-reported', 'Azure does not say whether Microsoft.RecoveryServices is registered.');
  }
  if (isOneOf(state, notRegistered)) {
    return { kind: 'fail', reason: 'NotRegistered', details: { state, subscription: vm.subscriptionId } } as const;
  }
  if (isWord(state, 'Registering')) {
    return cannotTell('in-transition', 'Microsoft.RecoveryServices is being registered.');
  }
  if (!isWord(state, 'Registered')) {
    return cannotTell('not-reported', `Azure reports Microsoft.RecoveryServices as ${state}, which is no known state.`);
  }
  if (vaultRegions.length === 0) {
    return cannotTell('not-reported', 'Azure does not say in which regions it offers vaults.');
  }
  return offeredIn(vaultRegions).has(vm.region)
    ? ({ kind: 'pass', reason: 'Offered', details: { region: vm.region } } as const)
    : ({ kind: 'fail', reason: 'NotOffered', details: { region: vm.region } } as const);
}

export const vaultProviderRegion = defineRule({
  id: 'vault-provider-region',
  title: 'Azure Backup is registered in the subscription and offered in the region',
  category: 'vault',
  severity: 'blocker',
  rationale:
    'No vault can be created or used where the provider Microsoft.RecoveryServices is not registered or offers no vaults. The service is in all public regions; the list is asked, never assumed (shape of the call unconfirmed). Judged for the subscription of the VM only.',
  sources: [
    'Private endpoints for Azure Backup, 2025-09-09',
    'Azure Resource Manager, resource providers (general behaviour)',
  ],
  reviewed: '2026-11-21',
  needs: {
    vm: (vm) => ({ location: vm.region, subscriptionId: vm.subscriptionId }),
    items: (items) => ({ item: judgedItem(items)?.vaultId ?? 'none' }),
    provider: (provider) => ({
      registrationState: provider.registrationState,
      locations: provider.vaultRegions.toSorted().join(', '),
    }),
  },
  pass: { Offered: 'Microsoft.RecoveryServices is registered and offers vaults in {region}.' },
  fail: {
    NotRegistered: 'Microsoft.RecoveryServices is {state} in subscription {subscription}.',
    NotOffered: 'Microsoft.RecoveryServices offers no vaults in {region}.',
  },
  remedies: {
    NotRegistered: {
      text: 'Register the provider. A vault with private endpoints whose provider was registered before 2020-05-01 needs it again.',
      commands: ['az provider register --subscription {vmSubscription} --namespace Microsoft.RecoveryServices'],
    },
    NotOffered: { text: 'Move the VM to a region with Azure Backup, or use another backup product.', commands: [] },
  },
  concerns({ vm, items }) {
    const item = items.kind === 'known' ? judgedItem(items.value) : undefined;
    const isElsewhere =
      item !== undefined && vm.kind === 'known' && subscriptionOf(item.vaultId) !== vm.value.subscriptionId;
    return !isElsewhere || standsElsewhere(item.vaultName);
  },
  check({ vm, items, provider }, { settings }, { vaults, loads }) {
    const finding = judgeProvider(provider, vm);
    if (judgedItem(items) || !settings.allowCrossSubscriptionVaults) {
      return finding;
    }
    if (vaults.kind === 'unknown') {
      return { kind: 'unknown', because: vaults.because };
    }
    const vault = vaultToUse(vm, vaults.value, settings, loads);
    if (!vault || vault.subscriptionId === vm.subscriptionId) {
      return finding;
    }
    const { gap } = vaults.value;
    if (!gap) {
      return notApplicable(standsElsewhere(vault.name));
    }
    // A hidden vault may stand nearer than the one that was seen.
    return finding.kind === 'fail' ? { kind: 'unknown', because: gap } : finding;
  },
});
