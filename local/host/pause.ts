import { setTimeout as delay } from 'node:timers/promises';

// What setTimeout can hold; a longer wait ends in no wait at all.
const longestTimeout = 2 ** 31 - 1;

/** Waits; false when the signal ended the wait early. Any length is fine, and what is past does not wait. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  let left = milliseconds;
  while (left > 0 && !signal.aborted) {
    const step = Math.min(left, longestTimeout);
    left -= step;
    // The only reason to reject is the signal, which the loop and the result look at.
    await delay(step, undefined, { signal }).catch(() => undefined);
  }
  return !signal.aborted;
}
