/** How often each name occurs; a name that never does is absent. */
export type Counts<Name extends string = string> = Readonly<Partial<Record<Name, number>>>;

/**
 * Adds or takes away counts. Nothing falls below zero: what was cut off in the whole is not missed when a part of it is
 * taken away.
 */
export function addCounts<Name extends string>(a: Counts<Name>, b: Counts<Name>, sign: 1 | -1 = 1): Counts<Name> {
  // A map, because owners are free text: an owner called `constructor` is a name like any other.
  const sum = new Map(Object.entries<number | undefined>(a));
  for (const [name, count = 0] of Object.entries<number | undefined>(b)) {
    sum.set(name, (sum.get(name) ?? 0) + sign * count);
  }
  return Object.fromEntries([...sum].filter(([, count = 0]) => count > 0)) as Counts<Name>;
}

/** All that was counted. */
export function total(counts: Counts): number {
  return Object.values(counts).reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

/** The names with the highest counts, as many as wanted, and all others together under one name. */
export function mostOf(counts: Counts, wanted: number, others: string): Counts {
  const sorted = Object.entries(counts).toSorted(([a, m = 0], [b, n = 0]) => n - m || (a < b ? -1 : 1));
  const rest = total(Object.fromEntries(sorted.slice(wanted)));
  const most = Object.fromEntries(sorted.slice(0, wanted));
  return rest > 0 ? addCounts(most, { [others]: rest }) : most;
}
