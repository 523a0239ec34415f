import type * as z from 'zod';

import { type Fact, known, type Source } from '../domain/fact.ts';
import { kqlText, narrowed, type QueryName } from './queries.ts';
import type { GraphScope, PagesOfGraph } from './resource-graph.ts';
import { malformed, unknownFrom } from './unknown.ts';

const where = 'Resource Graph';

/** Answer of a query; nonsense is kept apart, never dropped in silence. */
export interface Rows<T> {
  readonly understood: readonly T[];
  readonly malformedRows: readonly unknown[];
}

/** Reads the rows of queries; a query that fails is unknown. */
export interface GraphReader {
  /** Where and when a read that starts now is made. */
  source(): Source;
  /** All rows of a query: those that could be understood, and those that made no sense. */
  read<T>(
    query: QueryName,
    within: GraphScope,
    understand: (raw: unknown) => T | undefined,
    condition?: string,
  ): Promise<Fact<Rows<T>>>;
  /** All rows, or unknown as soon as one makes no sense: for lists of which no row may be missing. */
  readWhole<T>(
    query: QueryName,
    within: GraphScope,
    understand: (raw: unknown) => T | undefined,
    condition?: string,
  ): Promise<Fact<readonly T[]>>;
  /** The rows of a query page by page, as they come. Throws what the client throws: ask `unknownFrom`. */
  pages(query: QueryName, within: GraphScope, condition?: string): AsyncIterable<readonly unknown[]>;
}

/** Values of a KQL list. */
export function literals(values: readonly string[]): string {
  return values.map(kqlText).join(', ');
}

/** The text under `id`, or none. */
export function idOf(raw: unknown): string {
  return String((raw as { id?: unknown } | null)?.id ?? '');
}

/** Reads a row by its schema. */
export function parsed<T>(schema: z.ZodType<T>): (raw: unknown) => T | undefined {
  return (raw) => schema.safeParse(raw).data;
}

/** A fact about what follows from a value. */
export function mapKnown<A, B>(fact: Fact<A>, change: (value: A) => B): Fact<B> {
  return fact.kind === 'known' ? known(change(fact.value), fact.source) : fact;
}

/** Rows of two pages may overlap: one row per id. */
function onePerId(rows: readonly unknown[]): readonly unknown[] {
  return [...new Map(rows.map((row) => [idOf(row).toLowerCase() || row, row])).values()];
}

export function createGraphReader(pagesOf: PagesOfGraph, now: () => Date): GraphReader {
  const source = (): Source => ({ where, readAt: now().toISOString() });
  const pages: GraphReader['pages'] = (query, within, condition) => pagesOf(narrowed(query, condition), within);

  async function rowsOf(query: QueryName, within: GraphScope, condition: string | undefined) {
    const rows: unknown[] = [];
    for await (const page of pages(query, within, condition)) {
      rows.push(...page);
    }
    return onePerId(rows);
  }

  const read: GraphReader['read'] = async <T>(
    query: QueryName,
    within: GraphScope,
    understand: (raw: unknown) => T | undefined,
    condition?: string,
  ) => {
    try {
      const at = source();
      const understood: T[] = [];
      const malformedRows: unknown[] = [];
      for (const raw of await rowsOf(query, within, condition)) {
        const row = understand(raw);
        if (row === undefined) {
          malformedRows.push(raw);
        } else {
          understood.push(row);
        }
      }
      return known({ understood, malformedRows }, at);
    } catch (error) {
      return unknownFrom(error, `${where} could not be asked for ${query}`);
    }
  };

  return {
    source,
    read,
    pages,
    async readWhole(query, within, understand, condition) {
      const rows = await read(query, within, understand, condition);
      return rows.kind === 'known' && rows.value.malformedRows.length > 0
        ? malformed(`A row of ${query} in ${where}`)
        : mapKnown(rows, ({ understood }) => understood);
    },
  };
}
