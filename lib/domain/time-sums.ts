import { type Counts, total } from './counts.ts';
import type { FirstProtected } from './first-protected.ts';
import { figuresOf, noTimeToProtect, type TimeToProtectFigures, timeToProtectOf } from './time-to-protect.ts';
import type { Verdict } from './verdict.ts';

/** Verdicts of VMs without a backup that can be restored today: something is to be done. */
const openVerdicts: readonly Verdict[] = ['blocked', 'at-risk', 'protectable'];

/**
 * Sums over VMs, place by place: how many they are; the minutes since 1970 at which the open ones got their verdicts; the minutes that it took to protect VMs; and how many were protected within each class of times. A list
 * of numbers, as it is stored for each owner: sums of disjoint scopes add up, and a mean follows at any later instant.
 */
export type TimeSums = readonly number[];

const [vmsAt, sinceAt, minutesAt, classesAt] = [0, 1, 2, 3];
const minuteMs = 60_000;

/** What the times of a VM are told by. */
export interface Timed {
  readonly verdict: Verdict;
  /** Since when its verdict holds (ISO 8601); absent: its times are unknown, and are not among the sums. */
  readonly since?: string;
  readonly firstProtected?: FirstProtected;
}

/** The sums of one VM. */
export function timeSumsOf({ verdict, since, firstProtected }: Timed): TimeSums | undefined {
  if (since === undefined) {
    return undefined;
  }
  const { minutes, classes } =
    firstProtected?.minutes === undefined ? noTimeToProtect : timeToProtectOf(firstProtected.minutes);
  const openSince = openVerdicts.includes(verdict) ? Math.floor(Date.parse(since) / minuteMs) : 0;
  return [1, openSince, minutes, ...classes];
}

/** The sums of two disjoint scopes together. */
export function addTimeSums(a: TimeSums | undefined, b: TimeSums | undefined): TimeSums | undefined {
  return a && b ? a.map((sum, place) => sum + (b[place] ?? 0)) : (a ?? b);
}

/**
 * The sums of a scope without a part of it; nothing where no VM is left. A part that was never among them, as it was counted
 * before there were sums, takes away what is not its own: then fewer VMs are summed than there are, until none is left.
 */
export function subtractTimeSums(whole: TimeSums | undefined, part: TimeSums | undefined): TimeSums | undefined {
  const left = whole?.map((sum, place) => Math.max(0, sum - (part?.[place] ?? 0)));
  return (left?.[vmsAt] ?? 0) > 0 ? left : undefined;
}

/** VMs that ask for action, and for how long they have on average, in days to a tenth; `null`: there are none, or unknown. */
export interface OpenGaps {
  readonly vms: number;
  readonly meanAgeDays: number | null;
}

/** Whether the sums are those of all VMs that have a verdict. */
function areAll(sums: TimeSums | undefined, verdicts: Counts<Verdict>): boolean {
  return (sums?.[vmsAt] ?? 0) === total(verdicts);
}

/** The open gaps among VMs at an instant; unknown unless the sums are those of all of them. */
export function openGapsOf(sums: TimeSums | undefined, verdicts: Counts<Verdict>, at: Date): OpenGaps {
  const vms = openVerdicts.reduce((sum, verdict) => sum + (verdicts[verdict] ?? 0), 0);
  if (vms === 0 || !areAll(sums, verdicts)) {
    return { vms, meanAgeDays: null };
  }
  const minutes = at.getTime() / minuteMs - (sums?.[sinceAt] ?? 0) / vms;
  return { vms, meanAgeDays: Math.max(0, Math.round(minutes / 144) / 10) };
}

/** How long it took to protect those of the VMs that were seen before; `null`: unknown. */
export function timesToProtectIn(sums: TimeSums | undefined, verdicts: Counts<Verdict>): TimeToProtectFigures | null {
  if (!areAll(sums, verdicts)) {
    return null;
  }
  const classes = sums?.slice(classesAt) ?? noTimeToProtect.classes;
  const count = classes.reduce((sum, own) => sum + own, 0);
  return figuresOf({ count, minutes: sums?.[minutesAt] ?? 0, classes });
}
