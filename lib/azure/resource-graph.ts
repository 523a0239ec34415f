import { AsyncLocalStorage } from 'node:async_hooks';

import { ResourceGraphClient } from '@azure/arm-resourcegraph';
import type { PipelinePolicy, PipelineRequest } from '@azure/core-rest-pipeline';

import type { Metered } from '../use-cases/ports.ts';
import type { ReadCosts } from '../use-cases/run.ts';
import { additionalPolicies, type Connection, deadline, retryOptions } from './connection.ts';
import { type QuotaAnswer, QuotaGate, quotaAnswer } from './quota-gate.ts';

/** Whose resources a query sees: some subscriptions, a management group, or everything that may be read. */
export interface GraphScope {
  readonly subscriptions?: readonly string[];
  readonly managementGroup?: string;
  /** Assignments of roles and policies above the scope count as well: they are inherited. */
  readonly includesAbove?: boolean;
}

/** Rows of a query, page by page, in its order. Throws on the way: what came before is not the whole answer. */
export type PagesOfGraph = (query: string, scope: GraphScope) => AsyncIterable<readonly unknown[]>;

export interface ResourceGraph {
  readonly pages: PagesOfGraph;
  readonly metered: Metered;
}

const rowsPerPage = 1000;
/** Longest list of subscriptions in one request that Azure recommends. */
const subscriptionsPerRequest = 300;
/** A page may wait for its turn in the quota before it is asked for. */
const deadlineSeconds = 120;

function scopeOf({ subscriptions, managementGroup }: GraphScope): {
  subscriptions?: string[];
  managementGroups?: string[];
} {
  if (subscriptions) {
    return { subscriptions: [...subscriptions] };
  }
  return managementGroup ? { managementGroups: [managementGroup] } : {};
}

function partsOf(scope: GraphScope): readonly GraphScope[] {
  const { subscriptions } = scope;
  if (!subscriptions || subscriptions.length <= subscriptionsPerRequest) {
    return [scope];
  }
  return Array.from({ length: Math.ceil(subscriptions.length / subscriptionsPerRequest) }, (_, part) => ({
    ...scope,
    subscriptions: subscriptions.slice(part * subscriptionsPerRequest, (part + 1) * subscriptionsPerRequest),
  }));
}

type Counters = { -readonly [Count in keyof ReadCosts]: number };

/** The work that is measured, by whatever it calls. */
const measured = new AsyncLocalStorage<Counters>();

const metered: Metered = async (work) => {
  const counters: Counters = { pages: 0, rows: 0, throttles: 0, retries: 0, waitedMs: 0 };
  const result = await measured.run(counters, work);
  return { result, costs: { ...counters, waitedMs: Math.round(counters.waitedMs) } };
};

function count(what: keyof ReadCosts, by: number): void {
  const counters = measured.getStore();
  if (counters) {
    counters[what] += by;
  }
}

/** Lets every attempt wait for its turn in the quota, and notes what its answer says of it. */
function withinQuota(gate: QuotaGate): PipelinePolicy {
  const begun = new WeakSet<PipelineRequest>();
  return {
    name: 'withinQuota',
    async sendRequest(request, next) {
      count('retries', begun.has(request) ? 1 : 0);
      begun.add(request);
      const ticket = await gate.pass();
      count('waitedMs', ticket.waitedMs);
      let said: QuotaAnswer | undefined;
      try {
        const response = await next(request);
        const { headers } = response;
        said = quotaAnswer(headers.get('x-ms-user-quota-remaining'), headers.get('x-ms-user-quota-resets-after'));
        count('throttles', response.status === 429 ? 1 : 0);
        return response;
      } finally {
        ticket.answered(said);
      }
    },
  };
}

/** A Resource Graph that pages to the end, keeps to the quota, and never takes a cut answer for a whole one. */
export function createResourceGraph({ credential, endpoint, scope }: Connection): ResourceGraph {
  const gate = new QuotaGate(
    () => performance.now(),
    (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  );
  const client = new ResourceGraphClient(credential, {
    endpoint,
    credentials: { scopes: [scope] },
    retryOptions,
    additionalPolicies: [...additionalPolicies, { policy: withinQuota(gate), position: 'perRetry' }],
  });

  async function page(query: string, part: GraphScope, skipToken: string | undefined) {
    return client.resources(
      {
        ...scopeOf(part),
        query,
        options: {
          resultFormat: 'objectArray',
          top: rowsPerPage,
          ...(skipToken ? { skipToken } : {}),
          ...(part.includesAbove ? { authorizationScopeFilter: 'AtScopeAboveAndBelow' } : {}),
        },
      },
      { abortSignal: deadline(deadlineSeconds) },
    );
  }

  async function* pagesOf(query: string, part: GraphScope): AsyncGenerator<readonly unknown[]> {
    const tokens = new Set<string>();
    let skipToken: string | undefined;
    do {
      const answer = await page(query, part, skipToken);
      if (String(answer.resultTruncated) === 'true' && !answer.skipToken) {
        throw new Error('Resource Graph cut its answer short and gave no way to go on');
      }
      if (!Array.isArray(answer.data)) {
        throw new Error('Resource Graph answered without rows');
      }
      count('pages', 1);
      count('rows', answer.data.length);
      yield answer.data;
      skipToken = answer.skipToken;
      if (skipToken && tokens.has(skipToken)) {
        throw new Error('Resource Graph gave the same page token twice');
      }
      tokens.add(skipToken ?? '');
    } while (skipToken);
  }

  return {
    async *pages(query, wanted) {
      if (wanted.subscriptions?.length === 0) {
        return;
      }
      for (const part of partsOf(wanted)) {
        yield* pagesOf(query, part);
      }
    },
    metered,
  };
}
