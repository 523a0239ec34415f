import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { addTimesToProtect, figuresOf, noTimeToProtect, timeToProtectOf } from '../../lib/domain/time-to-protect.ts';

const together = (minutes: readonly number[]) =>
  minutes.map(timeToProtectOf).reduce((sum, each) => addTimesToProtect(sum, each), noTimeToProtect);

describe('times to protect', () => {
  it.each([
    ['of nobody', [], { count: 0, meanHours: null, halfWithinHours: null }],
    ['of one within the hour', [60], { count: 1, meanHours: 1, halfWithinHours: 1 }],
    ['of one a minute later', [61], { count: 1, meanHours: 1.02, halfWithinHours: 4 }],
    ['of two, of which half is quick', [10, 50_000], { count: 2, meanHours: 416.75, halfWithinHours: 1 }],
    ['of three, of which two are slow', [10, 5000, 6000], { count: 3, meanHours: 61.17, halfWithinHours: 168 }],
    [
      'of those that took longer than the classes reach',
      [43_201],
      { count: 1, meanHours: 720.02, halfWithinHours: null },
    ],
    ['of one that took exactly as long', [43_200], { count: 1, meanHours: 720, halfWithinHours: 720 }],
  ])('%s', (_whose, minutes, expected) => {
    expect(figuresOf(together(minutes))).toEqual(expected);
  });

  it('are the same in any order, and lose by subtraction what they gained', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60_000)), fc.array(fc.nat(60_000)), (some, others) => {
        const [a, b] = [together(some), together(others)];

        expect(together([...others, ...some])).toEqual(addTimesToProtect(a, b));
        expect(addTimesToProtect(addTimesToProtect(a, b), b, -1)).toEqual(a);
      }),
    );
  });

  it('never fall below none', () => {
    expect(addTimesToProtect(noTimeToProtect, timeToProtectOf(90), -1)).toEqual(noTimeToProtect);
  });
});
