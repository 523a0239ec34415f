import type { Row } from './kql/value.ts';
import type { ResourceGraphRow } from './row.ts';

type Tables = ReadonlyMap<string, readonly ResourceGraphRow[] | undefined>;

interface Result {
  readonly rows: readonly Row[];
  readonly tables: Tables;
}

const MAX_RESULTS = 4;

/** Keeps the last few results, so that the pages after the first are slices. Valid while the tables are the same arrays. */
export class ResultCache {
  readonly #results = new Map<string, Result>();

  /** The rows of an earlier run, if each table it read is still the very same array. */
  find(owner: string, rowsOf: (table: string) => readonly ResourceGraphRow[] | undefined): readonly Row[] | undefined {
    const result = this.#results.get(owner);
    if (!result) return undefined;
    return [...result.tables].every(([table, rows]) => rowsOf(table) === rows) ? result.rows : undefined;
  }

  /** Remembers a result and the tables it was read from; forgets the oldest one beyond the limit. */
  keep(owner: string, rows: readonly Row[], tables: Tables): void {
    this.#results.delete(owner);
    this.#results.set(owner, { rows, tables });
    const [oldest] = this.#results.keys();
    if (this.#results.size > MAX_RESULTS && oldest !== undefined) this.#results.delete(oldest);
  }
}
