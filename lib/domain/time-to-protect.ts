/** Upper bounds in hours of the classes in which times to protect are counted; the last class has none. */
const classHours: readonly number[] = [1, 4, 24, 72, 168, 720];

/** How long it took until VMs were protected, from their creation: enough for a mean and a median, whatever their number. */
export interface TimeToProtect {
  readonly count: number;
  readonly minutes: number;
  /** How many were protected within 1, 4, 24, 72, 168, 720 hours, each counted in the first class that holds it, and later. */
  readonly classes: readonly number[];
}

/** Times to protect for a reader. Hours; `null` where there is no such figure. */
export interface TimeToProtectFigures {
  readonly count: number;
  readonly meanHours: number | null;
  /** Half of the VMs were protected within so many hours (the bound of a class); `null` also if it took longer than 720. */
  readonly halfWithinHours: number | null;
}

export const noTimeToProtect: TimeToProtect = { count: 0, minutes: 0, classes: classHours.map(() => 0).concat(0) };

/** The time of one VM, in minutes since its creation. */
export function timeToProtectOf(minutes: number): TimeToProtect {
  const found = classHours.findIndex((bound) => minutes <= bound * 60);
  const own = found === -1 ? classHours.length : found;
  return { count: 1, minutes, classes: noTimeToProtect.classes.map((_, place) => (place === own ? 1 : 0)) };
}

/** Adds times, or takes them away; nothing falls below zero. */
export function addTimesToProtect(a: TimeToProtect, b: TimeToProtect, sign: 1 | -1 = 1): TimeToProtect {
  return {
    count: Math.max(0, a.count + sign * b.count),
    minutes: Math.max(0, a.minutes + sign * b.minutes),
    classes: a.classes.map((count, place) => Math.max(0, count + sign * (b.classes[place] ?? 0))),
  };
}

/** Mean and median of the times. */
export function figuresOf({ count, minutes, classes }: TimeToProtect): TimeToProtectFigures {
  let seen = 0;
  const half = classes.findIndex((own) => {
    seen += own;
    return count > 0 && 2 * seen >= count;
  });
  return {
    count,
    meanHours: count === 0 ? null : Math.round((100 * minutes) / 60 / count) / 100,
    halfWithinHours: classHours[half] ?? null,
  };
}
