import { type Fact, known, type UnknownBecause } from '../domain/fact.ts';
import type { ArmId } from '../domain/ids.ts';
import type { Machine } from '../domain/machine.ts';
import type { ProtectedItem, Vault, VaultInventory } from '../domain/protection.ts';
import type { Loads } from '../domain/vault-load.ts';
import { gap } from './gaps.ts';
import { inBatches } from './in-batches.ts';
import type { Arm, Containers, Inventory, ItemCount, ItemCounts } from './ports.ts';
import type { Gap } from './run.ts';
import { withDetails } from './vault-details.ts';
import { inventoriesOf } from './vault-inventories.ts';

/**
 * The vaults of the tenant with the proof that no vault and no item was hidden: Resource Graph drops rows that may not be
 * read without an error. What is missing is remembered by the region or the subscription that it makes blind.
 */
export interface ProvenVaults {
  /** The vaults in the region of a VM, and those that hold its items wherever they stand. */
  inventoryFor(vm: Machine, items: readonly ProtectedItem[]): Fact<VaultInventory>;
  /** Why items of this VM may exist that nobody could see; `undefined` if none can. */
  blindnessOf(vm: Machine): UnknownBecause | undefined;
  /** What vaults and policies hold. */
  readonly loads: Fact<Loads>;
  /** The subscriptions of VMs and vaults, and the resource groups in them. */
  readonly containers: Fact<Containers>;
  readonly gaps: readonly Gap[];
}

/** The subscriptions and regions whose vaults are to be proven. */
export interface ProofScope {
  readonly subscriptionIds: readonly string[];
  readonly regions: readonly string[];
  readonly allowCrossSubscriptionVaults: boolean;
}

/** What was found out about blind spots. */
interface BlindSpots {
  readonly everywhere?: UnknownBecause;
  readonly bySubscription: ReadonlyMap<string, UnknownBecause>;
  readonly byRegion: ReadonlyMap<string, UnknownBecause>;
}

/** Whose vaults may hold an item of the VMs in scope: their own subscription's, or everybody's where that is allowed. */
async function subscriptionsToProve(
  inventory: Inventory,
  { subscriptionIds, allowCrossSubscriptionVaults }: ProofScope,
): Promise<{ readonly ids: readonly string[]; readonly unlisted?: UnknownBecause }> {
  if (!allowCrossSubscriptionVaults) {
    return { ids: subscriptionIds };
  }
  const readable = await inventory.subscriptions();
  return readable.kind === 'known'
    ? { ids: [...new Set([...subscriptionIds, ...readable.value.map((each) => each.subscriptionId)])] }
    : { ids: subscriptionIds, unlisted: readable.because };
}

async function closedSubscriptions(
  arm: Arm,
  seen: ReadonlyMap<ArmId, Vault>,
  subscriptionIds: readonly string[],
): Promise<{ closed: Map<string, UnknownBecause>; hidden: Vault[] }> {
  const closed = new Map<string, UnknownBecause>();
  const hidden: Vault[] = [];
  await inBatches(subscriptionIds, async (subscriptionId) => {
    const listed = await arm.vaultsOf(subscriptionId);
    if (listed.kind === 'unknown') {
      closed.set(subscriptionId, listed.because);
    } else {
      hidden.push(...listed.value.filter((vault) => !seen.has(vault.key)));
    }
  });
  return { closed, hidden };
}

/** Compares the vault's own count with the rows that were seen; soft-deleted ones may or may not be counted (unconfirmed). */
async function blindnessOfVault(
  arm: Arm,
  vault: Vault,
  seen: ItemCount | undefined,
): Promise<UnknownBecause | undefined> {
  const counted = await arm.itemCountOf(vault);
  if (counted.kind === 'unknown') {
    return counted.because;
  }
  const { live, all } = seen ?? { live: 0, all: 0 };
  return counted.value > all || counted.value < live
    ? {
        cause: 'partial-inventory',
        detail: `Vault ${vault.name} counts ${counted.value} protected items, of which ${live} could be seen.`,
      }
    : undefined;
}

