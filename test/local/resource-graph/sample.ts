import { compileQuery } from '../../../local/azure/resource-graph/kql/engine.ts';
import { ticksOfDate } from '../../../local/azure/resource-graph/kql/ticks.ts';
import { writeRows } from '../../../local/azure/resource-graph/page.ts';
import type { ResourceGraphRow } from '../../../local/azure/resource-graph/row.ts';

/** What now() means in these tests. */
export const now = new Date('2026-11-20T12:00:00Z');

/** A row with a property of every kind; cases name only what they change. */
export function sampleRow(changes: Partial<ResourceGraphRow> = {}): ResourceGraphRow {
  return {
    id: '/subscriptions/S1/resourceGroups/RG-One/providers/Microsoft.Compute/virtualMachines/vm-one',
    name: 'vm-one',
    type: 'microsoft.compute/virtualmachines',
    tenantId: 't1',
    kind: '',
    location: 'westeurope',
    resourceGroup: 'rg-one',
    subscriptionId: 's1',
    managedBy: '',
    sku: null,
    plan: null,
    properties: {
      text: 'Alpha-Beta',
      empty: '',
      none: null,
      five: 5,
      real: 1.5,
      quoted: '5',
      yes: true,
      no: false,
      list: ['a', 'b', 'a'],
      emptyList: [],
      bag: { k: 'v', 'x y': 1 },
      when: '2026-11-19T22:15:33.5466787Z',
    },
    tags: { env: 'prod' },
    identity: null,
    zones: ['1'],
    extendedLocation: null,
    ...changes,
  };
}

/** Runs a query over tables given by name and returns its rows as objects, the way an answer holds them. */
export function run(text: string, tables: Readonly<Record<string, readonly ResourceGraphRow[]>>): unknown {
  const query = compileQuery(text);
  const rows = query.rows({ now: ticksOfDate(now), rowsOf: (table) => tables[table] });
  return writeRows(query.columns, rows, 'objectArray');
}

/** The value of one expression on the sample row, as an answer holds it. */
export function evaluate(expression: string): unknown {
  const rows = run(`resources | project result = ${expression}`, { resources: [sampleRow()] });
  return Array.isArray(rows) ? rows[0]?.result : undefined;
}
