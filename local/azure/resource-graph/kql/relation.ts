import type { ResourceGraphRow } from '../row.ts';
import type { Column, Row } from './value.ts';

/** What one run of a query sees: the rows of the tables and the time. */
export interface Execution {
  /** Rows of a table by its lower-cased name, at least those of the lower-cased types; undefined when there is no such table. */
  readonly rowsOf: (table: string, types?: ReadonlySet<string>) => readonly ResourceGraphRow[] | undefined;
  /** Ticks since 1970. */
  readonly now: bigint;
}

/** A table or the result of an operator: its columns are known before it runs. */
export interface Relation {
  readonly columns: readonly Column[];
  /** Whether the order of the rows means something. */
  readonly sorted: boolean;
  readonly rows: (execution: Execution) => readonly Row[];
}
