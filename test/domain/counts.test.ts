import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { addCounts, mostOf, total } from '../../lib/domain/counts.ts';

describe('counts', () => {
  it('are added name by name', () => {
    expect(addCounts({ a: 1, b: 2 }, { b: 3, c: 4 })).toEqual({ a: 1, b: 5, c: 4 });
  });

  it('never fall below zero, and keep no zero', () => {
    expect(addCounts({ a: 1, b: 2 }, { a: 5, b: 1, c: 4 }, -1)).toEqual({ b: 1 });
  });

  it.each(['constructor', 'toString', '__proto__'])('count the name %s like any other', (name) => {
    const one = Object.fromEntries([[name, 1]]);

    expect(Object.entries(addCounts(one, one))).toEqual([[name, 2]]);
  });

  it('keep the most frequent names, by name where they are even, and all others as one', () => {
    const counts = { d: 1, a: 7, c: 2, b: 2, e: 1 };

    expect(mostOf(counts, 2, '(others)')).toEqual({ a: 7, b: 2, '(others)': 4 });
    expect(mostOf(counts, 5, '(others)')).toEqual(counts);
  });

  it('have the same total, whatever is named', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.nat(50)), fc.nat(9), (counts, named) => {
        expect(total(mostOf(counts, named, '(others)'))).toBe(total(counts));
      }),
    );
  });
});
