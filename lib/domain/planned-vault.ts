import type { EngagementScope, VaultChoice } from './engagement.ts';
import type { Fact, UnknownBecause } from './fact.ts';
import type { Machine } from './machine.ts';
import { tagValue } from './machine.ts';
import type { PlannedVault } from './plan.ts';
import type { Vault, VaultInventory } from './protection.ts';
import type { JudgementSettings } from './settings.ts';
import { scopeOf, vaultsInRegion } from './vault-funnel.ts';
import { type Loads, loadOf, roomIn, vmsPerVault } from './vault-load.ts';
import { isVaultName } from './vault-name.ts';
import { writability } from './vault-writability.ts';
import { isWord } from './word.ts';

/** The vault that a plan chooses, that it would create, or why there is none. */
export type VaultOfPlan =
  | { readonly kind: 'vault'; readonly planned: PlannedVault; readonly vault: Vault }
  | { readonly kind: 'new'; readonly planned: PlannedVault }
  | { readonly kind: 'none'; readonly why: string }
  | { readonly kind: 'unknown'; readonly because: UnknownBecause };

/** What is known about a vault that a VM might get: it will do, it will not, or that cannot be told. */
type Suitability = 'yes' | 'no' | UnknownBecause;

function isTagged({ tags }: Vault, { tag }: VaultChoice): Suitability {
  if (!tag) {
    return 'yes';
  }
  if (!tags) {
    return { cause: 'not-reported', detail: 'Azure does not tell the tags of a vault of the region.' };
  }
  return isWord(tagValue(tags, tag.name), tag.value) ? 'yes' : 'no';
}

function isRedundant({ name, redundancy }: Vault, choice: VaultChoice): Suitability {
  if (choice.redundancy.length === 0) {
    return 'yes';
  }
  if (!redundancy) {
    return { cause: 'not-reported', detail: `Azure does not tell the redundancy of vault ${name}.` };
  }
  return choice.redundancy.some((each) => isWord(redundancy, each)) ? 'yes' : 'no';
}

function suits(vault: Vault, choice: VaultChoice, loads: Fact<Loads>): Suitability {
  const answers: readonly Suitability[] = [
    isTagged(vault, choice),
    isRedundant(vault, choice),
    ...[writability(vault), roomIn(vault.key, loads)].map(
      (passage): Suitability => (passage.kind === 'unknown' ? passage.because : passage.kind),
    ),
  ];
  return answers.includes('no') ? 'no' : (answers.find((answer) => answer !== 'yes') ?? 'yes');
}

/** The settings with what the scope says about vaults of other subscriptions: it may only narrow them. */
function narrowed(settings: JudgementSettings, { crossSubscription }: VaultChoice): JudgementSettings {
  return { ...settings, allowCrossSubscriptionVaults: settings.allowCrossSubscriptionVaults && crossSubscription };
}

function whyThis(vms: number, ofSuitable: number): string {
  const room = `it holds ${vms} of ${vmsPerVault} VMs`;
  return ofSuitable === 1
    ? `The only vault of the region that will do; ${room}.`
    : `The one with the fewest VMs of ${ofSuitable} vaults that will do; ${room}.`;
}

/** A vault that would be created where the region has none that will do. */
function newVault(vm: Machine, inventory: VaultInventory, { create }: VaultChoice): VaultOfPlan {
  if (!create) {
    return {
      kind: 'none',
      why: `No vault in ${vm.region} will do, and the scope creates none (vaults.create).`,
    };
  }
  if (inventory.gap) {
    return { kind: 'unknown', because: inventory.gap };
  }
  const name = create.name.replaceAll('{region}', vm.region);
  const group = create.resourceGroup.replaceAll('{region}', vm.region);
  if (!isVaultName(name)) {
    return {
      kind: 'none',
      why: `A vault cannot be called ${name}: 2 to 50 letters, digits and hyphens, a letter first.`,
    };
  }
  const id = `/subscriptions/${vm.subscriptionId}/resourceGroups/${group}/providers/Microsoft.RecoveryServices/vaults/${name}`;
  const twin = inventory.vaults.find((vault) => isWord(vault.id, id));
  return twin
    ? { kind: 'none', why: `Vault ${name} exists, but will not do; see its findings.` }
    : {
        kind: 'new',
        planned: { id, name, isNew: true, why: `No vault in ${vm.region} will do; this one would be created.` },
      };
}

/**
 * The vault that a VM without an item gets in a scope: of those in its region that may be used, accept changes, have room,
 * carry the tag and have the redundancy, the one with the fewest VMs; its own subscription goes before others.
 */
export function vaultOfPlan(
  vm: Machine,
  inventory: VaultInventory,
  loads: Fact<Loads>,
  { vaults: choice }: EngagementScope,
  settings: JudgementSettings,
): VaultOfPlan {
  const own = narrowed(settings, choice);
  const asked = vaultsInRegion(vm, inventory)
    .filter((vault) => scopeOf(vm, vault, own) === 'allowed')
    .filter(({ key }) => settings.expectedVaults.length === 0 || settings.expectedVaults.some((id) => isWord(id, key)))
    .map((vault) => ({ vault, suitability: suits(vault, choice, loads) }));
  const suitable = asked.filter(({ suitability }) => suitability === 'yes').map(({ vault }) => vault);
  const vmsIn = ({ key }: Vault) => (loads.kind === 'known' ? loadOf(loads.value, key).vms : 0);
  const isOther = ({ subscriptionId }: Vault) => Number(subscriptionId !== vm.subscriptionId);
  const [vault] = suitable.toSorted((a, b) => isOther(a) - isOther(b) || vmsIn(a) - vmsIn(b));
  if (vault) {
    const planned = { id: vault.id, name: vault.name, isNew: false, why: whyThis(vmsIn(vault), suitable.length) };
    return { kind: 'vault', planned, vault };
  }
  const doubtful = asked.find(({ suitability }) => typeof suitability === 'object')?.suitability;
  return typeof doubtful === 'object' ? { kind: 'unknown', because: doubtful } : newVault(vm, inventory, choice);
}
