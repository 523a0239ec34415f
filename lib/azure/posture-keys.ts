import { createHash } from 'node:crypto';

import { odata } from '@azure/data-tables';

import type { Cell } from '../domain/cell.ts';
import type { PlaceOfCounts } from '../use-cases/ports.ts';

/** A place where something is counted, and how its rows are named. */
export interface CountedPlace extends PlaceOfCounts {
  readonly key: string;
}

/**
 * Groups of subscriptions. A posture of the tenant reads regions times groups rows; writers of one region get in each
 * other's way the less, the more groups there are.
 */
const groups = 4;

/** Regions are what Azure says: no more than letters and digits get into a key. */
function inKey(region: string): string {
  return region.replaceAll(/[^\w.-]/g, '_');
}

/** The cell as a place. */
export function cellPlace({ subscriptionId, region }: Cell): CountedPlace {
  return { subscriptionId, region, key: `cell|${subscriptionId}|${inKey(region)}` };
}

/** The slice to which a cell belongs. */
export function slicePlace({ subscriptionId, region }: Cell): CountedPlace {
  const group = createHash('sha256').update(subscriptionId).digest().readUInt8(0) % groups;
  return { region, key: `slice|${inKey(region)}|${group}` };
}

/** Row of what a place looks like now. */
export function latestKey({ key }: CountedPlace): string {
  return `latest|${key}`;
}

/** The beginning of the keys of all days of a place. */
export function dayKeys({ key }: Pick<CountedPlace, 'key'>): string {
  return `day|${key}|`;
}

/** Row of what a place looked like at the end of a day; newest first. */
export function dayKey(place: Pick<CountedPlace, 'key'>, day: string): string {
  return `${dayKeys(place)}${99_999_999 - Number(day.replaceAll('-', ''))}`;
}

/** Row of the days of a month on which a place changed. */
export function monthKey({ key }: CountedPlace, month: string): string {
  return `month|${key}|${month}`;
}

/** The beginning of the keys of all cells, or of those of one subscription. */
export function cellKeys(kind: 'latest' | 'month', subscriptionId?: string): string {
  return `${kind}|cell|${subscriptionId ? `${subscriptionId}|` : ''}`;
}

/** The beginning of the keys of all slices, or of those of one region. */
export function sliceKeys(kind: 'latest' | 'month', region?: string): string {
  return `${kind}|slice|${region ? `${inKey(region)}|` : ''}`;
}

/** The rows of a partition whose keys begin so; the beginning ends with `|`. */
export function beginsWith(partition: string, beginning: string): string {
  // `}` follows `|`.
  const end = `${beginning.slice(0, -1)}}`;
  return odata`PartitionKey eq ${partition} and RowKey ge ${beginning} and RowKey lt ${end}`;
}
