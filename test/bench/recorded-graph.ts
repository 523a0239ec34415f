import type { GraphScope, PagesOfGraph } from '../../lib/azure/resource-graph.ts';
import { accessOf } from '../../local/azure/access.ts';
import { GraphView } from '../../local/azure/graph-view.ts';
import { createResourceGraph } from '../../local/azure/resource-graph/service.ts';
import { Tenant } from '../../local/azure/tenant.ts';
import type { Estate } from '../../local/estates/estate.ts';
import { randomStream } from '../../local/estates/random.ts';

/** The bulk reads of an estate. Every answer is made once; later it is there as the text of its pages. */
export class RecordedGraph {
  readonly #answers = new Map<string, readonly string[]>();
  readonly #graph: ReturnType<typeof createResourceGraph>;
  readonly #countedInSweep = new Set<string>();
  #pages: string[] = [];

  constructor(estate: Estate, now: () => Date) {
    const view = new GraphView({
      tenant: new Tenant(estate),
      access: accessOf([], 'bench'),
      random: randomStream(7, 'bench'),
      now,
      lagMs: 0,
    });
    this.#graph = createResourceGraph({
      rowsOf: (table, narrowing) => view.rowsOf(table, narrowing),
      versionOf: (table, narrowing) => view.versionOf(table, narrowing),
      subscriptionsOf: (group) => view.subscriptionsOf(group),
      groupsAbove: (scope) => view.groupsAbove(scope),
      now,
      quota: 'off',
    });
  }

  /** From now on pages count again that were read before. */
  startSweep(): void {
    this.#countedInSweep.clear();
  }

  /** The pages that were read since this was last asked; what several shards of a sweep read alike counts once. */
  takePages(): readonly string[] {
    const pages = this.#pages;
    this.#pages = [];
    return pages;
  }

  /** Answers as the adapter of Resource Graph does. */
  readonly pages: PagesOfGraph = (query, scope) => this.#pagesOf(query, scope);

  async *#pagesOf(query: string, scope: GraphScope): AsyncGenerator<readonly unknown[]> {
    const key = JSON.stringify([query, scope]);
    const texts = this.#answers.get(key) ?? this.#textsOf(query, scope);
    this.#answers.set(key, texts);
    for (const [page, text] of texts.entries()) {
      const counted = `${page} of ${key}`;
      if (!this.#countedInSweep.has(counted)) {
        this.#countedInSweep.add(counted);
        this.#pages.push(text);
      }
      yield bodyOf(text).data;
    }
  }

  #textsOf(query: string, { subscriptions, includesAbove }: GraphScope): readonly string[] {
    const texts: string[] = [];
    let token: string | undefined;
    do {
      const options = {
        resultFormat: 'objectArray',
        $top: 1000,
        ...(token ? { $skipToken: token } : {}),
        ...(includesAbove ? { authorizationScopeFilter: 'AtScopeAboveAndBelow' } : {}),
      };
      const { body } = this.#graph.handle({ query, options, ...(subscriptions ? { subscriptions } : {}) });
      const text = JSON.stringify(body);
      texts.push(text);
      token = bodyOf(text).$skipToken;
    } while (token);
    return texts;
  }
}

function bodyOf(text: string): { readonly data: readonly unknown[]; readonly $skipToken?: string } {
  return JSON.parse(text);
}
