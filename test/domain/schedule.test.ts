import { describe, expect, it } from 'vitest';

import { dailySchedule, hourlySchedule, weeklySchedule } from '../../lib/domain/schedule.ts';

describe('the largest gap of an hourly policy (ruling 9)', () => {
  it.each([
    ['every 4 h all day', 4, 24, 4],
    ['every 4 h within 12 h: a run at the end of the window counts', 4, 12, 12],
    ['every 4 h within 8 h', 4, 8, 16],
    ['every 4 h within 10 h: the last run is at the 8th hour', 4, 10, 16],
    ['every 6 h within 20 h: the interval is longer than the night', 6, 20, 6],
    ['every 12 h within 12 h', 12, 12, 12],
    ['every 12 h within 16 h', 12, 16, 12],
    ['every 6 h within 4 h: one run a day', 6, 4, 24],
    ['every 4 h within more than a day', 4, 30, 4],
  ])('%s', (_what, interval, window, gapHours) => {
    expect(hourlySchedule(interval, window)).toEqual({ kind: 'hourly', gapHours, intervalHours: interval });
  });

  it.each([
    [0, 12],
    [-4, 12],
    [4, 0],
    [Number.NaN, 12],
    [4, Number.NaN],
  ])('cannot be told for an interval of %d within %d h', (interval, window) => {
    expect(hourlySchedule(interval, window)).toBeUndefined();
  });
});

describe('the largest gap of a daily policy', () => {
  it.each([
    ['once a day', [22.5], 24],
    ['twice, unevenly', [2, 22], 20],
    ['the same time twice', [3, 3], 24],
    ['three times, in any order', [20, 4, 12], 8],
  ])('%s', (_what, hours, gapHours) => {
    expect(dailySchedule(hours)).toEqual({ kind: 'daily', gapHours });
  });

  it('cannot be told without a time of day', () => {
    expect(dailySchedule([])).toBeUndefined();
  });
});

describe('the largest gap of a weekly policy', () => {
  it.each([
    ['one day', ['Sunday'], [2], 168],
    ['two days, across the end of the week', ['Saturday', 'Tuesday'], [2], 96],
    ['weekdays in any case and order', ['friday', 'MONDAY', 'Tuesday', 'wednesday', 'Thursday'], [22], 72],
    ['every day', ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'], [1], 24],
  ])('%s', (_what, days, hours, gapHours) => {
    expect(weeklySchedule(days, hours)).toEqual({ kind: 'weekly', gapHours });
  });

  it.each([
    ['a day that is none', ['Someday'], [2]],
    ['no day', [], [2]],
    ['no time', ['Sunday'], []],
  ])('cannot be told for %s', (_what, days, hours) => {
    expect(weeklySchedule(days, hours)).toBeUndefined();
  });
});
