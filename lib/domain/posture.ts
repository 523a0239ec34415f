import { addCounts, type Counts } from './counts.ts';
import { dayOf } from './day.ts';
import { exemptionEndOf } from './exemption-ends.ts';
import type { ExemptionOfVm } from './registered-exemption.ts';
import { addTimeSums, subtractTimeSums, type Timed, type TimeSums, timeSumsOf } from './time-sums.ts';
import { addTimesToProtect, noTimeToProtect, type TimeToProtect, timeToProtectOf } from './time-to-protect.ts';
import type { Verdict } from './verdict.ts';

/** Verdicts of VMs counted by something that they have in common. */
type VerdictsBy = Readonly<Record<string, Counts<Verdict>>>;

/** Verdicts counted over a scope. Adding postures of disjoint scopes gives the posture of their union. */
export interface Posture {
  readonly vms: number;
  readonly verdicts: Counts<Verdict>;
  /** VMs by the rule of severity blocker or warning that they fail. */
  readonly rules: VerdictsBy;
  /** VMs by value of the owner tag; `(none)` where a VM has none. */
  readonly owners: VerdictsBy;
  readonly subscriptions: Counts;
  /** By day (`YYYY-MM-DD`): how long it took to protect the VMs that were first protected on it. */
  readonly protections: Readonly<Record<string, TimeToProtect>>;
  /** Of how many VMs, for how long they are open, and what it took to protect them; absent in what was counted earlier. */
  readonly times?: TimeSums;
  /** The same by owner. */
  readonly ownerTimes?: Readonly<Record<string, TimeSums>>;
  /** Exempt VMs by the day on which their exemption ends; absent in what was counted earlier. */
  readonly exemptUntil?: Counts;
}

/** What a VM contributes to a posture. */
export interface Counted extends Timed {
  readonly failing: readonly string[];
  readonly subscriptionId: string;
  readonly owner: string;
  readonly exemption?: Pick<ExemptionOfVm, 'endsAt'>;
}

export const emptyPosture: Posture = {
  vms: 0,
  verdicts: {},
  rules: {},
  owners: {},
  subscriptions: {},
  protections: {},
};

/** Counts that grow in place: a posture may have many thousands of parts. */
class Tally {
  #vms = 0;
  readonly #verdicts = new Map<string, number>();
  readonly #subscriptions = new Map<string, number>();
  readonly #rules = new Map<string, Map<string, number>>();
  readonly #owners = new Map<string, Map<string, number>>();
  readonly #protections = new Map<string, TimeToProtect>();
  #times: TimeSums | undefined;
  readonly #ownerTimes = new Map<string, TimeSums>();
  readonly #exemptUntil = new Map<string, number>();

