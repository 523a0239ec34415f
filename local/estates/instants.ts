/** One minute, hour and day in milliseconds. */
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** An instant in milliseconds as ARM writes it: ISO 8601 in UTC. */
export function instant(at: number): string {
  return new Date(at).toISOString();
}

/** The calendar day (UTC) of an instant, `YYYY-MM-DD`. */
export function dayOf(at: number): string {
  return instant(at).slice(0, 10);
}
