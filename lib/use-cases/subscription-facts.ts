import type { Cell } from '../domain/cell.ts';
import { type Fact, type UnknownBecause, unknown } from '../domain/fact.ts';
import type { FactSheet } from '../domain/fact-sheet.ts';
import type { Machine } from '../domain/machine.ts';
import { isAllowed, type Permission } from '../domain/permission.ts';
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

/** Reads what is told per subscription, and per region of it. */
export async function readSubscriptionFacts(arm: Arm, cells: readonly Cell[]): Promise<SubscriptionFacts> {
  const subscriptions = new Map<string, FactsOfSubscription>();
  const sizes = new Map<string, Fact<VmSizes>>();
  await inBatches([...new Set(cells.map(({ subscriptionId }) => subscriptionId))], async (id) => {
    const [locks, provider, permissions] = await Promise.all([
      arm.locksIn(id),
      arm.providerIn(id),
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
