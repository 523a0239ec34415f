import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import * as z from 'zod';

import type { Schedule } from './schedule.ts';

/** What is remembered about a timer between two starts. */
export interface ScheduleStatus {
  /** The year 1 until the first run. */
  readonly last: Date;
  readonly next: Date;
  readonly lastUpdated: Date;
}

/** Keeps the status of each timer by the name of its function. */
export interface StatusStore {
  read(name: string): Promise<ScheduleStatus | undefined>;
  write(name: string, status: ScheduleStatus): Promise<void>;
}

/** .NET's default date. */
export const never = new Date('0001-01-01T00:00:00Z');

/** The status of a timer that has never run. */
export function firstStatus(schedule: Schedule, now: Date): ScheduleStatus {
  return { last: never, next: schedule.next(now), lastUpdated: now };
}

/**
 * What a start makes of the stored status: the status to go on with, and whether a run was missed meanwhile. A changed
 * schedule is noticed here, because the stored next occurrence no longer follows from the last run.
 */
export function resumeStatus(
  stored: ScheduleStatus | undefined,
  schedule: Schedule,
  now: Date,
): { readonly status: ScheduleStatus; readonly isPastDue: boolean } {
  if (stored === undefined) return { status: firstStatus(schedule, now), isPastDue: false };
  const base = stored.last.getTime() === never.getTime() ? stored.lastUpdated : stored.last;
  const next = schedule.next(base);
  const isUnchanged = next.getTime() === stored.next.getTime();
  return { status: isUnchanged ? stored : { ...stored, next, lastUpdated: now }, isPastDue: now > next };
}

/** Forgets everything when the process ends. */
export function inMemoryStatuses(): StatusStore {
  const byName = new Map<string, ScheduleStatus>();
  return {
    read: async (name) => byName.get(name),
    async write(name, status) {
      byName.set(name, status);
    },
  };
}

const StoredStatus = z
  .object({ Last: z.coerce.date(), Next: z.coerce.date(), LastUpdated: z.coerce.date() })
  .transform(({ Last, Next, LastUpdated }): ScheduleStatus => ({ last: Last, next: Next, lastUpdated: LastUpdated }));

/** One file per timer, `timers/NAME/status`, with the content of production's blob. An unreadable one counts as none. */
export function statusesIn(dataDir: string): StatusStore {
  const pathOf = (name: string) => join(dataDir, 'timers', name, 'status');
  return {
    async read(name) {
      try {
        return StoredStatus.parse(JSON.parse(await readFile(pathOf(name), 'utf8')));
      } catch {
        return undefined;
      }
    },
    async write(name, { last, next, lastUpdated }) {
      await mkdir(dirname(pathOf(name)), { recursive: true });
      await writeFile(pathOf(name), JSON.stringify({ Last: last, Next: next, LastUpdated: lastUpdated }));
    },
  };
}
