/** When a backup policy runs. `gapHours` is the longest time between two runs that keeping to the schedule allows. */
export interface Schedule {
  readonly kind: 'hourly' | 'daily' | 'weekly';
  readonly gapHours: number;
  /** Of hourly schedules. */
  readonly intervalHours?: number;
}

const hoursPerDay = 24;
const hoursPerWeek = 168;
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** Largest distance between neighbours of points on a circle of `length` hours. */
function largestGapOnCircle(points: readonly number[], length: number): number | undefined {
  const sorted = [...new Set(points)].toSorted((a, b) => a - b);
  const first = sorted[0];
  if (first === undefined) {
    return undefined;
  }
  const next = [...sorted.slice(1), first + length];
  return Math.max(...sorted.map((point, index) => (next[index] ?? first + length) - point));
}

/** Daily: the times of day as hours, for example 22.5. */
export function dailySchedule(runHours: readonly number[]): Schedule | undefined {
  const gapHours = largestGapOnCircle(runHours, hoursPerDay);
  return gapHours === undefined ? undefined : { kind: 'daily', gapHours };
}

/** Weekly: days by their English names, times of day as hours. */
export function weeklySchedule(runDays: readonly string[], runHours: readonly number[]): Schedule | undefined {
  const days = runDays.map((day) => weekdays.indexOf(day.toLowerCase()));
  if (days.includes(-1)) {
    return undefined;
  }
  const gapHours = largestGapOnCircle(
    days.flatMap((day) => runHours.map((hour) => day * hoursPerDay + hour)),
    hoursPerWeek,
  );
  return gapHours === undefined ? undefined : { kind: 'weekly', gapHours };
}

/**
 * Hourly: every `intervalHours` within a window of `windowHours` a day; a run at the end of the window counts. The night
 * outside the window is a gap too; a window of 24 hours has none.
 */
export function hourlySchedule(intervalHours: number, windowHours: number): Schedule | undefined {
  if (!(intervalHours > 0) || !(windowHours > 0)) {
    return undefined;
  }
  if (windowHours >= hoursPerDay) {
    return { kind: 'hourly', gapHours: intervalHours, intervalHours };
  }
  const span = Math.floor(windowHours / intervalHours) * intervalHours;
  return { kind: 'hourly', gapHours: Math.max(intervalHours, hoursPerDay - span), intervalHours };
}
