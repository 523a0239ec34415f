import { expect, it } from 'vitest';

import { dayAfter, dayOf, daysUntil, laterDay, monthOf } from '../../lib/domain/day.ts';

it('a day is that of the instant in UTC', () => {
  expect(dayOf('2026-11-20T23:59:59.999Z')).toBe('2026-11-20');
  expect(dayOf(new Date('2026-11-21T00:30:00+02:00'))).toBe('2026-11-20');
});

it.each([
  ['2026-11-20', 1, '2026-11-21'],
  ['2026-12-31', 1, '2027-01-01'],
  ['2028-03-01', -1, '2028-02-29'],
  ['2026-11-20', 0, '2026-11-20'],
  ['2026-03-28', 3, '2026-03-31'],
])('%s and %i days are %s', (day, days, expected) => {
  expect(dayAfter(day, days)).toBe(expected);
});

it('days until a day are in order, and end with it', () => {
  expect(daysUntil('2026-11-02', 4)).toEqual(['2026-10-30', '2026-10-31', '2026-11-01', '2026-11-02']);
});

it('the later of two days is told over the border of a year', () => {
  expect(laterDay('2026-12-31', '2027-01-01')).toBe('2027-01-01');
  expect(laterDay('2027-01-01', '2026-12-31')).toBe('2027-01-01');
  expect(monthOf('2026-12-31')).toBe('2026-12');
});
