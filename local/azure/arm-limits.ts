import type { ArmAnswer } from './arm-error.ts';
import { type BucketSize, TokenBucket } from './token-bucket.ts';

/** What a request cost: headers for its answer, and the refusal if it was one too many. */
export interface Charged {
  readonly headers: Readonly<Record<string, string>>;
  readonly refusal?: ArmAnswer;
}

type Verbs = 'reads' | 'writes' | 'deletes';

/** ARM's buckets per subscription, caller and kind of verb (documented since 2024). */
const armSizes: Readonly<Record<Verbs, BucketSize>> = {
  reads: { burst: 250, perSecond: 25 },
  writes: { burst: 200, perSecond: 10 },
  deletes: { burst: 200, perSecond: 10 },
};
/** All callers of a subscription together have 15 times as much. */
const globalFactor = 15;

/** Compute's own limits on top, per subscription and minute. The name of the policy for single VMs is unconfirmed. */
const computeSizes: Readonly<Record<string, BucketSize>> = {
  HighCostGetSubscriptionMaximum: { burst: 900, perSecond: 5 },
  LowCostGetSubscriptionMaximum: { burst: 24_000, perSecond: 8000 / 60 },
};

/**
 * Charges requests the way ARM and Compute do. POSTs count as writes, whatever they do. Callers are told apart by their
 * tokens: whoever builds VMs takes nothing from the service that judges them.
 */
export class ArmLimits {
  readonly #buckets = new Map<string, TokenBucket>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  charge(method: string, path: string, caller = ''): Charged {
    const subscription = /^\/subscriptions\/([^/]+)/i.exec(path)?.[1]?.toLowerCase() ?? '';
    const verbs = verbsOf(method);
    const own = this.#take(`${caller}/${subscription}/${verbs}`, armSizes[verbs]);
    const scope = subscription === '' ? 'tenant' : 'subscription';
    const headers = {
      [`x-ms-ratelimit-remaining-${scope}-${verbs}`]: String(own.remaining),
      ...this.#globalHeader(subscription, verbs),
    };
    if (own.retryAfterSeconds > 0) return { headers, refusal: tooManyRequests(own.retryAfterSeconds) };
    return this.#chargeCompute(method, path, subscription, headers);
  }

  #globalHeader(subscription: string, verbs: Verbs): Readonly<Record<string, string>> {
    if (subscription === '' || verbs === 'deletes') return {};
    const { burst, perSecond } = armSizes[verbs];
    const size = { burst: burst * globalFactor, perSecond: perSecond * globalFactor };
    const { remaining } = this.#take(`${subscription}/global/${verbs}`, size);
    return { [`x-ms-ratelimit-remaining-subscription-global-${verbs}`]: String(remaining) };
  }

  #chargeCompute(method: string, path: string, subscription: string, headers: Charged['headers']): Charged {
    const policy = method === 'GET' ? computePolicyOf(path) : undefined;
    const size = computeSizes[policy ?? ''];
    if (policy === undefined || size === undefined) return { headers };
    const { remaining, retryAfterSeconds } = this.#take(`${subscription}/${policy}`, size);
    const resource = { 'x-ms-ratelimit-remaining-resource': `Microsoft.Compute/${policy};${remaining}` };
    const charged = { headers: { ...headers, ...resource } };
    return retryAfterSeconds === 0 ? charged : { ...charged, refusal: computeRefusal(policy, retryAfterSeconds) };
  }

  #take(key: string, size: BucketSize): ReturnType<TokenBucket['take']> {
    const bucket = this.#buckets.get(key) ?? new TokenBucket(size, this.#nowMs());
    this.#buckets.set(key, bucket);
    return bucket.take(this.#nowMs());
  }
}

function verbsOf(method: string): Verbs {
  if (method === 'GET' || method === 'HEAD') return 'reads';
  return method === 'DELETE' ? 'deletes' : 'writes';
}

function computePolicyOf(path: string): string | undefined {
  const match = /\/providers\/Microsoft\.Compute\/virtualMachines(\/.+)?$/i.exec(path);
  if (match === null) return undefined;
  return match[1] === undefined ? 'HighCostGetSubscriptionMaximum' : 'LowCostGetSubscriptionMaximum';
}

/** The exact code of ARM's own 429 is unconfirmed. */
function tooManyRequests(retryAfterSeconds: number): ArmAnswer {
  const message = `Number of requests for the subscription exceeded its limit. Please try again after '${retryAfterSeconds}' seconds.`;
  return {
    status: 429,
    headers: { 'retry-after': String(retryAfterSeconds) },
    body: { error: { code: 'SubscriptionRequestsThrottled', message } },
  };
}

/** Compute answers without the usual `error` around it. */
function computeRefusal(policy: string, retryAfterSeconds: number): ArmAnswer {
  const message = 'The server rejected the request because too many requests have been received for this subscription.';
  return {
    status: 429,
    headers: { 'retry-after': String(retryAfterSeconds) },
    body: {
      code: 'OperationNotAllowed',
      message,
      details: [{ code: 'TooManyRequests', target: policy, message: JSON.stringify({ operationGroup: policy }) }],
    },
  };
}
