import { addCounts, type Counts } from './counts.ts';
import { addTimesToProtect, noTimeToProtect, type TimeToProtect } from './time-to-protect.ts';
import type { Verdict } from './verdict.ts';

/** What a part of the estate looked like at the end of a day on which it changed. */
export interface DayPoint {
  readonly verdicts: Counts<Verdict>;
  /** Of the VMs that were first protected on that day. */
  readonly timeToProtect?: TimeToProtect;
}

/** The days of a month on which a part of the estate changed. */
export interface MonthOfPart {
  /** As `YYYY-MM`. */
  readonly month: string;
  /** What it looked like before the first of them; `null` if nothing had been counted yet. */
  readonly start: Counts<Verdict> | null;
  /** By day (`YYYY-MM-DD`). */
  readonly days: Readonly<Record<string, DayPoint>>;
}

/** A part of the estate over some time: its months from some day on, in order, and what it looks like now. */
export interface TrendOfPart {
  readonly months: readonly MonthOfPart[];
  readonly latest: Counts<Verdict>;
}

/** The end of a day. */
export interface TrendDay {
  readonly day: string;
  /** `null`: nothing had been counted yet. */
  readonly verdicts: Counts<Verdict> | null;
  readonly timeToProtect: TimeToProtect;
}

type Changes = readonly (readonly [day: string, point: DayPoint])[];

/** The points of a part in order of their days. */
function changesOf({ months }: TrendOfPart): Changes {
  return months.flatMap(({ days }) => Object.entries(days)).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** A day on which a part did not change is like the one before it; what never changed since is as it is now. */
function daysOf(part: TrendOfPart, days: readonly string[]): readonly TrendDay[] {
  const changes = changesOf(part);
  let verdicts = part.months[0] ? part.months[0].start : part.latest;
  let next = 0;
  return days.map((day) => {
    let timeToProtect = noTimeToProtect;
    for (let change = changes[next]; change && change[0] <= day; change = changes[next]) {
      const [at, point] = change;
      verdicts = point.verdicts;
      timeToProtect = at === day ? (point.timeToProtect ?? noTimeToProtect) : noTimeToProtect;
      next += 1;
    }
    return { day, verdicts, timeToProtect };
  });
}

function addDays(a: TrendDay, b: TrendDay | undefined): TrendDay {
  const verdicts = a.verdicts && b?.verdicts ? addCounts(a.verdicts, b.verdicts) : (a.verdicts ?? b?.verdicts ?? null);
  return { ...a, verdicts, timeToProtect: addTimesToProtect(a.timeToProtect, b?.timeToProtect ?? noTimeToProtect) };
}

/** The trend of disjoint parts together, for days in order. */
export function trendOf(parts: readonly TrendOfPart[], days: readonly string[]): readonly TrendDay[] {
  const nothing = days.map((day): TrendDay => ({ day, verdicts: null, timeToProtect: noTimeToProtect }));
  return parts.reduce<readonly TrendDay[]>((sum, part) => {
    const own = daysOf(part, days);
    return sum.map((day, place) => addDays(day, own[place]));
  }, nothing);
}
