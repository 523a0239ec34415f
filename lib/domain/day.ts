const dayMs = 86_400_000;

/** The day of an instant (UTC, ISO 8601), as `YYYY-MM-DD`. */
export function dayOf(instant: string | Date): string {
  return (typeof instant === 'string' ? instant : instant.toISOString()).slice(0, 10);
}

/** The month of a day, as `YYYY-MM`. */
export function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** The day that comes so many days after another one. */
export function dayAfter(day: string, days: number): string {
  return dayOf(new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs));
}

/** So many days in order, the last of which is given. */
export function daysUntil(last: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, place) => dayAfter(last, place + 1 - count));
}

/** The later of two days. */
export function laterDay(a: string, b: string): string {
  return a > b ? a : b;
}
