import { describe, expect, it } from 'vitest';

import { counted, isPerfect, missed, nothing, precision, recall } from '../../../local/score/tally.ts';

const tally = { planted: 4, found: 3, wrong: 1 };

describe('a tally', () => {
  it.each([
    [true, true, { planted: 1, found: 1, wrong: 0 }],
    [true, false, { planted: 1, found: 0, wrong: 0 }],
    [false, true, { planted: 0, found: 0, wrong: 1 }],
    [false, false, nothing],
  ])('counts a case that is there: %s, and is said: %s', (isThere, isSaid, expected) => {
    expect(counted(nothing, isThere, isSaid)).toEqual(expected);
  });

  it('has precision and recall', () => {
    expect(precision(tally)).toBe(0.75);
    expect(recall(tally)).toBe(0.75);
    expect(missed(tally)).toBe(1);
  });

  it('has no precision where nothing was said, and no recall where nothing is there', () => {
    expect(precision({ planted: 2, found: 0, wrong: 0 })).toBeNull();
    expect(recall({ planted: 0, found: 0, wrong: 2 })).toBeNull();
  });

  it.each([
    [{ planted: 2, found: 2, wrong: 0 }, true],
    [nothing, true],
    [{ planted: 2, found: 1, wrong: 0 }, false],
    [{ planted: 2, found: 2, wrong: 1 }, false],
  ])('%j is perfect: %s', (each, expected) => {
    expect(isPerfect(each)).toBe(expected);
  });
});
