const hasClock = /\d{1,2}:\d{2}/;
const hasZone = /(?:z|[+-]\d{2}:?\d{2})$/i;

/** The first year that a time of Azure Backup can be from; .NET writes the year 1 for "never". */
const firstYear = 2000;

/**
 * The instant that a text of Azure names, as ISO 8601 in UTC; `undefined` if it names none. A time without a zone is UTC:
 * left to itself, the engine would take it for local time.
 */
export function utcInstant(text: string): string | undefined {
  const trimmed = text.trim();
  const time = new Date(hasClock.test(trimmed) && !hasZone.test(trimmed) ? `${trimmed}Z` : trimmed);
  return Number.isNaN(time.getTime()) || time.getUTCFullYear() < firstYear ? undefined : time.toISOString();
}

const minute = 60_000;
const units = [
  ['day', 1440 * minute],
  ['hour', 60 * minute],
  ['minute', minute],
] as const;

/** A span of time for a reader, in the largest unit of which it holds one, rounded down: `4 days`, `5 hours`. */
export function spanText(milliseconds: number): string {
  const [unit, size] = units.find(([, each]) => milliseconds >= each) ?? ['minute', minute];
  const count = Math.max(0, Math.floor(milliseconds / size));
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
