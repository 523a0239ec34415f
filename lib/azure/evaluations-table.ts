import { odata } from '@azure/data-tables';

import type { Evaluated, EvaluatedHead } from '../use-cases/evaluated.ts';
import type { Evaluations, PagePosition, Stored, VmFilter } from '../use-cases/ports.ts';
import { type JsonTable, type Row, transactionsOf } from './table.ts';

function toRow({ value, version }: Stored<Evaluated>): Row<Pick<Evaluated, 'findings'>> {
  const { findings, ...head } = value;
  return {
    partition: value.subscriptionId,
    key: value.vmKey,
    value: { findings },
    head,
    // What the service filters on; everything else is in the documents.
    columns: {
      verdict: value.verdict,
      region: value.region,
      gone: value.goneAt !== undefined,
      plan: value.plan?.kind ?? '',
    },
    ...(version ? { version } : {}),
  };
}

function stored<T>({ value, version }: Row<T>): Stored<T> {
  return version ? { value, version } : { value };
}

function after({ subscriptionId, vmKey }: PagePosition): string {
  return odata`(PartitionKey gt ${subscriptionId} or (PartitionKey eq ${subscriptionId} and RowKey gt ${vmKey}))`;
}

/** The part of a filter that the table evaluates. */
function tableFilter({ verdict, subscription, region, plan }: VmFilter, position: PagePosition | undefined): string {
  return [
    'gone eq false',
    ...(verdict ? [odata`verdict eq ${verdict}`] : []),
    ...(subscription ? [odata`PartitionKey eq ${subscription}`] : []),
    ...(region ? [odata`region eq ${region}`] : []),
    ...(plan ? [odata`plan eq ${plan}`] : []),
    ...(position ? [after(position)] : []),
  ].join(' and ');
}

function isSame(wanted: string | undefined, own: string): boolean {
  return wanted === undefined || wanted.toLowerCase() === own.toLowerCase();
}

/** Whether words say that a VM fails a rule for a reason, or one of a severity. */
function fails({ reason, severity }: VmFilter, { findings }: Evaluated): boolean {
  return (
    (reason === undefined && severity === undefined) ||
    findings.some(
      (finding) =>
        finding.outcome === 'fail' &&
        (reason === undefined || finding.reason === reason) &&
        (severity === undefined || finding.severity === severity),
    )
  );
}

function contains(q: string | undefined, ...texts: readonly string[]): boolean {
  return q === undefined || texts.some((text) => text.toLowerCase().includes(q.toLowerCase()));
}

/** The part of a filter that needs the document: OData of Table Storage knows no "contains", and no case. */
function headMatches(filter: VmFilter, row: EvaluatedHead): boolean {
  const { rule, q, subscriptions, exemptBy, resourceGroup, owner, changedSince } = filter;
  return (
    (subscriptions === undefined || subscriptions.includes(row.subscriptionId)) &&
    (exemptBy === undefined || row.exemption?.origin === exemptBy) &&
    (rule === undefined || row.failing.includes(rule) || row.unknown.includes(rule)) &&
    (changedSince === undefined || Date.parse(row.evidenceAt) >= Date.parse(changedSince)) &&
    isSame(resourceGroup, row.resourceGroup) &&
    isSame(owner, row.owner) &&
    contains(q, row.name, row.resourceGroup)
  );
}

function matches(filter: VmFilter, row: Evaluated): boolean {
  return headMatches(filter, row) && fails(filter, row);
}

/** Table `vms`. */
export function createEvaluations(vms: JsonTable): Evaluations {
  async function* matching(filter: VmFilter, position: PagePosition | undefined): AsyncGenerator<Evaluated> {
    for await (const { value } of vms.rows<Evaluated>(tableFilter(filter, position))) {
      if (matches(filter, value)) {
        yield value;
      }
    }
  }

  /** The keys of rows that somebody else changed meanwhile. */
  async function overtakenOf(rows: readonly Row<unknown>[]): Promise<readonly string[]> {
    // One row that somebody else changed refuses all hundred: then each is written for itself.
    if (await vms.writeTogether(rows)) {
      return [];
    }
    const overtaken: string[] = [];
    for (const row of rows) {
      if (!(await vms.write(row, 'if-unchanged'))) {
        overtaken.push(row.key);
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
    async headsOf(subscriptionId) {
      const rows = new Map<string, Stored<EvaluatedHead>>();
      for await (const { key, version, read } of vms.heads<EvaluatedHead>(odata`PartitionKey eq ${subscriptionId}`)) {
        const row = {
          get value() {
            return read();
          },
        };
        rows.set(key, version ? Object.assign(row, { version }) : row);
      }
      return rows;
    },
    each: (filter) => matching(filter, undefined),
    async *eachHead(filter) {
      for await (const head of vms.heads<EvaluatedHead>(tableFilter(filter, undefined))) {
        const value = head.read();
        if (headMatches(filter, value)) {
          yield value;
        }
      }
    },
    async page(filter, size, position) {
      const rows: Evaluated[] = [];
      for await (const value of matching(filter, position)) {
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
      const overtaken = new Set<string>();
      for (const together of transactionsOf(rows.map(toRow))) {
        for (const key of await overtakenOf(together)) {
          overtaken.add(key);
        }
      }
      return rows.filter(({ value }) => overtaken.has(value.vmKey));
    },
  };
}
