import { ResourceGraphClient } from '@azure/arm-resourcegraph';

import { additionalPolicies, type Connection, deadline, retryOptions } from './connection.ts';

/** Whose resources a query sees: some subscriptions, a management group, or everything that may be read. */
export interface GraphScope {
  readonly subscriptions?: readonly string[];
  readonly managementGroup?: string;
  /** Assignments of roles and policies above the scope count as well: they are inherited. */
  readonly includesAbove?: boolean;
}

/** Asks Resource Graph; answers all rows of all pages, or throws: half an answer is none. */
export type AskGraph = (query: string, scope: GraphScope) => Promise<readonly unknown[]>;

const rowsPerPage = 1000;
/** Longest list of subscriptions in one request that Azure recommends. */
const subscriptionsPerRequest = 300;

/** Waits when the quota that Azure announced is used up; every answer says what is left and when it is full again. */
class QuotaGate {
  private freeAt = 0;

  async pass(): Promise<void> {
    const wait = this.freeAt - performance.now();
    if (wait > 0) {
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  note(remaining: string | undefined, resetsAfter: string | undefined): void {
    const [hours, minutes, seconds] = (resetsAfter ?? '').split(':').map(Number);
    if (remaining === '0' && hours !== undefined && minutes !== undefined && seconds !== undefined) {
      this.freeAt = performance.now() + (hours * 3600 + minutes * 60 + seconds) * 1000;
    }
  }
}

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

/** A Resource Graph that pages to the end, keeps to the quota, and never takes a cut answer for a whole one. */
export function createAskGraph({ credential, endpoint, scope }: Connection): AskGraph {
  const client = new ResourceGraphClient(credential, {
    endpoint,
    credentials: { scopes: [scope] },
    retryOptions,
    additionalPolicies,
  });
  const gate = new QuotaGate();

  async function page(query: string, part: GraphScope, skipToken: string | undefined) {
    await gate.pass();
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
      {
        abortSignal: deadline(),
        onResponse: ({ headers }) =>
          gate.note(headers.get('x-ms-user-quota-remaining'), headers.get('x-ms-user-quota-resets-after')),
      },
    );
  }

  async function allPages(query: string, part: GraphScope): Promise<readonly unknown[]> {
    const pages: (readonly unknown[])[] = [];
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
      pages.push(answer.data);
      skipToken = answer.skipToken;
      if (skipToken && tokens.has(skipToken)) {
        throw new Error('Resource Graph gave the same page token twice');
      }
      tokens.add(skipToken ?? '');
    } while (skipToken);
    return pages.flat();
  }

  return async (query, wanted) => {
    if (wanted.subscriptions?.length === 0) {
      return [];
    }
    const parts: (readonly unknown[])[] = [];
    for (const part of partsOf(wanted)) {
      parts.push(await allPages(query, part));
    }
    return parts.flat();
  };
}
