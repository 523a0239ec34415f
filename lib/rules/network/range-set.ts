import type { Range } from './cidr.ts';

/** A set of addresses as ranges that are sorted and do not touch. */
export type RangeSet = readonly Range[];

/** The union of ranges, in any order and overlapping, as a set. */
export function union(ranges: readonly Range[]): RangeSet {
  const merged: { lo: number; hi: number }[] = [];
  for (const { lo, hi } of ranges.toSorted((a, b) => a.lo - b.lo)) {
    const last = merged.at(-1);
    if (last && lo <= last.hi + 1) {
      last.hi = Math.max(last.hi, hi);
    } else {
      merged.push({ lo, hi });
    }
  }
  return merged;
}

/** Whether an address is in a set; halves the set at each step, for service tags have thousands of prefixes. */
export function includes(set: RangeSet, address: number): boolean {
  let from = 0;
  let to = set.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    const range = set[middle];
    if (range && address > range.hi) {
      from = middle + 1;
    } else {
      to = middle;
    }
  }
  const found = set[from];
  return found !== undefined && found.lo <= address;
}

/** What is left of a set without the given ranges. */
export function without(set: RangeSet, holes: readonly Range[]): RangeSet {
  return cut(set, holes).filter(({ lo }) => !includes(union(holes), lo));
}

/**
 * Cuts a set at every edge of the given ranges, lowest address first. Each of the ranges then holds a cell wholly or not
 * at all, so one address of the cell speaks for it.
 */
export function cut(set: RangeSet, at: readonly Range[]): readonly Range[] {
  const starts = [...new Set(at.flatMap(({ lo, hi }) => [lo, hi + 1]))].toSorted((a, b) => a - b);
  const cells: Range[] = [];
  let next = 0;
  for (const { lo, hi } of set) {
    let from = lo;
    while (next < starts.length && (starts[next] ?? 0) <= hi) {
      const start = starts[next] ?? 0;
      if (start > from) {
        cells.push({ lo: from, hi: start - 1 });
        from = start;
      }
      next += 1;
    }
    cells.push({ lo: from, hi });
  }
  return cells;
}
