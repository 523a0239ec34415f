import { odata } from '@azure/data-tables';

import type { Cell } from '../domain/cell.ts';
import { monthOf } from '../domain/day.ts';
import type { Posture } from '../domain/posture.ts';
import type { TrendOfPart } from '../domain/trend.ts';
import type { PlaceOfCounts, PostureScope, Postures } from '../use-cases/ports.ts';
import { beginsWith, cellKeys, dayKey, dayKeys, sliceKeys } from './posture-keys.ts';
import { type DayCounts, type PlaceMonth, posturePartition } from './posture-rows.ts';
import { createPostureWriter, versionOfCounts } from './posture-writer.ts';
import type { JsonTable, Row } from './table.ts';

/** Reads at a time. */
const readsAtOnce = 16;

function isIn({ subscriptions, region }: PostureScope): (cell: PlaceOfCounts) => boolean {
  const wanted = subscriptions && new Set(subscriptions);
  return (cell) =>
    (!wanted || wanted.has(cell.subscriptionId ?? '')) && (region === undefined || cell.region === region);
}

/** Where the rows of a scope lie: those of all subscriptions, unless it is one. */
function keysOf(kind: 'latest' | 'month', { subscriptions }: PostureScope): string {
  return cellKeys(kind, subscriptions?.length === 1 ? subscriptions[0] : undefined);
}

/**
 * Table `postures`: cells and slices, each with what it looks like now, at the end of days, and its trend. The slices of now
 * are kept in memory as long as the row `version` stays what it was.
 */
export function createPostures(table: JsonTable): Postures {
  /** What a place looked like at the end of a day: as it is now, unless it changed after that; nothing before its first day. */
  async function atEndOf(day: string, { key, value }: Row<DayCounts>): Promise<readonly DayCounts[]> {
    if (value.day <= day) {
      return [value];
    }
    const place = { key: key.slice(key.indexOf('|') + 1) };
    const filter = `${beginsWith(posturePartition, dayKeys(place))} and ${odata`RowKey ge ${dayKey(place, day)}`}`;
    for await (const former of table.rows<DayCounts>(filter, 1)) {
      return [former.value];
    }
    return [];
  }

  /** The counts whose keys begin so: now, or at the end of a day. */
  async function countsOf(
    beginning: string,
    isWanted: (place: PlaceOfCounts) => boolean,
    day: string | undefined,
  ): Promise<readonly DayCounts[]> {
    const rows: Row<DayCounts>[] = [];
    for await (const row of table.rows<DayCounts>(beginsWith(posturePartition, beginning))) {
      if (isWanted(row.value)) {
        rows.push(row);
      }
    }
    if (day === undefined) {
      return rows.map(({ value }) => value);
    }
    const counts: DayCounts[] = [];
    for (let from = 0; from < rows.length; from += readsAtOnce) {
      const former = await Promise.all(rows.slice(from, from + readsAtOnce).map((row) => atEndOf(day, row)));
      counts.push(...former.flat());
    }
    return counts;
  }

  let remembered: { readonly version: string; readonly slices: readonly DayCounts[] } | undefined;

  /** The slices as they are now: read once for each version of the counts, which is read first. */
  async function slicesOfNow(): Promise<readonly DayCounts[]> {
    const version = (await table.find<string>(versionOfCounts.partition, versionOfCounts.key))?.value;
    if (version === undefined || version !== remembered?.version) {
      const slices = await countsOf(sliceKeys('latest'), () => true, undefined);
      remembered = version === undefined ? undefined : { version, slices };
      return slices;
    }
    return remembered.slices;
  }

  async function cells(scope: PostureScope, day?: string): Promise<readonly (Cell & { readonly posture: Posture })[]> {
    const counts = await countsOf(keysOf('latest', scope), isIn(scope), day);
    return counts.map(({ subscriptionId = '', region, posture }) => ({ subscriptionId, region, posture }));
  }

  /** The months of each place, in order. */
  async function monthsOf(beginning: string, since: string): Promise<ReadonlyMap<string, PlaceMonth[]>> {
    const months = new Map<string, PlaceMonth[]>();
    const filter = `${beginsWith(posturePartition, beginning)} and month ge '${monthOf(since)}'`;
    for await (const { key, value } of table.rows<PlaceMonth>(filter)) {
      const place = key.slice(key.indexOf('|') + 1, key.lastIndexOf('|'));
      months.set(place, [...(months.get(place) ?? []), value]);
    }
    return months;
  }

  return {
    latest: () => cells({}),
    cells,
    async slices(region, day) {
      const counts =
        day === undefined ? await slicesOfNow() : await countsOf(sliceKeys('latest', region), () => true, day);
      return counts.filter(isIn({ region })).map((each) => ({ region: each.region, posture: each.posture }));
    },
    async trend(scope, since) {
      const keys = (kind: 'latest' | 'month') =>
        scope.subscriptions ? keysOf(kind, scope) : sliceKeys(kind, scope.region);
      const months = await monthsOf(keys('month'), since);
      const parts: TrendOfPart[] = [];
      for await (const { key, value } of table.rows<DayCounts>(beginsWith(posturePartition, keys('latest')))) {
        if (isIn(scope)(value)) {
          const place = key.slice(key.indexOf('|') + 1);
          parts.push({ months: months.get(place) ?? [], latest: value.posture.verdicts });
        }
      }
      return parts;
    },
    ...createPostureWriter(table),
  };
}
