import type { BackupPolicy } from './backup-policy.ts';

/**
 * For how many days a policy may keep snapshots for an instant restore. Up to `most` is documented; up to `possible` it may
 * be allowed as well, where the documentation leaves out an interval.
 */
export interface SnapshotRange {
  readonly least: number;
  readonly most: number;
  readonly possible: number;
}

/** Documented maxima of hourly schedules by their interval in hours, ascending (Enhanced policy page, 2025-06). */
const hourlyMaxima: readonly (readonly [hours: number, days: number])[] = [
  [4, 17],
  [6, 22],
  [12, 30],
  [24, 30],
];

function upTo(most: number): SnapshotRange {
  return { least: 1, most, possible: most };
}

/** The range of a policy; `undefined` if its subtype or its schedule could not be understood. */
export function snapshotRange({ subtype, schedule }: BackupPolicy): SnapshotRange | undefined {
  if (!subtype || !schedule) {
    return undefined;
  }
  if (subtype === 'Standard') {
    return schedule.kind === 'weekly' ? { least: 5, most: 5, possible: 5 } : upTo(5);
  }
  switch (schedule.kind) {
    case 'weekly':
      return { least: 5, most: 20, possible: 20 };
    case 'daily':
      return upTo(30);
    case 'hourly':
      return hourlyRange(schedule.intervalHours);
    default: {
      const never: never = schedule.kind;
      return never;
    }
  }
}

/** Denser schedules keep snapshots for a shorter time, so an interval in between lies between its neighbours. */
function hourlyRange(interval: number | undefined): SnapshotRange {
  if (interval === undefined) {
    return { least: 1, most: 17, possible: 30 };
  }
  const denser = hourlyMaxima.filter(([hours]) => hours <= interval).at(-1);
  const sparser = hourlyMaxima.find(([hours]) => hours >= interval);
  return { least: 1, most: denser?.[1] ?? 1, possible: sparser?.[1] ?? 30 };
}