/** The vaults of which not all items were seen. */
async function blindVaults(
  arm: Arm,
  vaults: readonly Vault[],
  counts: Fact<ItemCounts>,
): Promise<ReadonlyMap<Vault, UnknownBecause>> {
  const blind = new Map<Vault, UnknownBecause>();
  await inBatches(vaults, async (vault) => {
    const because =
      counts.kind === 'unknown'
        ? counts.because
        : await blindnessOfVault(arm, vault, counts.value.vaults.get(vault.key));
    if (because) {
      blind.set(vault, because);
    }
  });
  return blind;
}

function loadsOf(counts: Fact<ItemCounts>, blind: ReadonlyMap<Vault, UnknownBecause>): Fact<Loads> {
  if (counts.kind === 'unknown') {
    return counts;
  }
  const { vaults, policies } = counts.value;
  const incomplete = new Map([...blind].map(([vault, because]) => [vault.key, because]));
  return known(
    {
      vaults: new Map([...vaults].map(([key, { liveVms, live }]) => [key, { vms: liveVms, dataSources: live }])),
      policies,
      ...(incomplete.size > 0 ? { incomplete } : {}),
    },
    counts.source,
  );
}

function gapsOf(spots: BlindSpots): Gap[] {
  return [
    ...(spots.everywhere ? [gap('vaults of the tenant', spots.everywhere)] : []),
    ...[...spots.bySubscription].map(([id, because]) => gap(`vaults of subscription ${id}`, because)),
    ...[...spots.byRegion].map(([region, because]) => gap(`protected items in ${region}`, because)),
  ];
}

async function withoutVaults(
  inventory: Inventory,
  because: UnknownBecause,
  subscriptionIds: readonly string[],
): Promise<ProvenVaults> {
  const unread = { kind: 'unknown', because } as const;
  return {
    inventoryFor: () => unread,
    blindnessOf: () => because,
    loads: unread,
    containers: await inventory.containers(subscriptionIds),
    gaps: gapsOf({ everywhere: because, bySubscription: new Map(), byRegion: new Map() }),
  };
}

/** Reads all vaults from Resource Graph, and proves from ARM that those of the scope are all and show all their items. */
export async function readProvenVaults(inventory: Inventory, arm: Arm, scope: ProofScope): Promise<ProvenVaults> {
  const vaults = await inventory.vaults();
  if (vaults.kind === 'unknown') {
    return withoutVaults(inventory, vaults.because, scope.subscriptionIds);
  }
  const seen = new Map(vaults.value.map((vault) => [vault.key, vault]));
  const { ids, unlisted } = await subscriptionsToProve(inventory, scope);
  const { closed, hidden } = await closedSubscriptions(arm, seen, ids);
  const all = [...vaults.value, ...hidden];
  const isNearby = ({ region }: Vault) => scope.regions.includes(region);
  const nearby = all.filter(isNearby);
  const counts = await inventory.itemCounts();
  const blind = await blindVaults(arm, nearby, counts);
  const containers = await inventory.containers([
    ...new Set([...scope.subscriptionIds, ...nearby.map(({ subscriptionId }) => subscriptionId)]),
  ]);
  const detailed = await withDetails(arm, nearby, containers);
  const inventoryOf = inventoriesOf([...detailed.vaults, ...all.filter((vault) => !isNearby(vault))], vaults.source);
  const byRegion = new Map([...blind].map(([vault, because]) => [vault.region, because]));
  const anyClosed = scope.allowCrossSubscriptionVaults ? (unlisted ?? [...closed.values()][0]) : undefined;
  const closedFor = (vm: Machine) => closed.get(vm.subscriptionId) ?? anyClosed;
  return {
    inventoryFor: (vm, items) => inventoryOf(vm.region, items, closedFor(vm)),
    blindnessOf: (vm) => closedFor(vm) ?? byRegion.get(vm.region),
    loads: loadsOf(counts, blind),
    containers,
    gaps: [
      ...gapsOf({ ...(unlisted ? { everywhere: unlisted } : {}), bySubscription: closed, byRegion }),
      ...detailed.gaps,
    ],
  };
}
