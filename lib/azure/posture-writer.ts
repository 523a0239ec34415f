import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

import type { Cell } from '../domain/cell.ts';
import { laterDay, monthOf } from '../domain/day.ts';
import { addPostures, emptyPosture, type Posture, subtractPosture } from '../domain/posture.ts';
import { storedPosture } from '../domain/stored-posture.ts';
import type { Postures } from '../use-cases/ports.ts';
import { type CountedPlace, cellPlace, latestKey, monthKey, slicePlace } from './posture-keys.ts';
import { type DayCounts, type HeldPlace, type PlaceMonth, posturePartition, rowsOf } from './posture-rows.ts';
import type { JsonTable, Row } from './table.ts';

/** The row that every change of any counts writes anew: who remembers counts sees by it that they still hold. */
export const versionOfCounts = { partition: posturePartition, key: 'version' };
/** How often counts that somebody else changed meanwhile are read again. */
const attempts = 40;
/** Longest pause between two attempts: a burst of new VMs of one cell changes the same row. */
const longestPauseMs = 100;

/** A change of a cell by its name: when the answer to a write is lost, it tells whether the write was made. */
interface Change {
  readonly name: string;
  readonly of: (posture: Posture) => Posture;
}

/**
 * Writes counts. A slice is never recounted: it changes by what one of its cells changes, in the transaction that writes
 * the cell, and both only under the versions from which the change was made. So a slice is the sum of its cells at any
 * moment, whatever the order of writers, how often they come, or when they die; the same counts again change nothing.
 */
export function createPostureWriter(table: JsonTable): Pick<Postures, 'replace' | 'adjust'> {
  const latestOf = (place: CountedPlace) => table.find<DayCounts>(posturePartition, latestKey(place));

  /** What is stored of a place, and the day for which it is written: never one before its last. */
  async function held(place: CountedPlace, latest: Row<DayCounts> | undefined, day: string): Promise<HeldPlace> {
    const on = laterDay(day, latest?.value.day ?? day);
    const month = await table.find<PlaceMonth>(posturePartition, monthKey(place, monthOf(on)));
    return { place, on, latest, month };
  }

  /** Changes a cell and its slice together; answers whether nobody else changed one of them meanwhile. */
  async function changed(cell: Cell, change: Change, day: string): Promise<boolean> {
    const place = cellPlace(cell);
    const latest = await latestOf(place);
    if (latest?.value.changes.includes(change.name)) {
      return true;
    }
    const before = latest?.value.posture ?? emptyPosture;
    const after = change.of(before);
    if (latest && isDeepStrictEqual(before, storedPosture(after, laterDay(day, latest.value.day)))) {
      return true;
    }
    const whole = slicePlace(cell);
    const [own, slice] = await Promise.all([
      held(place, latest, day),
      latestOf(whole).then((row) => held(whole, row, day)),
    ]);
    const kept = storedPosture(after, own.on);
    const sum = addPostures(subtractPosture(slice.latest?.value.posture ?? emptyPosture, before), kept);
    return table.writeTogether([
      ...rowsOf(own, kept, change.name),
      ...rowsOf(slice, storedPosture(sum, slice.on), change.name),
      { ...versionOfCounts, value: randomUUID(), version: '*' },
    ]);
  }

  async function adjust(cell: Cell, of: (posture: Posture) => Posture, day: string): Promise<void> {
    const change = { name: randomUUID().slice(0, 8), of };
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      if (await changed(cell, change, day)) {
        return;
      }
      await pause(Math.random() * longestPauseMs);
    }
    throw new Error('The counts of a cell changed again and again while they were being written.');
  }

  return { adjust, replace: (cell, posture, day) => adjust(cell, () => posture, day) };
}
