import type { ResourceGraphAnswer } from './answer.ts';
import { badRequest, invalidQuery, rateLimited } from './error-answer.ts';
import { compileQuery, type Query } from './kql/engine.ts';
import { QueryError } from './kql/query-error.ts';
import { ticksOfDate } from './kql/ticks.ts';
import type { Row } from './kql/value.ts';
import type { Narrowing } from './narrowing.ts';
import { writeRows } from './page.ts';
import { type Hierarchy, QueryScope } from './query-scope.ts';
import { createQuota, defaultQuota, type QuotaLimit, quotaHeaders } from './quota.ts';
import { type ReadRequest, readRequest } from './request.ts';
import { ResultCache, type TableRead } from './result-cache.ts';
import type { ResourceGraphRow } from './row.ts';
import { shuffled } from './shuffle.ts';
import { createSkipToken, fingerprint, readSkipToken } from './skip-token.ts';

/** What a simulated Resource Graph is made of. */
export interface ResourceGraphOptions {
  /** Rows of a table by its lower-cased name; undefined = no such table. Called per request, so rows may change between pages. */
  readonly rowsOf: (table: string, narrowing: Narrowing) => readonly ResourceGraphRow[] | undefined;
  /** Stays the same as long as these rows do; default: the list of rows itself. */
  readonly versionOf?: (table: string, narrowing: Narrowing) => unknown;
  /** Which subscriptions a management group holds (lower-cased ids). */
  readonly subscriptionsOf: Hierarchy['subscriptionsOf'];
  /** Which management groups stand above a subscription or another group (lower-cased); default none. */
  readonly groupsAbove?: Hierarchy['groupsAbove'];
  /** The estate's time: what now() and ago() mean. */
  readonly now: () => Date;
  /** Shuffles unsorted results, differently for each request, deterministically. Default 0. */
  readonly seed?: number;
  /** Default 15 requests per 5,000 ms, measured on the real monotonic clock. */
  readonly quota?: QuotaLimit | 'off';
  /** Most rows of a page; default 1000 as in Azure, tests make it small. */
  readonly maxPage?: number;
}

type Request = Extract<ReadRequest, { request: unknown }>['request'];

const DEFAULT_TOP = 100;
const MAX_COMPILED = 100;

/** Creates a Resource Graph: `handle` answers the parsed JSON body of POST /providers/Microsoft.ResourceGraph/resources. */
export function createResourceGraph(options: ResourceGraphOptions): { handle(body: unknown): ResourceGraphAnswer } {
  const charge = createQuota(options.quota ?? defaultQuota, () => performance.now());
  const answers = new Answers(options);
  return {
    handle(body) {
      const spent = charge();
      const answer = spent.granted ? answers.answer(body) : rateLimited(spent.resetsAfterSeconds, options.now());
      return { ...answer, headers: { ...answer.headers, ...quotaHeaders(spent) } };
    },
  };
}

class Answers {
  readonly #options: ResourceGraphOptions;
  readonly #compiled = new Map<string, Query>();
  readonly #results = new ResultCache();
  #turn = 0;

  constructor(options: ResourceGraphOptions) {
    this.#options = options;
  }

  answer(body: unknown): ResourceGraphAnswer {
    const read = readRequest(body);
    if ('problem' in read) return badRequest('InvalidRequest', read.problem, this.#options.now());
    try {
      return this.#page(read.request);
    } catch (error) {
      if (error instanceof QueryError) return invalidQuery(error, this.#options.now());
      throw error;
    }
  }

  #page(request: Request): ResourceGraphAnswer {
    const { $top = DEFAULT_TOP, $skip = 0, $skipToken, resultFormat = 'objectArray' } = request.options ?? {};
    const { subscriptionsOf, groupsAbove = () => [] } = this.#options;
    const scope = QueryScope.of(request, { subscriptionsOf, groupsAbove });
    const owner = fingerprint(request.query, scope?.key ?? 'everything');
    const offset = $skipToken === undefined ? $skip : readSkipToken($skipToken, owner);
    if (offset === undefined) {
      return badRequest('InvalidSkipToken', 'The skip token is not one of this query and scope.', this.#options.now());
    }
    const query = this.#compile(request.query);
    const rows = this.#order(query, this.#run(query, owner, scope, $skipToken !== undefined));
    const end = offset + Math.min($top, this.#options.maxPage ?? 1000);
    const page = rows.slice(offset, end);
    const isMore = end < rows.length;
    // Without an id the service cannot page: it says so by "true" and gives no token. "true" never means more pages.
    const isPaged = query.columns.some(({ name }) => name === 'id');
    const body = {
      totalRecords: rows.length,
      count: page.length,
      data: writeRows(query.columns, page, resultFormat),
      facets: [],
      resultTruncated: isMore && !isPaged ? 'true' : 'false',
      ...(isMore && isPaged ? { $skipToken: createSkipToken(owner, end) } : {}),
    };
    return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body };
  }

  #compile(text: string): Query {
    const known = this.#compiled.get(text);
    if (known) return known;
    const query = compileQuery(text);
    if (this.#compiled.size >= MAX_COMPILED) this.#compiled.clear();
    this.#compiled.set(text, query);
    return query;
  }

  /** Later pages take the rows of the first while what was read is the same; a first page of a query of the clock never does. */
  #run(query: Query, owner: string, scope: QueryScope | undefined, isLaterPage: boolean): readonly Row[] {
    const { rowsOf, versionOf = rowsOf, now } = this.#options;
    const cached = isLaterPage || !query.readsClock ? this.#results.find(owner, versionOf) : undefined;
    if (cached) return cached;
    const reads: TableRead[] = [];
    const rows = query.rows({
      now: ticksOfDate(now()),
      rowsOf: (table, types) => {
        const narrowing = { types, subscriptions: scope?.subscriptions };
        const version = versionOf(table, narrowing);
        const given = rowsOf(table, narrowing);
        reads.push({ table, narrowing, version, rows: given?.length ?? 0 });
        return scope === undefined ? given : given?.filter((row) => scope.shows(table, row));
      },
    });
    this.#results.keep(owner, { rows, reads });
    return rows;
  }

  #order(query: Query, rows: readonly Row[]): readonly Row[] {
    this.#turn += 1;
    return query.sorted ? rows : shuffled(rows, this.#options.seed ?? 0, this.#turn);
  }
}
