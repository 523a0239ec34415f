import type { BackupPolicy } from '../domain/backup-policy.ts';
import { type Fact, known, type UnknownBecause } from '../domain/fact.ts';
import { type ArmId, armId } from '../domain/ids.ts';
import type { Machine } from '../domain/machine.ts';
import { isAllowed } from '../domain/permission.ts';
import type { ProtectedItem, Vault, VaultInventory } from '../domain/protection.ts';
import type { JudgementSettings } from '../domain/settings.ts';
import type { Loads } from '../domain/vault-load.ts';
import { gap } from './gaps.ts';
import { inBatches } from './in-batches.ts';
import type { Arm, Containers, Inventory, ItemCount, ItemCounts } from './ports.ts';
import type { Gap } from './run.ts';
import { type DetailedVaults, withDetails } from './vault-details.ts';
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
  /** Absent: all regions. */
  readonly regions?: readonly string[];
  readonly settings: JudgementSettings;
  /**
   * Whether a vault may be so new that Resource Graph does not show it yet: then ARM lists those of the subscription. For a
   * sweep it is enough that the permissions hide none.
   */
  readonly mayBeNew: boolean;
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
  { subscriptionIds, settings }: ProofScope,
): Promise<{ readonly ids: readonly string[]; readonly unlisted?: UnknownBecause }> {
  if (!settings.allowCrossSubscriptionVaults) {
    return { ids: subscriptionIds };
  }
  const readable = await inventory.subscriptions();
  return readable.kind === 'known'
    ? { ids: [...new Set([...subscriptionIds, ...readable.value.map((each) => each.subscriptionId)])] }
    : { ids: subscriptionIds, unlisted: readable.because };
}

const vaultRead = 'Microsoft.RecoveryServices/Vaults/read';

const itemRead = 'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/read';

/** Whether the permissions of the service let it read everything of a kind in a subscription. */
async function isAllowedIn(arm: Arm, subscriptionId: string, action: string): Promise<boolean> {
  const permissions = await arm.permissionsIn(subscriptionId);
  return permissions.kind === 'known' && isAllowed(action, permissions.value);
}

