import { odata } from '@azure/data-tables';

import { dayAfter, dayOf } from '../domain/day.ts';
import type { Transition } from '../use-cases/evaluated.ts';
import type { ChangeFilter, ChangePosition, ChangeSpan, Transitions } from '../use-cases/ports.ts';
import { descending } from './descending.ts';
import { type JsonTable, type Row, transactionsOf } from './table.ts';

const revisionDigits = 10;
/** Milliseconds since 1970 have 13 digits until the year 2286. */
const instantDigits = 13;

/** The row among the changes of its VM. */
function rowOfVm(value: Transition): Row<Transition> {
  return { partition: value.vmKey, key: descending(value.revision, revisionDigits), value };
}

/** The row among the changes of all VMs: a partition per day. */
function rowOfDay(value: Transition): Row<Transition> {
  const { at, vmKey, revision, subscriptionId, region, to, owner } = value;
  const instant = descending(Date.parse(at), instantDigits);
  return {
    partition: dayOf(at),
    key: `${instant}|${vmKey}|${descending(revision, revisionDigits)}`,
    value,
    columns: { subscription: subscriptionId, region, to, owner },
    version: '*',
  };
}

function filterOf(filter: ChangeFilter, { since }: ChangeSpan, day: string, after: string | undefined): string {
  const { subscription, region, to, owner } = filter;
  // `}` follows `|`: the keys of the instant itself are still in.
  const last = `${descending(Math.max(0, Date.parse(since)), instantDigits)}}`;
  return [
    odata`PartitionKey eq ${day} and RowKey lt ${last}`,
    ...(after === undefined ? [] : [odata`RowKey gt ${after}`]),
    ...(subscription ? [odata`subscription eq ${subscription}`] : []),
    ...(region ? [odata`region eq ${region}`] : []),
    ...(to ? [odata`to eq ${to}`] : []),
    ...(owner ? [odata`owner eq ${owner}`] : []),
  ].join(' and ');
}

/** Writes at a time: changes of different VMs lie in different partitions, so they cannot be written together. */
const writesAtOnce = 16;

/** Table `transitions`: a partition per VM, and one per day over all VMs. */
export function createTransitions(table: JsonTable): Transitions {
  /**
   * Adds a change to those of its VM, and answers it as it is stored. A message that comes again finds the same change at
   * another time: the first time stands, so that the change keeps its one place among those of its day.
   */
  async function addToVm(value: Transition): Promise<Transition> {
    const row = rowOfVm(value);
    if (await table.write(row, 'insert')) {
      return value;
    }
    const former = await table.find<Transition>(row.partition, row.key);
    const again = { ...value, at: former?.value.at ?? value.at };
    await table.write(rowOfVm(again), 'replace');
    return again;
  }

  async function addToDays(added: readonly Transition[]): Promise<void> {
    for (const ofDay of Map.groupBy(added.map(rowOfDay), ({ partition }) => partition).values()) {
      for (const together of transactionsOf(ofDay)) {
        if (!(await table.writeTogether(together))) {
          throw new Error('Changes were being written twice at once; they are written again later.');
        }
      }
    }
  }

  /** The changes of a span with their rows, day by day. A day without any costs one query. */
  async function* changes(
    span: ChangeSpan,
    filter: ChangeFilter,
    size: number,
    after: ChangePosition | undefined,
  ): AsyncGenerator<Row<Transition>> {
    const firstDay = dayOf(span.since);
    for (let day = after?.day ?? span.lastDay; day >= firstDay; day = dayAfter(day, -1)) {
      yield* table.rows<Transition>(filterOf(filter, span, day, day === after?.day ? after.key : undefined), size + 1);
    }
  }

  return {
    async add(transitions) {
      const distinct = new Map(transitions.map((each) => [`${each.vmKey}|${each.revision}`, each]));
      const all = [...distinct.values()];
      const added: Transition[] = [];
      for (let from = 0; from < all.length; from += writesAtOnce) {
        added.push(...(await Promise.all(all.slice(from, from + writesAtOnce).map(addToVm))));
      }
      await addToDays(added);
    },
    async of(vmKey, limit, below) {
      const found: Transition[] = [];
      const older = below === undefined ? '' : odata` and RowKey gt ${descending(below, revisionDigits)}`;
      for await (const { value } of table.rows<Transition>(`${odata`PartitionKey eq ${vmKey}`}${older}`, limit)) {
        found.push(value);
        if (found.length === limit) {
          break;
        }
      }
      return found;
    },
    async since(span, filter, size, after) {
      const rows: Row<Transition>[] = [];
      for await (const row of changes(span, filter, size, after)) {
        // A query of Table Storage has room for 15 comparisons only.
        if (filter.subscriptions?.includes(row.value.subscriptionId) === false) {
          continue;
        }
        const last = rows.at(-1);
        if (rows.length === size && last) {
          return { rows: rows.map(({ value }) => value), next: { day: last.partition, key: last.key } };
        }
        rows.push(row);
      }
      return { rows: rows.map(({ value }) => value) };
    },
  };
}
