import * as z from 'zod';

import { type ArmId, armId, region } from '../domain/ids.ts';
import type { Tags } from '../domain/machine.ts';
import type { Containers, Inventory, ItemCount, ItemCounts, Subscription } from '../use-cases/ports.ts';
import { readItem, readJob } from './backup-rows.ts';
import { readChange } from './change-rows.ts';
import { createClassicReads } from './classic-reads.ts';
import { createGraphReader, type GraphReader, idOf, literals, mapKnown, parsed } from './graph-reader.ts';
import { text } from './lenient.ts';
import { machinePages } from './machine-pages.ts';
import { readPolicy } from './policy-row.ts';
import { kqlText } from './queries.ts';
import type { GraphScope, PagesOfGraph } from './resource-graph.ts';
import { createSurroundingReads } from './surrounding-reads.ts';
import { malformed } from './unknown.ts';
import { readVault } from './vault-row.ts';

const CountRow = z.looseObject({ subscriptionId: z.string(), location: z.string(), vms: z.number() });
const VmRow = z.looseObject({ vm: z.string() });
const ItemCountRow = z.looseObject({
  vaultId: z.string(),
  policyId: z.string(),
  live: z.number(),
  liveVms: z.number(),
  all: z.number(),
});
type ItemCountRow = z.infer<typeof ItemCountRow>;

const subscriptionType = 'microsoft.resources/subscriptions';
const SubscriptionRow = z.looseObject({ name: z.string(), subscriptionId: z.string(), state: text });
const ContainerRow = z.looseObject({
  id: z.string(),
  type: z.string(),
  subscriptionId: z.string(),
  state: text,
  tags: z.record(z.string(), z.string()).nullish(),
  managementGroups: z
    .array(z.looseObject({ name: z.string() }))
    .optional()
    .catch(undefined),
});
type ContainerRow = z.infer<typeof ContainerRow>;

function regionOf(raw: unknown): string {
  const { location } = (raw ?? {}) as { location?: unknown };
  return typeof location === 'string' ? region(location) : '';
}

/** The vault of a job by its own id, however little the rest of its row makes sense. */
function vaultOf(raw: unknown): ArmId {
  const id = armId(idOf(raw));
  return armId(id.includes('/backupjobs/') ? (id.split('/backupjobs/')[0] ?? '') : '');
}

/** Sums per vault and per policy; an item without a policy counts for its vault only. */
function itemCountsOf(rows: readonly ItemCountRow[]): ItemCounts {
  const vaults = new Map<ArmId, ItemCount>();
  const policies = new Map<ArmId, number>();
  for (const { vaultId, policyId, live, liveVms, all } of rows) {
    const key = armId(vaultId);
    const sum = vaults.get(key) ?? { live: 0, liveVms: 0, all: 0 };
    vaults.set(key, { live: sum.live + live, liveVms: sum.liveVms + liveVms, all: sum.all + all });
    if (policyId !== '') {
      policies.set(armId(policyId), liveVms);
    }
  }
  return { vaults, policies };
}

function containersOf(rows: readonly ContainerRow[]): Containers {
  const subscriptions = rows.filter(({ type }) => type.toLowerCase() === subscriptionType);
  return {
    tags: new Map(rows.map(({ id, tags }): [ArmId, Tags] => [armId(id), tags ?? {}])),
    states: new Map(subscriptions.map(({ subscriptionId, state }) => [subscriptionId.toLowerCase(), state ?? ''])),
    managementGroups: new Map(
      subscriptions.flatMap(({ subscriptionId, managementGroups }) =>
        managementGroups
          ? [[subscriptionId.toLowerCase(), managementGroups.map(({ name }) => name.toLowerCase())] as const]
          : [],
      ),
    ),
  };
}

type SubscriptionReads = Pick<Inventory, 'subscriptions' | 'machineCounts' | 'machines' | 'containers' | 'changes'>;

