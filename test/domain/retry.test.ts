import { expect, test } from 'vitest';

import { fewerAfter, pauseAfter, secondsAsked } from '../../lib/domain/retry.ts';

const now = new Date('2026-11-20T06:00:00Z');

test('ten repetitions, about 23 hours, then it is given up', () => {
  const pauses = Array.from({ length: 11 }, (_, at) => pauseAfter(at + 1));

  expect(pauses).toEqual([10, 30, 60, 300, 600, 1800, 3600, 10_800, 21_600, 43_200, undefined]);
});

test.each([
  [1, 900, 900],
  [6, 900, 1800],
  [1, 1_000_000, 86_400],
  [11, 900, undefined],
])('after %d failures, asked to wait for %d seconds, it is %s seconds', (failures, asked, seconds) => {
  expect(pauseAfter(failures, asked)).toBe(seconds);
});

test.each([
  [0, 100, 100],
  [1, 100, 50],
  [2, 7, 1],
  [10, 100, 1],
  [0, 0, 1],
])('after %d failures of %d at most %d go together', (failures, most, fewer) => {
  expect(fewerAfter(failures, most)).toBe(fewer);
});

test.each([
  ['120', 120],
  [' 0 ', 0],
  ['Fri, 20 Nov 2026 06:01:30 GMT', 90],
  ['Fri, 20 Nov 2026 05:00:00 GMT', 0],
  ['soon', undefined],
  ['', undefined],
  [null, undefined],
])('Retry-After %j asks for %s seconds', (header, seconds) => {
  expect(secondsAsked(header, now)).toBe(seconds);
});
