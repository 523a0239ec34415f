import type { Cell } from '../domain/cell.ts';
import { type Fact, known, type UnknownBecause, unknown } from '../domain/fact.ts';
import type { FactSheet } from '../domain/fact-sheet.ts';
import type { Machine } from '../domain/machine.ts';
import { onceFor } from '../domain/memo.ts';
import { isAllowed, type Permission } from '../domain/permission.ts';
import type { Vault } from '../domain/protection.ts';
import type { BackupProvider } from '../domain/provider.ts';
import type { VmSizes } from '../domain/vm-size.ts';
import { byPlace } from './by-place.ts';
import { gapsIn } from './gaps.ts';
import { inBatches } from './in-batches.ts';
import type { Arm } from './ports.ts';
import type { Gap } from './run.ts';

type FactsOfSubscription = Pick<FactSheet, 'locks' | 'provider' | 'permissions'>;

/** What ARM says once for all VMs of a subscription, or of a region in it. */
export interface SubscriptionFacts {
  of(vm: Machine): FactsOfSubscription & Pick<FactSheet, 'vmSizes'>;
  /** Why rows of a subscription may be missing without a word: the permissions there rule an action out. */
  refusalOf(action: string, subscriptionId: string): UnknownBecause | undefined;
  readonly gaps: readonly Gap[];
}

const notAsked = unknown('partial-inventory', 'The subscription of the VM was not asked.');
const nothing: FactsOfSubscription = { locks: notAsked, provider: notAsked, permissions: notAsked };

function sizesKey({ subscriptionId, region }: Cell): string {
  return `${subscriptionId}|${region}`;
}

function refusal(action: string, permissions: Fact<readonly Permission[]> | undefined): UnknownBecause | undefined {
  return permissions?.kind === 'known' && !isAllowed(action, permissions.value)
    ? { cause: 'no-permission', detail: `The permissions of the service do not include ${action}.`, action }
    : undefined;
}

function gapsOf(subscriptions: ReadonlyMap<string, FactsOfSubscription>, sizes: ReadonlyMap<string, Fact<VmSizes>>) {
  return [
    ...[...subscriptions].flatMap(([id, { locks, provider, permissions }]) =>
      gapsIn([
        [`locks of subscription ${id}`, locks],
        [`resource provider of subscription ${id}`, provider],
        [`permissions in subscription ${id}`, permissions],
      ]),
    ),
    ...gapsIn([...sizes].map(([key, fact]) => [`VM sizes of ${key.replace('|', ' in ')}`, fact] as const)),
  ];
}

/** Subscriptions with a vault. */
const subscriptionsWithVaults = onceFor(
  (vaults: readonly Vault[]): ReadonlySet<string> => new Set(vaults.map(({ subscriptionId }) => subscriptionId)),
);

const providerRead = 'Microsoft.Resources/subscriptions/providers/read';

/**
 * The provider of Azure Backup in a subscription. Where a vault stands it is registered, as Azure lets nobody take back the
 * registration while there is one; and the regions that it offers are the same for all subscriptions, so that one of those
 * with a vault is asked for all of them.
 */
async function providerOf(
  arm: Arm,
  subscriptionId: string,
  vaults: Fact<readonly Vault[]>,
): Promise<Fact<BackupProvider>> {
  const withVaults = vaults.kind === 'known' ? subscriptionsWithVaults(vaults.value) : new Set<string>();
  const [asked] = withVaults;
  if (vaults.kind === 'unknown' || asked === undefined || !withVaults.has(subscriptionId)) {
    return arm.providerIn(subscriptionId);
  }
  const permissions = await arm.permissionsIn(subscriptionId);
  if (permissions.kind === 'unknown' || !isAllowed(providerRead, permissions.value)) {
    // It is told why it cannot be read.
    return arm.providerIn(subscriptionId);
  }
  const there = await arm.providerIn(asked);
  if (there.kind === 'unknown') {
    return arm.providerIn(subscriptionId);
  }
  const { vaultRegions } = there.value;
  return known({ registrationState: 'Registered', vaultRegions }, { ...there.source, where: vaults.source.where });
}

/** Reads what is told per subscription, and per region of it. */
export async function readSubscriptionFacts(
  arm: Arm,
  cells: readonly Cell[],
  vaults: Fact<readonly Vault[]>,
): Promise<SubscriptionFacts> {
  const subscriptions = new Map<string, FactsOfSubscription>();
  const sizes = new Map<string, Fact<VmSizes>>();
  await inBatches([...new Set(cells.map(({ subscriptionId }) => subscriptionId))], async (id) => {
    const [locks, provider, permissions] = await Promise.all([
      arm.locksIn(id),
      providerOf(arm, id, vaults),
      arm.permissionsIn(id),
    ]);
    subscriptions.set(id, { locks, provider, permissions });
  });
  await inBatches(cells, async (cell) => {
    sizes.set(sizesKey(cell), await arm.vmSizesIn(cell.subscriptionId, cell.region));
  });
  const ofPlace = byPlace((subscriptionId, region) => ({
    ...(subscriptions.get(subscriptionId) ?? nothing),
    vmSizes: sizes.get(sizesKey({ subscriptionId, region })) ?? notAsked,
  }));
  const refusals = byPlace((subscriptionId, action) => ({
    because: refusal(action, subscriptions.get(subscriptionId)?.permissions),
  }));
  return {
    of: (vm) => ofPlace(vm.subscriptionId, vm.region),
    refusalOf(action, subscriptionId) {
      return refusals(subscriptionId, action).because;
    },
    gaps: gapsOf(subscriptions, sizes),
  };
}