/** What is swept, and what it lies in. `scope` bounds the sweep. */
function subscriptionReads(reader: GraphReader, scope: GraphScope): SubscriptionReads {
  const { readWhole } = reader;
  return {
    async subscriptions() {
      const rows = await readWhole('containers', scope, parsed(SubscriptionRow), `type =~ '${subscriptionType}'`);
      return mapKnown(rows, (subscriptions) =>
        subscriptions.map(
          ({ subscriptionId, name, state }): Subscription => ({
            subscriptionId: subscriptionId.toLowerCase(),
            name,
            state: state ?? '',
          }),
        ),
      );
    },
    async machineCounts() {
      const rows = await readWhole('vmCounts', scope, parsed(CountRow));
      return mapKnown(rows, (counts) =>
        counts.map(({ subscriptionId, location, vms }) => ({
          subscriptionId: subscriptionId.toLowerCase(),
          region: region(location),
          vms,
        })),
      );
    },
    machines: (cells) => machinePages(reader, cells),
    async changes(since) {
      return readWhole('changes', scope, readChange, `changedAt >= datetime(${new Date(since).toISOString()})`);
    },
    async containers() {
      const rows = await readWhole('containers', {}, parsed(ContainerRow));
      return mapKnown(rows, containersOf);
    },
  };
}

type BackupReads = Pick<
  Inventory,
  'vaults' | 'items' | 'vmsWithSeveralItems' | 'itemCounts' | 'policies' | 'backupJobs'
>;

function conditionOfItems(of: Parameters<Inventory['items']>[0]): string {
  if (of === 'not-live') {
    return "isScheduledForDeferredDelete == true or currentProtectionState =~ 'SoftDeleted'";
  }
  return 'vm' in of
    ? `sourceResourceId =~ ${kqlText(of.vm)}`
    : `sourceSubscription in (${literals(of.subscriptionIds)})`;
}

/** What Azure Backup holds, wherever it is: a vault may protect VMs of other subscriptions. */
function backupReads({ read, readWhole }: GraphReader): BackupReads {
  return {
    vaults: () => readWhole('vaults', {}, readVault),
    async items(of) {
      // An item that does not tell its VM may be anybody's, so it belongs to every answer.
      const rows = await read('protectedItems', {}, readItem, `${conditionOfItems(of)} or sourceResourceId == ''`);
      const regions = rows.kind === 'known' ? rows.value.malformedRows.map(regionOf) : [];
      return regions.includes('')
        ? malformed('The region of an item of protectedItems in Resource Graph')
        : mapKnown(rows, ({ understood }) => ({ items: understood, unreadableIn: regions }));
    },
    async vmsWithSeveralItems() {
      const rows = await readWhole('vmsWithSeveralItems', {}, parsed(VmRow));
      return mapKnown(rows, (vms) => new Set(vms.map(({ vm }) => armId(vm))));
    },
    itemCounts: async () => mapKnown(await readWhole('itemCounts', {}, parsed(ItemCountRow)), itemCountsOf),
    policies: async () => mapKnown(await read('backupPolicies', {}, readPolicy), ({ understood }) => understood),
    async backupJobs() {
      const rows = await read('backupJobs', {}, readJob);
      const unreadableIn = rows.kind === 'known' ? rows.value.malformedRows.map(vaultOf) : [];
      return unreadableIn.includes(armId(''))
        ? malformed('The vault of a job of backupJobs in Resource Graph')
        : mapKnown(rows, ({ understood }) => ({ jobs: understood, unreadableIn }));
    },
  };
}

/** Bulk reads by Resource Graph; `scope` bounds what is swept, vaults and items are looked for everywhere. */
export function createInventory(pages: PagesOfGraph, scope: GraphScope, now: () => Date): Inventory {
  const reader = createGraphReader(pages, now);
  return {
    ...subscriptionReads(reader, scope),
    ...backupReads(reader),
    ...createSurroundingReads(reader),
    ...createClassicReads(reader, scope),
  };
}
