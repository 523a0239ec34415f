import type { Row } from './kql/value.ts';
import type { Narrowing } from './narrowing.ts';

/** What a query read of a table, and how many rows that were. */
export interface TableRead {
  readonly table: string;
  readonly narrowing: Narrowing;
  readonly version: unknown;
  readonly rows: number;
}

interface Result {
  readonly rows: readonly Row[];
  readonly reads: readonly TableRead[];
}

/** Room for all queries over an estate of 100,000 VMs, whose rows come to 800,000. */
const MAX_ROWS_READ = 2_000_000;

/**
 * Keeps results, so that the pages after the first are slices however many queries page at a time. Valid while what was
 * read is the same. A result weighs what it was read from: it may hold all of that in a single row.
 */
export class ResultCache {
  readonly #results = new Map<string, Result>();
  #weight = 0;

  /** The rows of an earlier run, if everything that it read still has the same version. */
  find(owner: string, versionOf: (table: string, narrowing: Narrowing) => unknown): readonly Row[] | undefined {
    const result = this.#take(owner);
    if (result === undefined) return undefined;
    const isValid = result.reads.every(({ table, narrowing, version }) => versionOf(table, narrowing) === version);
    if (!isValid) return undefined;
    this.keep(owner, result);
    return result.rows;
  }

  /** Remembers a result; forgets those that were not asked for longest where there is no room for all. */
  keep(owner: string, result: Result): void {
    this.#take(owner);
    this.#results.set(owner, result);
    this.#weight += weightOf(result);
    for (const oldest of this.#results.keys()) {
      if (this.#weight <= MAX_ROWS_READ || oldest === owner) return;
      this.#take(oldest);
    }
  }

  #take(owner: string): Result | undefined {
    const result = this.#results.get(owner);
    if (result === undefined) return undefined;
    this.#results.delete(owner);
    this.#weight -= weightOf(result);
    return result;
  }
}

/** At least one, so that results of nothing do not pile up for ever. */
const weightOf = ({ reads }: Result): number => reads.reduce((sum, { rows }) => sum + rows, 1);
