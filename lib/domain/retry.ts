/**
 * Seconds between attempts to send the same notifications: 10 s, 30 s, 1, 5, 10 and 30 minutes, 1, 3, 6 and 12 hours, as Event
 * Grid does it. Ten repetitions, about 23 hours.
 */
const pauses = [10, 30, 60, 300, 600, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600] as const;

/** No target is waited for longer than a day, whatever it asks for. */
const longestWait = 86_400;

/**
 * Seconds until the next attempt after so many failures in a row, at least what the target asked for; `undefined`: it is given
 * up.
 */
export function pauseAfter(failures: number, askedSeconds = 0): number | undefined {
  const pause = pauses[failures - 1];
  return pause === undefined ? undefined : Math.min(longestWait, Math.max(pause, askedSeconds));
}

/**
 * How many notifications to send at once after so many failures in a row: ever fewer, so that one that a target never takes
 * does not take others with it.
 */
export function fewerAfter(failures: number, most: number): number {
  return Math.max(1, Math.floor(most / 2 ** failures));
}

/** Seconds that a `Retry-After` asks for, given as a number or as a date; `undefined` if it says nothing. */
export function secondsAsked(header: string | null | undefined, now: Date): number | undefined {
  if (header === null || header === undefined || header.trim() === '') {
    return undefined;
  }
  const seconds = /^\s*\d+\s*$/.test(header) ? Number(header) : (Date.parse(header) - now.getTime()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined;
}
