import type { UnknownBecause } from '../domain/fact.ts';
import { type ItemInventory, judgedItem, type Vault, type VaultInventory } from '../domain/protection.ts';
import { defineRule, notApplicable } from '../domain/rule.ts';
import { type Refused, roomStep } from '../domain/vault-funnel.ts';
import { needsVault } from '../domain/vault-in-use.ts';
import {
  dataSourcesPerVault,
  isNearlyFull,
  type LimitReached,
  type Loads,
  loadOf,
  vmsPerVault,
} from '../domain/vault-load.ts';
import { nextVaultName } from '../domain/vault-name.ts';

function room(vault: Vault, loads: Loads) {
  const load = loadOf(loads, vault.key);
  const details = {
    vault: vault.name,
    vms: String(load.vms),
    mostVms: String(vmsPerVault),
    dataSources: String(load.dataSources),
    mostDataSources: String(dataSourcesPerVault),
  };
  return { kind: 'pass', reason: isNearlyFull(load) ? 'NearlyFull' : 'Room', details } as const;
}

function noRoom(
  [first, ...rest]: readonly [Refused<LimitReached>, ...Refused<LimitReached>[]],
  vaults: VaultInventory,
) {
  const { vault, why } = first;
  const names = rest.map((each) => each.vault.name).join(', ');
  return {
    kind: 'fail',
    reason: 'Full',
    details: {
      vault: vault.name,
      count: String(why.count),
      limit: String(why.limit),
      counted: why.counted,
      others: names ? ` Full as well: ${names}.` : '',
    },
    commandDetails: {
      fullSubscription: vault.subscriptionId,
      fullResourceGroup: vault.resourceGroup,
      newVault: nextVaultName(vault.region, vaults),
      region: vault.region,
    },
  } as const;
}

/** Ruling 4: unseen items leave unknown whether the VM needs a place at all, which three other rules say. */
function unlessBlind({ gap }: ItemInventory, because: UnknownBecause) {
  return gap
    ? notApplicable('Whether the VM has a place in a vault already cannot be told.')
    : ({ kind: 'unknown', because } as const);
}

export const vaultCapacity = defineRule({
  id: 'vault-capacity',
  title: 'A vault that the VM may use has room for it',
  category: 'vault',
  severity: 'blocker',
  rationale:
    'A vault takes 1,000 Azure VMs and 2,000 data sources of all kinds; at the limit registration fails. It also takes 250 new VMs a day, which only a ledger of what was enabled can tell, and a subscription takes 500 vaults: neither is judged here.',
  sources: ['Support matrix for Azure Backup, 2026-03-25 (the call for a vault’s own counts is unconfirmed)'],
  reviewed: '2026-11-21',
  needs: {
    vm: (vm) => ({ location: vm.region }),
    items: (items) => ({ item: judgedItem(items)?.vaultName ?? 'none' }),
    vaults: ({ vaults }) => ({
      vaults: vaults
        .map(({ name }) => name)
        .toSorted()
        .join(', '),
    }),
  },
  pass: {
    Room: 'Vault {vault} holds {vms} of {mostVms} VMs and {dataSources} of {mostDataSources} data sources.',
    NearlyFull:
      'Vault {vault} holds {vms} of {mostVms} VMs and {dataSources} of {mostDataSources} data sources: 90 % of a limit or more.',
  },
  fail: { Full: 'Vault {vault} holds {count} of {limit} {counted}.{others}' },
  remedies: {
    Full: {
      text: 'Create another vault in the region; it takes 250 new VMs a day.',
      commands: [
        'az backup vault create --subscription {fullSubscription} -g {fullResourceGroup} -n {newVault} -l {region}',
      ],
    },
  },
  concerns: needsVault,
  check({ vm, vaults, items }, { settings }, { loads }) {
    const step = roomStep(vm, vaults, settings, loads);
    if (step.kind === 'none') {
      return notApplicable('No vault is left to ask about.');
    }
    if (loads.kind === 'unknown') {
      return unlessBlind(items, loads.because);
    }
    if (step.kind === 'unknown') {
      return unlessBlind(items, step.because);
    }
    return step.kind === 'yes' ? room(step.vault, loads.value) : noRoom(step.refused, vaults);
  },
});
