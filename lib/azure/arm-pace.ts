import type { PipelinePolicy } from '@azure/core-rest-pipeline';

/** What a subscription grants to a principal: tokens come back at this rate (documented since 2024). */
const perSecond = { reads: 25, writes: 10 } as const;
type Kind = keyof typeof perSecond;

/** So many requests are left to others, and to what cannot wait. */
const reserve = 30;

/** What was told to be left in a subscription, less what was asked since. */
interface Budget {
  left: number;
  at: number;
}

function budgetOf(url: string, method: string): { readonly key: string; readonly kind: Kind } | undefined {
  const subscription = /\/subscriptions\/([^/?]+)\//i.exec(url)?.[1]?.toLowerCase();
  if (!subscription || method === 'DELETE') {
    return undefined;
  }
  const kind = method === 'GET' || method === 'HEAD' ? 'reads' : 'writes';
  return { key: `${subscription} ${kind}`, kind };
}

/**
 * Keeps the requests of this process to ARM within what answers say is left of a subscription's budget: shortly before it is
 * used up, requests go out no faster than it comes back. Where nothing is told, nothing waits.
 */
export class ArmPace {
  readonly #nowMs: () => number;
  readonly #pause: (ms: number) => Promise<void>;
  readonly #budgets = new Map<string, Budget>();

  constructor(nowMs: () => number, pause: (ms: number) => Promise<void>) {
    this.#nowMs = nowMs;
    this.#pause = pause;
  }

  /** Waits until there is room, and takes it. */
  async pass(url: string, method: string): Promise<void> {
    const asked = budgetOf(url, method);
    const budget = asked && this.#budgets.get(asked.key);
    if (!asked || !budget) {
      return;
    }
    const rate = perSecond[asked.kind];
    const now = this.#nowMs();
    budget.left += ((now - budget.at) / 1000) * rate - 1;
    budget.at = now;
    // Those who wait have taken their token already: each waits for its own.
    if (budget.left < reserve) {
      await this.#pause(((reserve - budget.left) / rate) * 1000);
    }
  }

  /** Notes what an answer says is left; answers may overtake each other, so the smaller number counts. */
  note(url: string, method: string, remaining: string | undefined): void {
    const asked = budgetOf(url, method);
    const left = Number(remaining);
    if (!asked || remaining === undefined || !Number.isFinite(left)) {
      return;
    }
    const at = this.#nowMs();
    const budget = this.#budgets.get(asked.key);
    const known = budget ? budget.left + ((at - budget.at) / 1000) * perSecond[asked.kind] : left;
    this.#budgets.set(asked.key, { left: Math.min(known, left), at });
  }
}

/** The pace as a policy of clients of ARM. */
export function paced(pace: ArmPace): PipelinePolicy {
  return {
    name: 'paceOfArm',
    async sendRequest(request, next) {
      await pace.pass(request.url, request.method);
      const response = await next(request);
      const kind = request.method === 'GET' || request.method === 'HEAD' ? 'reads' : 'writes';
      pace.note(request.url, request.method, response.headers.get(`x-ms-ratelimit-remaining-subscription-${kind}`));
      return response;
    },
  };
}
