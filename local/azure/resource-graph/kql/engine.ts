import { compileExpression } from './expression-compiler.ts';
import { compilePipeline } from './operators.ts';
import { parseQuery } from './query-parser.ts';
import type { Relation } from './relation.ts';
import type { Compilation } from './scope.ts';
import type { LetNode } from './syntax.ts';

/** A compiled query text: can be run any number of times. */
export interface Query extends Relation {
  /** Whether the answer depends on the time of the run. */
  readonly readsClock: boolean;
}

/**
 * Compiles a query text for the columns of Resource Graph. Throws a QueryError for whatever the engine does not know, with
 * the place in the text; only a table that does not exist is found when the query runs.
 */
export function compileQuery(text: string): Query {
  const { lets, pipeline } = parseQuery(text);
  const compilation: Compilation = {
    scalars: new Map(),
    relations: new Map(),
    joins: 0,
    expansions: 0,
    unionLegs: 0,
    readsClock: false,
  };
  for (const statement of lets) bind(statement, compilation);
  const relation = compilePipeline(pipeline, compilation);
  return { ...relation, readsClock: compilation.readsClock };
}

function bind(statement: LetNode, compilation: Compilation): void {
  if (statement.kind === 'relation') {
    compilation.relations.set(statement.name, compilePipeline(statement.pipeline, compilation));
    return;
  }
  const scalar = compileExpression(statement.expression, { columns: [], compilation });
  const { name: _, ...unnamed } = scalar;
  compilation.scalars.set(statement.name, { ...unnamed, name: statement.name });
}
