import { allVerdicts, compliantPercent } from '../domain/compliance.ts';
import { addCounts, type Counts, mostOf, total } from '../domain/counts.ts';
import { type Posture, sumPostures } from '../domain/posture.ts';
import {
  addTimeSums,
  type OpenGaps,
  openGapsOf,
  subtractTimeSums,
  type TimeSums,
  timesToProtectIn,
} from '../domain/time-sums.ts';
import type { TimeToProtectFigures } from '../domain/time-to-protect.ts';
import type { Verdict } from '../domain/verdict.ts';

/** By what a posture is told apart. */
export const groupings = ['subscription', 'region', 'rule', 'owner'] as const;
export type Grouping = (typeof groupings)[number];

/** A part of a posture. */
export interface PostureGroup {
  /** A subscription id, a region, a rule or an owner. */
  readonly group: string;
  readonly vms: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Of a rule: of the VMs that fail it. */
  readonly compliantPercent: number | null;
  /** Not of a rule: how long its gaps have been open, and what it took to protect its VMs (`null`: unknown). */
  readonly openGaps?: OpenGaps;
  readonly timeToProtect?: TimeToProtectFigures | null;
  /** VMs by failing rule, and by owner; only of subscriptions and regions. */
  readonly rules?: Counts;
  readonly owners?: Counts;
}

/** A place with what was counted there. */
export interface CountedPart {
  readonly subscriptionId?: string;
  readonly region: string;
  readonly posture: Posture;
}

/** Owners that are named in an answer; the VMs of all others are counted together. */
const namedOwners = 100;
/** Owners that are named in each group of an answer. */
const namedOwnersOfGroup = 10;
/** VMs of owners that are not named. */
const others = '(others)';

/** VMs by name, whatever their verdict. */
export function countsOf(by: Posture['rules']): Counts {
  return Object.fromEntries(Object.entries(by).map(([name, counts]) => [name, total(counts)]));
}

/** VMs by owner: those with the most VMs, and all others together. They add up to all VMs. */
export function ownerCounts({ owners, vms }: Posture, named = namedOwners): Counts {
  const most = mostOf(countsOf(owners), named, others);
  const left = vms - total(most);
  return left > 0 ? addCounts(most, { [others]: left }) : most;
}

function groupOf(group: string, counts: Counts<Verdict>): PostureGroup {
  return { group, vms: total(counts), verdicts: allVerdicts(counts), compliantPercent: compliantPercent(counts) };
}

/** What is told of the times of VMs at an instant. */
function timesOf(
  sums: TimeSums | undefined,
  counts: Counts<Verdict>,
  at: Date,
): Pick<PostureGroup, 'openGaps' | 'timeToProtect'> {
  return { openGaps: openGapsOf(sums, counts, at), timeToProtect: timesToProtectIn(sums, counts) };
}

function placeGroup(group: string, parts: readonly CountedPart[], at: Date): PostureGroup {
  const posture = sumPostures(parts.map((part) => part.posture));
  const owners = ownerCounts(posture, namedOwnersOfGroup);
  const { verdicts, rules, times } = posture;
  return { ...groupOf(group, verdicts), ...timesOf(times, verdicts, at), rules: countsOf(rules), owners };
}

function byPlace(
  parts: readonly CountedPart[],
  nameOf: (part: CountedPart) => string,
  at: Date,
): readonly PostureGroup[] {
  return [...Map.groupBy(parts, nameOf)].map(([name, own]) => placeGroup(name, own, at)).filter(({ vms }) => vms > 0);
}

function byOwner(posture: Posture, at: Date): readonly PostureGroup[] {
  const sums = new Map(Object.entries(posture.ownerTimes ?? {}));
  const ofOwner = (name: string, counts: Counts<Verdict>, own: TimeSums | undefined): PostureGroup => ({
    ...groupOf(name, counts),
    ...timesOf(own, counts, at),
  });
  const named = Object.keys(mostOf(countsOf(posture.owners), namedOwners, others)).filter((name) => name !== others);
  const groups = named.map((name) => ofOwner(name, posture.owners[name] ?? {}, sums.get(name)));
  const left = named.reduce((sum, name) => addCounts(sum, posture.owners[name] ?? {}, -1), posture.verdicts);
  const leftSums = subtractTimeSums(posture.times, named.map((name) => sums.get(name)).reduce(addTimeSums, undefined));
  return total(left) > 0 ? [...groups, ofOwner(others, left, leftSums)] : groups;
}

/** A posture at an instant by subscription, region, failing rule or owner; the groups with the most VMs come first. */
export function groupsOf(
  by: Grouping,
  parts: readonly CountedPart[],
  whole: Posture,
  at: Date,
): readonly PostureGroup[] {
  const groups = {
    subscription: () => byPlace(parts, ({ subscriptionId = '' }) => subscriptionId, at),
    region: () => byPlace(parts, ({ region }) => region, at),
    rule: () => Object.entries(whole.rules).map(([rule, counts]) => groupOf(rule, counts)),
    owner: () => byOwner(whole, at),
  }[by]();
  return groups.toSorted((a, b) => b.vms - a.vms || (a.group < b.group ? -1 : 1));
}
