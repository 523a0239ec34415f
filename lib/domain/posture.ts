import type { Verdict } from './verdict.ts';

type Counts<Name extends string = string> = Readonly<Partial<Record<Name, number>>>;

/** Verdicts counted over a scope. Adding postures of disjoint scopes gives the posture of their union. */
export interface Posture {
  readonly vms: number;
  readonly verdicts: Counts<Verdict>;
  /** How many VMs fail a rule of severity blocker or warning. */
  readonly rules: Counts;
  readonly regions: Counts;
  /** VMs by value of the owner tag; `(none)` where a VM has none. */
  readonly owners: Counts;
}

/** What a VM contributes to a posture. */
export interface Counted {
  readonly verdict: Verdict;
  readonly failing: readonly string[];
  readonly region: string;
  readonly owner: string;
}

export const emptyPosture: Posture = { vms: 0, verdicts: {}, rules: {}, regions: {}, owners: {} };

function addCounts<Name extends string>(a: Counts<Name>, b: Counts<Name>, sign: 1 | -1): Counts<Name> {
  // A map, because owners are free text: an owner called `constructor` is a name like any other.
  const sum = new Map(Object.entries<number | undefined>(a));
  for (const [name, count = 0] of Object.entries<number | undefined>(b)) {
    sum.set(name, (sum.get(name) ?? 0) + sign * count);
  }
  return Object.fromEntries([...sum].filter(([, count]) => count !== 0)) as Counts<Name>;
}

function combine(a: Posture, b: Posture, sign: 1 | -1): Posture {
  return {
    vms: a.vms + sign * b.vms,
    verdicts: addCounts(a.verdicts, b.verdicts, sign),
    rules: addCounts(a.rules, b.rules, sign),
    regions: addCounts(a.regions, b.regions, sign),
    owners: addCounts(a.owners, b.owners, sign),
  };
}

/** The posture of two disjoint scopes together. */
export function addPostures(a: Posture, b: Posture): Posture {
  return combine(a, b, 1);
}

/** The posture of a scope without a part of it. */
export function subtractPosture(whole: Posture, part: Posture): Posture {
  return combine(whole, part, -1);
}

/** The posture of VMs, each counted once. */
export function postureOf(vms: Iterable<Counted>): Posture {
  let posture = emptyPosture;
  for (const vm of vms) {
    posture = addPostures(posture, {
      vms: 1,
      verdicts: { [vm.verdict]: 1 },
      rules: Object.fromEntries(vm.failing.map((rule) => [rule, 1])),
      regions: { [vm.region]: 1 },
      owners: { [vm.owner]: 1 },
    });
  }
  return posture;
}
