/** How many requests a bucket holds, and how fast it fills up again. */
export interface BucketSize {
  readonly burst: number;
  readonly perSecond: number;
}

/** ARM's way of throttling: every request takes a token, tokens come back over time. */
export class TokenBucket {
  readonly #size: BucketSize;
  #tokens: number;
  #filledAt: number;

  constructor(size: BucketSize, nowMs: number) {
    this.#size = size;
    this.#tokens = size.burst;
    this.#filledAt = nowMs;
  }

  /** Takes a token if there is one; `retryAfterSeconds` is 0 then. `nowMs` is monotonic. */
  take(nowMs: number): { readonly remaining: number; readonly retryAfterSeconds: number } {
    const { burst, perSecond } = this.#size;
    this.#tokens = Math.min(burst, this.#tokens + ((nowMs - this.#filledAt) / 1000) * perSecond);
    this.#filledAt = nowMs;
    if (this.#tokens < 1) return { remaining: 0, retryAfterSeconds: Math.ceil((1 - this.#tokens) / perSecond) };
    this.#tokens -= 1;
    return { remaining: Math.floor(this.#tokens), retryAfterSeconds: 0 };
  }
}
