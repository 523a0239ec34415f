import type { Expression } from './expression.ts';
import type { Relation } from './relation.ts';
import type { CallNode } from './syntax.ts';
import type { Column } from './value.ts';

/** What is learnt while one query text is compiled, and what its let statements bind. */
export interface Compilation {
  readonly scalars: Map<string, Expression>;
  readonly relations: Map<string, Relation>;
  joins: number;
  expansions: number;
  unionLegs: number;
  /** Whether the answer depends on the time of the query. */
  readsClock: boolean;
}

/** Where an expression stands: which columns it can name, and what an aggregate means there (nothing, but in summarize). */
export interface Scope {
  readonly columns: readonly Column[];
  readonly compilation: Compilation;
  readonly aggregate?: (call: CallNode) => Expression;
}
