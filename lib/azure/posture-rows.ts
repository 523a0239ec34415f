import { monthOf } from '../domain/day.ts';
import type { Posture } from '../domain/posture.ts';
import type { MonthOfPart } from '../domain/trend.ts';
import type { PartOfPosture, PlaceOfCounts } from '../use-cases/ports.ts';
import { type CountedPlace, dayKey, latestKey, monthKey } from './posture-keys.ts';
import type { Row } from './table.ts';

/** One partition, so that a cell and its slice can be written together. */
export const posturePartition = 'tenant';

/** What a place looked like at the end of a day. */
export interface DayCounts extends PartOfPosture {
  readonly day: string;
  /** The last changes that led to it. */
  readonly changes: readonly string[];
}

/** The days of a month on which a place changed. */
export interface PlaceMonth extends PlaceOfCounts, MonthOfPart {}

/** A place with what is stored of it. */
export interface HeldPlace {
  readonly place: CountedPlace;
  /** The day for which it is written. */
  readonly on: string;
  readonly latest: Row<DayCounts> | undefined;
  readonly month: Row<PlaceMonth> | undefined;
}

/** Changes that a place remembers: more than are made to it while the answer to one of them is awaited. */
const rememberedChanges = 32;

function versionOf(row: Row<unknown> | undefined): { readonly version?: string } {
  return row?.version ? { version: row.version } : {};
}

/** The rows that make new counts of a place known: for now, for the day, and in the trend of the month. */
export function rowsOf(held: HeldPlace, posture: Posture, change: string): readonly Row<unknown>[] {
  const { place, on: day, latest, month } = held;
  const { key: _key, ...where } = place;
  const changes = [change, ...(latest?.value.changes ?? [])].slice(0, rememberedChanges);
  const counts: DayCounts = { ...where, day, changes, posture };
  const timeToProtect = posture.protections[day];
  const point = { verdicts: posture.verdicts, ...(timeToProtect ? { timeToProtect } : {}) };
  const trend: PlaceMonth = {
    ...where,
    month: monthOf(day),
    start: month ? month.value.start : (latest?.value.posture.verdicts ?? null),
    days: { ...month?.value.days, [day]: point },
  };
  const partition = posturePartition;
  const columns = { month: trend.month };
  return [
    { partition, key: latestKey(place), value: counts, ...versionOf(latest) },
    { partition, key: dayKey(place, day), value: counts, version: '*' },
    { partition, key: monthKey(place, trend.month), value: trend, columns, ...versionOf(month) },
  ];
}
