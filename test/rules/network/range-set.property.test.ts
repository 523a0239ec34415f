import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseAddress } from '../../../lib/rules/network/cidr.ts';
import { publicSpace } from '../../../lib/rules/network/public-space.ts';
import { cut, includes, union, without } from '../../../lib/rules/network/range-set.ts';

const address = fc.integer({ min: 0, max: 60 });
const range = fc.tuple(address, address).map(([a, b]) => ({ lo: Math.min(a, b), hi: Math.max(a, b) }));
const ranges = fc.array(range, { maxLength: 8 });
const holds = (list: readonly { lo: number; hi: number }[], each: number) =>
  list.some(({ lo, hi }) => lo <= each && each <= hi);

describe('a union', () => {
  it('holds an address exactly if one of its ranges does', () => {
    fc.assert(
      fc.property(ranges, address, (list, each) => {
        expect(includes(union(list), each)).toBe(holds(list, each));
      }),
    );
  });

  it('does not depend on the order of its ranges', () => {
    fc.assert(
      fc.property(ranges, (list) => {
        expect(union(list.toReversed())).toEqual(union(list));
      }),
    );
  });
});

describe('cells', () => {
  it('are the set itself, cut but not changed', () => {
    fc.assert(
      fc.property(ranges, ranges, (list, edges) => {
        expect(union(cut(union(list), edges))).toEqual(union(list));
      }),
    );
  });

  it('lie wholly inside or wholly outside every range they were cut at', () => {
    fc.assert(
      fc.property(ranges, ranges, (list, edges) => {
        const torn = cut(union(list), edges).filter(({ lo, hi }) =>
          edges.some((edge) => edge.lo <= hi && lo <= edge.hi && !(edge.lo <= lo && hi <= edge.hi)),
        );

        expect(torn).toEqual([]);
      }),
    );
  });

  it('come lowest address first', () => {
    fc.assert(
      fc.property(ranges, ranges, (list, edges) => {
        const starts = cut(union(list), edges).map(({ lo }) => lo);

        expect(starts).toEqual(starts.toSorted((a, b) => a - b));
      }),
    );
  });
});

it('what is left without holes holds an address exactly if the set does and no hole does', () => {
  fc.assert(
    fc.property(ranges, ranges, address, (list, holes, each) => {
      expect(includes(without(union(list), holes), each)).toBe(holds(list, each) && !holds(holes, each));
    }),
  );
});

it.each([
  ['20.36.107.32', true],
  ['1.0.0.0', true],
  ['223.255.255.255', true],
  ['10.1.2.3', false],
  ['100.64.0.1', false],
  ['172.31.255.255', false],
  ['192.168.0.1', false],
  ['168.63.129.16', false],
  ['168.63.129.17', true],
  ['224.0.0.1', false],
])('%s is public: %s', (text, expected) => {
  expect(includes(publicSpace, parseAddress(text) ?? -1)).toBe(expected);
});