async function closedSubscriptions(
  arm: Arm,
  seen: ReadonlyMap<ArmId, Vault>,
  subscriptionIds: readonly string[],
  mayBeNew: boolean,
): Promise<{ closed: Map<string, UnknownBecause>; hidden: Vault[] }> {
  const closed = new Map<string, UnknownBecause>();
  const hidden: Vault[] = [];
  await inBatches(subscriptionIds, async (subscriptionId) => {
    if (!mayBeNew && (await isAllowedIn(arm, subscriptionId, vaultRead))) {
      return;
    }
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

/** Policies by the vault that they stand in. */
function byVault(policies: Fact<readonly BackupPolicy[]>): ReadonlyMap<string, readonly BackupPolicy[]> {
  const all = policies.kind === 'known' ? policies.value : [];
  return Map.groupBy(all, ({ id }) => armId(id).split('/backuppolicies/')[0] ?? '');
}

/**
 * Whether the policies of a vault vouch for what is seen of its items: they count them as well. A vault without a policy that
 * can be seen (each is born with some) and one whose policies count otherwise are asked for their own count.
 */
function isVouchedFor(policies: readonly BackupPolicy[], counts: ItemCounts): boolean {
  return (
    policies.length > 0 &&
    policies.every(({ id, itemsAssigned }) => itemsAssigned === (counts.policies.get(armId(id)) ?? 0))
  );
}

/** The vaults of which not all items were seen. */
async function blindVaults(
  arm: Arm,
  vaults: readonly Vault[],
  counts: Fact<ItemCounts>,
  policies: Fact<readonly BackupPolicy[]>,
): Promise<ReadonlyMap<Vault, UnknownBecause>> {
  const blind = new Map<Vault, UnknownBecause>();
  if (counts.kind === 'unknown') {
    return new Map(vaults.map((vault) => [vault, counts.because]));
  }
  const policiesOf = byVault(policies);
  const doubtful: Vault[] = [];
  await inBatches(vaults, async (vault) => {
    const isHonest = isVouchedFor(policiesOf.get(vault.key) ?? [], counts.value);
    if (!isHonest || !(await isAllowedIn(arm, vault.subscriptionId, itemRead))) {
      doubtful.push(vault);
    }
  });
  await inBatches(doubtful, async (vault) => {
    const because = await blindnessOfVault(arm, vault, counts.value.vaults.get(vault.key));
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

async function withoutVaults(inventory: Inventory, because: UnknownBecause): Promise<ProvenVaults> {
  const unread = { kind: 'unknown', because } as const;
  return {
    inventoryFor: () => unread,
    blindnessOf: () => because,
    loads: unread,
    containers: await inventory.containers(),
    gaps: gapsOf({ everywhere: because, bySubscription: new Map(), byRegion: new Map() }),
  };
}

/** Vaults that were looked at closely: those of which items are hidden, and all with what their rows lack. */
interface Proof extends DetailedVaults {
  readonly blind: ReadonlyMap<Vault, UnknownBecause>;
}

async function prove(
  inventory: Inventory,
  arm: Arm,
  vaults: readonly Vault[],
  settings: JudgementSettings,
): Promise<Proof> {
  const blind = await blindVaults(arm, vaults, await inventory.itemCounts(), await inventory.policies());
  return { blind, ...(await withDetails(arm, vaults, { containers: await inventory.containers(), settings })) };
}

/** The proof of all vaults that Resource Graph shows, made once for everybody who shares an inventory. */
const provenOnce = new WeakMap<Inventory, Promise<Proof>>();

function proveAll(...[inventory, ...rest]: Parameters<typeof prove>): Promise<Proof> {
  const proof = provenOnce.get(inventory) ?? prove(inventory, ...rest);
  provenOnce.set(inventory, proof);
  const forget = () => provenOnce.delete(inventory);
  // What could not be read this time is asked for again the next time.
  proof.then(({ blind, gaps }) => [...blind.values(), ...gaps].some(({ mayPass }) => mayPass) && forget(), forget);
  return proof;
}

/** Reads all vaults from Resource Graph, and proves from ARM that those of the scope are all and show all their items. */
export async function readProvenVaults(inventory: Inventory, arm: Arm, scope: ProofScope): Promise<ProvenVaults> {
  const vaults = await inventory.vaults();
  if (vaults.kind === 'unknown') {
    return withoutVaults(inventory, vaults.because);
  }
  const { settings, regions } = scope;
  const isNearby = ({ region }: Vault) => regions?.includes(region) ?? true;
  const seen = new Map(vaults.value.map((vault) => [vault.key, vault]));
  const { ids, unlisted } = await subscriptionsToProve(inventory, scope);
  const { closed, hidden } = await closedSubscriptions(arm, seen, ids, scope.mayBeNew);
  const shown = regions
    ? await prove(inventory, arm, vaults.value.filter(isNearby), settings)
    : await proveAll(inventory, arm, vaults.value, settings);
  const beside = await prove(inventory, arm, hidden.filter(isNearby), settings);
  const blind = new Map([...shown.blind, ...beside.blind]);
  const others = [...vaults.value, ...hidden].filter((vault) => !isNearby(vault));
  const inventoryOf = inventoriesOf([...shown.vaults, ...beside.vaults, ...others], vaults.source);
  const byRegion = new Map([...blind].map(([vault, because]) => [vault.region, because]));
  const anyClosed = settings.allowCrossSubscriptionVaults ? (unlisted ?? [...closed.values()][0]) : undefined;
  const closedFor = (vm: Machine) => closed.get(vm.subscriptionId) ?? anyClosed;
  return {
    inventoryFor: (vm, items) => inventoryOf(vm.region, items, closedFor(vm)),
    blindnessOf: (vm) => closedFor(vm) ?? byRegion.get(vm.region),
    loads: loadsOf(await inventory.itemCounts(), blind),
    containers: await inventory.containers(),
    gaps: [
      ...gapsOf({ ...(unlisted ? { everywhere: unlisted } : {}), bySubscription: closed, byRegion }),
      ...shown.gaps,
      ...beside.gaps,
    ],
  };
}
