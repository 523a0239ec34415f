import { odata } from '@azure/data-tables';

import type { Evaluated, Transition } from '../use-cases/evaluated.ts';
import type { Evaluations, PagePosition, Stored, VmFilter } from '../use-cases/ports.ts';
import { type JsonTable, type Row, transactionsOf } from './table.ts';

function toRow({ value, version }: Stored<Evaluated>): Row<Evaluated> {
  return {
    partition: value.subscriptionId,
    key: value.vmKey,
    value,
    // What the service filters on; everything else is in the document.
    columns: { verdict: value.verdict, region: value.region, gone: value.goneAt !== undefined },
    ...(version ? { version } : {}),
  };
}

function stored({ value, version }: Row<Evaluated>): Stored<Evaluated> {
  return version ? { value, version } : { value };
}

/** Newest first: the larger the revision, the smaller the key. */
function transitionKey(revision: number): string {
  return String(9_999_999_999 - revision).padStart(10, '0');
}

function after({ subscriptionId, vmKey }: PagePosition): string {
  return odata`(PartitionKey gt ${subscriptionId} or (PartitionKey eq ${subscriptionId} and RowKey gt ${vmKey}))`;
}

/** The part of a filter that the table evaluates. */
function tableFilter({ verdict, subscription, region }: VmFilter, position: PagePosition | undefined): string {
  return [
    'gone eq false',
    ...(verdict ? [odata`verdict eq ${verdict}`] : []),
    ...(subscription ? [odata`PartitionKey eq ${subscription}`] : []),
    ...(region ? [odata`region eq ${region}`] : []),
    ...(position ? [after(position)] : []),
  ].join(' and ');
}

/** The part of a filter that needs the document: OData of Table Storage knows no "contains". */
function matches({ rule, q }: VmFilter, row: Evaluated): boolean {
  const wanted = q?.toLowerCase();
  return (
    (rule === undefined || row.failing.includes(rule) || row.unknown.includes(rule)) &&
    (wanted === undefined ||
      row.name.toLowerCase().includes(wanted) ||
      row.resourceGroup.toLowerCase().includes(wanted))
  );
}

/** Transitions of different VMs lie in different partitions, so they cannot be written together. */
const writesAtOnce = 16;

function chunks<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, part) => all.slice(part * size, (part + 1) * size));
}

/** Tables `vms` and `transitions`. */
export function createEvaluations(vms: JsonTable, transitions: JsonTable): Evaluations {
  async function writeEach(rows: readonly Row<Evaluated>[]): Promise<Stored<Evaluated>[]> {
    const overtaken: Stored<Evaluated>[] = [];
    for (const row of rows) {
      if (!(await vms.write(row, 'if-unchanged'))) {
        overtaken.push(stored(row));
      }
    }
    return overtaken;
  }

  return {
    async find(subscriptionId, vmKey) {
      const row = await vms.find<Evaluated>(subscriptionId, vmKey);
      return row && stored(row);
    },
    async findByKey(vmKey) {
      for await (const row of vms.rows<Evaluated>(odata`RowKey eq ${vmKey}`)) {
        return row.value;
      }
      return undefined;
    },
    async ofSubscription(subscriptionId) {
      const rows = new Map<string, Stored<Evaluated>>();
      for await (const row of vms.rows<Evaluated>(odata`PartitionKey eq ${subscriptionId}`)) {
        rows.set(row.key, stored(row));
      }
      return rows;
    },
    async page(filter, size, position) {
      const rows: Evaluated[] = [];
      for await (const { value } of vms.rows<Evaluated>(tableFilter(filter, position))) {
        if (!matches(filter, value)) {
          continue;
        }
        const last = rows.at(-1);
        if (rows.length === size && last) {
          return { rows, next: { subscriptionId: last.subscriptionId, vmKey: last.vmKey } };
        }
        rows.push(value);
      }
      return { rows };
    },
    write: (row) => vms.write(toRow(row), 'if-unchanged'),
    async writeAll(rows) {
      const overtaken: Stored<Evaluated>[] = [];
      for (const together of transactionsOf(rows.map(toRow))) {
        // One row that somebody else changed refuses all hundred: then each is written for itself.
        if (!(await vms.writeTogether(together))) {
          overtaken.push(...(await writeEach(together)));
        }
      }
      return overtaken;
    },
    async addTransitions(added) {
      for (const chunk of chunks(added, writesAtOnce)) {
        await Promise.all(
          chunk.map((value) =>
            transitions.write({ partition: value.vmKey, key: transitionKey(value.revision), value }, 'replace'),
          ),
        );
      }
    },
    async transitionsOf(vmKey, limit) {
      const found: Transition[] = [];
      for await (const { value } of transitions.rows<Transition>(odata`PartitionKey eq ${vmKey}`)) {
        found.push(value);
        if (found.length === limit) {
          break;
        }
      }
      return found;
    },
  };
}
