import type { UnknownBecause } from '../domain/fact.ts';

/** A read failed in a way that passes. When Azure throttles, a delayed message waits; else the host delivers again. */
export class TryAgainLater extends Error {
  override readonly name = 'TryAgainLater';
  readonly isThrottled: boolean;

  constructor(because: UnknownBecause) {
    super(because.detail);
    this.isThrottled = because.cause === 'throttled';
  }
}

/** Seconds for which a throttled message is left in its queue. */
export const throttledSeconds = 60;
