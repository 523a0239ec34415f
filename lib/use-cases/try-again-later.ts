import type { UnknownBecause } from '../domain/fact.ts';

/** Seconds for which a throttled message is left in its queue where Azure does not say how long. */
export const throttledSeconds = 60;

/** Seconds for which it is left there where something else went wrong. */
const failedSeconds = 15;

/** A read failed in a way that passes: a delayed message waits, not a function. */
export class TryAgainLater extends Error {
  override readonly name = 'TryAgainLater';
  readonly isThrottled: boolean;
  /** For how long to wait: what Azure asked for, or the usual time. */
  readonly seconds: number;

  constructor({ cause, detail, retryAfterSeconds }: UnknownBecause) {
    super(detail);
    this.isThrottled = cause === 'throttled';
    this.seconds = retryAfterSeconds ?? (this.isThrottled ? throttledSeconds : failedSeconds);
  }
}