  addVm(vm: Counted): void {
    const { verdict, failing, subscriptionId, owner, firstProtected } = vm;
    this.#vms += 1;
    grow(this.#verdicts, verdict, 1);
    grow(this.#subscriptions, subscriptionId, 1);
    grow(within(this.#owners, owner), verdict, 1);
    for (const rule of failing) {
      grow(within(this.#rules, rule), verdict, 1);
    }
    const end = exemptionEndOf(vm);
    if (end !== undefined) {
      grow(this.#exemptUntil, end, 1);
    }
    const times = timeSumsOf(vm);
    this.#times = addTimeSums(this.#times, times);
    this.#addOwnerTimes(owner, times);
    if (firstProtected?.minutes !== undefined) {
      this.#addTimes(dayOf(firstProtected.at), timeToProtectOf(firstProtected.minutes));
    }
  }

  addPosture(posture: Posture): void {
    const { vms, verdicts, subscriptions, rules, owners, protections, times, ownerTimes } = posture;
    this.#vms += vms;
    growAll(this.#verdicts, verdicts);
    growAll(this.#subscriptions, subscriptions);
    for (const [rule, counts] of Object.entries(rules)) {
      growAll(within(this.#rules, rule), counts);
    }
    for (const [owner, counts] of Object.entries(owners)) {
      growAll(within(this.#owners, owner), counts);
    }
    for (const [day, own] of Object.entries(protections)) {
      this.#addTimes(day, own);
    }
    growAll(this.#exemptUntil, posture.exemptUntil ?? {});
    this.#times = addTimeSums(this.#times, times);
    for (const [owner, own] of Object.entries(ownerTimes ?? {})) {
      this.#addOwnerTimes(owner, own);
    }
  }

  get posture(): Posture {
    return {
      vms: this.#vms,
      verdicts: Object.fromEntries(this.#verdicts),
      rules: plain(this.#rules),
      owners: plain(this.#owners),
      subscriptions: Object.fromEntries(this.#subscriptions),
      protections: Object.fromEntries(this.#protections),
      ...timesIn(this.#times, this.#ownerTimes),
      ...endsIn(Object.fromEntries(this.#exemptUntil)),
    };
  }

  #addOwnerTimes(owner: string, times: TimeSums | undefined): void {
    const sum = addTimeSums(this.#ownerTimes.get(owner), times);
    if (sum) {
      this.#ownerTimes.set(owner, sum);
    }
  }

  #addTimes(day: string, times: TimeToProtect): void {
    this.#protections.set(day, addTimesToProtect(this.#protections.get(day) ?? noTimeToProtect, times));
  }
}

/** The times of a posture, where any are known. */
function timesIn(
  times: TimeSums | undefined,
  owners: ReadonlyMap<string, TimeSums>,
): Pick<Posture, 'times' | 'ownerTimes'> {
  return { ...(times ? { times } : {}), ...(owners.size > 0 ? { ownerTimes: Object.fromEntries(owners) } : {}) };
}

/** The ends of exemptions, where any are known. */
function endsIn(exemptUntil: Counts): Pick<Posture, 'exemptUntil'> {
  return Object.keys(exemptUntil).length > 0 ? { exemptUntil } : {};
}

function grow(counts: Map<string, number>, name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}

function growAll(counts: Map<string, number>, more: Counts): void {
  for (const name in more) {
    grow(counts, name, more[name] ?? 0);
  }
}

function within(groups: Map<string, Map<string, number>>, name: string): Map<string, number> {
  const group = groups.get(name) ?? new Map<string, number>();
  groups.set(name, group);
  return group;
}

function plain(groups: ReadonlyMap<string, ReadonlyMap<string, number>>): VerdictsBy {
  return Object.fromEntries([...groups].map(([name, counts]) => [name, Object.fromEntries(counts)]));
}

/** The posture of VMs, each counted once. They are looked at one after the other, so there may be any number. */
export function postureOf(vms: Iterable<Counted>): Posture {
  const tally = new Tally();
  for (const vm of vms) {
    tally.addVm(vm);
  }
  return tally.posture;
}

/** The posture of disjoint scopes together. */
export function sumPostures(postures: Iterable<Posture>): Posture {
  const tally = new Tally();
  for (const posture of postures) {
    tally.addPosture(posture);
  }
  return tally.posture;
}

/** The posture of two disjoint scopes together. */
export function addPostures(a: Posture, b: Posture): Posture {
  return sumPostures([a, b]);
}

/** Takes away what stands under the same name; where nothing is left, the name goes too. */
function subtractBy<T>(
  whole: Readonly<Record<string, T>>,
  part: Readonly<Record<string, T>>,
  subtract: (one: T, other: T) => T | undefined,
): Readonly<Record<string, T>> {
  const left = new Map(Object.entries(whole));
  for (const [name, own] of Object.entries(part)) {
    const before = left.get(name);
    const after = before === undefined ? undefined : subtract(before, own);
    if (after === undefined) {
      left.delete(name);
    } else {
      left.set(name, after);
    }
  }
  return Object.fromEntries(left);
}

function subtractVerdicts(whole: VerdictsBy, part: VerdictsBy): VerdictsBy {
  return subtractBy(whole, part, (one, other) => {
    const left = addCounts(one, other, -1);
    return Object.keys(left).length > 0 ? left : undefined;
  });
}

function subtractTimes(whole: Posture, part: Posture): Pick<Posture, 'times' | 'ownerTimes'> {
  const left = subtractBy(whole.ownerTimes ?? {}, part.ownerTimes ?? {}, subtractTimeSums);
  return timesIn(subtractTimeSums(whole.times, part.times), new Map(Object.entries(left)));
}

/** The posture of a scope without a part of it; no count falls below zero. */
export function subtractPosture(whole: Posture, part: Posture): Posture {
  return {
    vms: Math.max(0, whole.vms - part.vms),
    verdicts: addCounts(whole.verdicts, part.verdicts, -1),
    rules: subtractVerdicts(whole.rules, part.rules),
    owners: subtractVerdicts(whole.owners, part.owners),
    subscriptions: addCounts(whole.subscriptions, part.subscriptions, -1),
    protections: subtractBy(whole.protections, part.protections, (one, other) => {
      const left = addTimesToProtect(one, other, -1);
      return left.count > 0 ? left : undefined;
    }),
    ...subtractTimes(whole, part),
    ...endsIn(addCounts(whole.exemptUntil ?? {}, part.exemptUntil ?? {}, -1)),
  };
}
