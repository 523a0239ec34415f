import { type Position, QueryError } from './query-error.ts';
import type { Relation } from './relation.ts';
import type { Compilation } from './scope.ts';
import { type Column, missing, type Row } from './value.ts';

/** Resource Graph allows three union legs a query (reference: query-language). */
const MAX_LEGS = 3;

/** `union`: the rows of all legs; columns by name and type, only the common ones when `inner`. */
export function union(legs: readonly Relation[], inner: boolean, at: Position, compilation: Compilation): Relation {
  compilation.unionLegs += legs.length;
  if (compilation.unionLegs > MAX_LEGS) {
    throw new QueryError('DisallowedLogicalOperator', `At most ${MAX_LEGS} union legs are allowed in a query`, at);
  }
  const sources = unitedColumns(legs).filter(
    ({ name, type }) => !inner || legs.every((leg) => indexOf(leg, name, type) >= 0),
  );
  const clashes = new Set(
    sources
      .filter(({ name }, index) => sources.findIndex((other) => other.name === name) !== index)
      .map(({ name }) => name),
  );
  const columns = sources.map(({ name, type }) => ({ name: clashes.has(name) ? `${name}_${type}` : name, type }));
  return {
    columns,
    sorted: false,
    rows: (execution) => legs.flatMap((leg) => leg.rows(execution).map(rearrange(leg, sources))),
  };
}

function unitedColumns(legs: readonly Relation[]): readonly Column[] {
  const columns = legs.flatMap((leg) => leg.columns);
  return [...new Map(columns.map((column) => [`${column.name}:${column.type}`, column])).values()];
}

function indexOf(leg: Relation, name: string, type: Column['type']): number {
  return leg.columns.findIndex((column) => column.name === name && column.type === type);
}

function rearrange(leg: Relation, columns: readonly Column[]): (row: Row) => Row {
  const places = columns.map(({ name, type }) => ({ index: indexOf(leg, name, type), empty: missing(type) }));
  return (row) => places.map(({ index, empty }) => (index < 0 ? empty : (row[index] ?? null)));
}
