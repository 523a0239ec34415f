/** How many requests are allowed in a window of time; every page costs one. */
export interface QuotaLimit {
  readonly requests: number;
  readonly windowMs: number;
}

/** Resource Graph's documented example: 15 requests in 5 seconds for each principal. */
export const defaultQuota: QuotaLimit = { requests: 15, windowMs: 5000 };

/** What one request did to the quota. */
export interface Charge {
  readonly granted: boolean;
  readonly remaining: number;
  /** Whole seconds until the window ends, rounded up. */
  readonly resetsAfterSeconds: number;
}

/**
 * Counts requests in windows that start with their first request (how the service cuts its windows is unconfirmed).
 * `monotonicMs` is a clock that never jumps.
 */
export function createQuota(limit: QuotaLimit | 'off', monotonicMs: () => number): () => Charge {
  if (limit === 'off') {
    const seconds = Math.ceil(defaultQuota.windowMs / 1000);
    return () => ({ granted: true, remaining: defaultQuota.requests, resetsAfterSeconds: seconds });
  }
  let startedAt = Number.NEGATIVE_INFINITY;
  let used = 0;
  return () => {
    const now = monotonicMs();
    if (now - startedAt >= limit.windowMs) {
      startedAt = now;
      used = 0;
    }
    const granted = used < limit.requests;
    if (granted) used += 1;
    const resetsAfterSeconds = Math.max(1, Math.ceil((startedAt + limit.windowMs - now) / 1000));
    return { granted, remaining: limit.requests - used, resetsAfterSeconds };
  };
}

/** The quota headers of an answer. */
export function quotaHeaders({ remaining, resetsAfterSeconds }: Charge): Readonly<Record<string, string>> {
  return {
    'x-ms-user-quota-remaining': String(remaining),
    'x-ms-user-quota-resets-after': new Date(resetsAfterSeconds * 1000).toISOString().slice(11, 19),
  };
}
