import * as z from 'zod';

import type { Cell } from '../domain/cell.ts';
import { type Fact, known } from '../domain/fact.ts';
import { type ArmId, armId, region } from '../domain/ids.ts';
import type { Tags } from '../domain/machine.ts';
import type { Inventory, ItemCount, Subscription } from '../use-cases/ports.ts';
import { readItem, readJob, readPolicy, readVault } from './backup-rows.ts';
import { readMachineRow } from './machine-body.ts';
import { kqlText, narrowed, type QueryName } from './queries.ts';
import type { AskGraph, GraphScope } from './resource-graph.ts';
import { malformed, unknownFrom } from './unknown.ts';

const where = 'Resource Graph';

const CountRow = z.looseObject({ subscriptionId: z.string(), location: z.string(), vms: z.number() });
const ItemCountRow = z.looseObject({ vaultId: z.string(), live: z.number(), all: z.number() });
const ContainerRow = z.looseObject({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  subscriptionId: z.string(),
  state: z.string().optional().catch(undefined),
});
const TaggedRow = z.looseObject({ id: z.string(), tags: z.record(z.string(), z.string()).nullish() });

/** Answer of a query; nonsense is kept apart, never dropped in silence. */
interface Rows<T> {
  readonly understood: readonly T[];
  readonly malformedRows: readonly unknown[];
}

function parsed<T>(schema: z.ZodType<T>): (raw: unknown) => T | undefined {
  return (raw) => schema.safeParse(raw).data;
}

function literals(values: readonly string[]): string {
  return values.map(kqlText).join(', ');
}

function idOf(raw: unknown): string {
  return String((raw as { id?: unknown } | null)?.id ?? '');
}

function regionOf(raw: unknown): string {
  const { location } = (raw ?? {}) as { location?: unknown };
  return typeof location === 'string' ? region(location) : '';
}

/** Rows of two pages may overlap: one row per id. */
function onePerId(rows: readonly unknown[]): readonly unknown[] {
  return [...new Map(rows.map((row) => [idOf(row).toLowerCase() || row, row])).values()];
}

/** Bulk reads by Resource Graph; `scope` bounds what is swept, vaults and items are looked for everywhere. */
export function createInventory(ask: AskGraph, scope: GraphScope, now: () => Date): Inventory {
  /** All rows of a query: those that could be understood, and those that made no sense. */
  async function read<T>(
    query: QueryName,
    within: GraphScope,
    understand: (raw: unknown) => T | undefined,
    condition?: string,
  ): Promise<Fact<Rows<T>>> {
    try {
      const source = { where, readAt: now().toISOString() };
      const understood: T[] = [];
      const malformedRows: unknown[] = [];
      for (const raw of onePerId(await ask(narrowed(query, condition), within))) {
        const row = understand(raw);
        if (row === undefined) {
          malformedRows.push(raw);
        } else {
          understood.push(row);
        }
      }
      return known({ understood, malformedRows }, source);
    } catch (error) {
      return unknownFrom(error, `${where} could not be asked for ${query}`);
    }
  }

  /** All rows, or unknown as soon as one makes no sense: for lists of which no row may be missing. */
  async function readWhole<T>(...request: Parameters<typeof read<T>>): Promise<Fact<readonly T[]>> {
    const rows = await read(...request);
    return rows.kind === 'known' && rows.value.malformedRows.length > 0
      ? malformed(`A row of ${request[0]} in ${where}`)
      : mapKnown(rows, ({ understood }) => understood);
  }

  return {
    async subscriptions() {
      const rows = await readWhole(
        'containers',
        scope,
        parsed(ContainerRow),
        "type =~ 'microsoft.resources/subscriptions'",
      );
      return mapKnown(rows, (containers) =>
        containers.map(
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
    async machines(cells: readonly Cell[]) {
      const source = { where, readAt: now().toISOString() };
      const subscriptions = [...new Set(cells.map((cell) => cell.subscriptionId))];
      const regions = [...new Set(cells.map((cell) => cell.region))];
      const rows = await read(
        'vms',
        { subscriptions },
        (raw) => readMachineRow(raw, source),
        `location in (${literals(regions)})`,
      );
      const wanted = new Set(cells.map((cell) => `${cell.subscriptionId}|${cell.region}`));
      return mapKnown(rows, ({ understood, malformedRows }) => ({
        machines: understood.filter(({ vm }) => wanted.has(`${vm.value.subscriptionId}|${vm.value.region}`)),
        unreadable: malformedRows.map(idOf),
      }));
    },
    vaults: () => readWhole('vaults', {}, readVault),
    async items(of) {
      const condition =
        'vm' in of
          ? `sourceResourceId =~ ${kqlText(of.vm)}`
          : `sourceSubscription in (${literals(of.subscriptionIds)})`;
      // An item that does not tell its VM may be anybody's, so it belongs to every answer.
      const rows = await read('protectedItems', {}, readItem, `${condition} or sourceResourceId == ''`);
      const regions = rows.kind === 'known' ? rows.value.malformedRows.map(regionOf) : [];
      return regions.includes('')
        ? malformed(`The region of an item of protectedItems in ${where}`)
        : mapKnown(rows, ({ understood }) => ({ items: understood, unreadableIn: regions }));
    },
    async itemCounts() {
      const rows = await readWhole('itemCounts', {}, parsed(ItemCountRow));
      return mapKnown(
        rows,
        (counts): ReadonlyMap<ArmId, ItemCount> =>
          new Map(counts.map(({ vaultId, live, all }) => [armId(vaultId), { live, all }])),
      );
    },
    policies: async () => mapKnown(await read('backupPolicies', {}, readPolicy), ({ understood }) => understood),
    backupJobs: async () => mapKnown(await read('backupJobs', {}, readJob), ({ understood }) => understood),
    async containerTags(subscriptionIds) {
      const rows = await readWhole('containers', { subscriptions: subscriptionIds }, parsed(TaggedRow));
      return mapKnown(
        rows,
        (containers): ReadonlyMap<ArmId, Tags> => new Map(containers.map(({ id, tags }) => [armId(id), tags ?? {}])),
      );
    },
  };
}

function mapKnown<A, B>(fact: Fact<A>, change: (value: A) => B): Fact<B> {
  return fact.kind === 'known' ? known(change(fact.value), fact.source) : fact;
}
