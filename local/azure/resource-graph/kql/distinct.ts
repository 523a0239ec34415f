import { keyOf } from './grouping.ts';
import { project } from './projection.ts';
import { type Position, semanticError } from './query-error.ts';
import type { Relation } from './relation.ts';
import type { Compilation } from './scope.ts';
import type { NamedNode } from './syntax.ts';

/** `distinct columns`. */
export function distinctColumns(input: Relation, nodes: readonly NamedNode[], compilation: Compilation): Relation {
  const [first] = nodes;
  if (!first) return input;
  return distinctRows(project(input, nodes, compilation), first.expression.at);
}

/** `distinct *`: refused while a column is dynamic, as is every dynamic key. */
export function distinctRows(input: Relation, at: Position): Relation {
  const dynamic = input.columns.find(({ type }) => type === 'dynamic');
  if (dynamic) {
    throw semanticError(
      `The distinct column '${dynamic.name}' is of a 'dynamic' type. Please use an explicit cast`,
      at,
    );
  }
  return {
    columns: input.columns,
    sorted: false,
    rows: (execution) => [...new Map(input.rows(execution).map((row) => [keyOf(row), row])).values()],
  };
}
