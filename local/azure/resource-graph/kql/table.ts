import type { ResourceGraphRow } from '../row.ts';
import { type Position, semanticError } from './query-error.ts';
import type { Relation } from './relation.ts';
import type { Column, Row } from './value.ts';

const text = [
  'id',
  'name',
  'type',
  'tenantId',
  'kind',
  'location',
  'resourceGroup',
  'subscriptionId',
  'managedBy',
] as const;
const json = ['sku', 'plan', 'properties', 'tags', 'identity', 'zones', 'extendedLocation'] as const;

/** The columns every Resource Graph table has here. */
export const tableColumns: readonly Column[] = [
  ...text.map((name): Column => ({ name, type: 'string' })),
  ...json.map((name): Column => ({ name, type: 'dynamic' })),
];

function cellsOf(row: ResourceGraphRow): Row {
  return [...text.map((name) => row[name] ?? ''), ...json.map((name) => row[name] ?? null)];
}

/**
 * A table by its name in any case. That it exists is known only when the query runs. `types` are those that the query
 * will keep, if that is known.
 */
export function table(name: string, at: Position, types?: ReadonlySet<string>): Relation {
  return {
    columns: tableColumns,
    sorted: false,
    rows: ({ rowsOf }) => {
      const rows = rowsOf(name.toLowerCase(), types);
      if (!rows) throw semanticError(`Failed to resolve table '${name}'`, at);
      return rows.map(cellsOf);
    },
  };
}
