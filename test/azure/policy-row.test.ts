import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readPolicy } from '../../lib/azure/policy-row.ts';
import { policyId } from '../contract/test-estate.ts';
import { mutationsOf } from './mutations.ts';

const read = (row: object) => readPolicy({ id: policyId(), name: 'p', ...row });

describe('a policy', () => {
  const scheduleOf = (schedulePolicy: unknown) => read({ schedulePolicy })?.schedule;
  const half = '2026-01-01T22:30:00Z';

  test.each([
    [
      { scheduleRunFrequency: 'Daily', scheduleRunTimes: [half] },
      { kind: 'daily', gapHours: 24 },
    ],
    [
      { scheduleRunFrequency: 'Daily', dailySchedule: { scheduleRunTimes: [half] } },
      { kind: 'daily', gapHours: 24 },
    ],
    [
      { scheduleRunFrequency: 'Weekly', scheduleRunDays: ['Sunday', 'Monday'], scheduleRunTimes: [half] },
      { kind: 'weekly', gapHours: 144 },
    ],
    [
      { scheduleRunFrequency: 'Weekly', weeklySchedule: { scheduleRunDays: ['Sunday'], scheduleRunTimes: [half] } },
      { kind: 'weekly', gapHours: 168 },
    ],
    [
      { scheduleRunFrequency: 'Hourly', hourlySchedule: { interval: 4, scheduleWindowDuration: 12 } },
      { kind: 'hourly', gapHours: 12 },
    ],
  ])('with the schedule %j leaves a gap: %j', (schedulePolicy, schedule) => {
    expect(scheduleOf(schedulePolicy)).toMatchObject(schedule);
  });

  test.each([
    [undefined],
    [null],
    ['Daily'],
    [{}],
    [{ scheduleRunFrequency: 'Monthly', scheduleRunTimes: [half] }],
    [{ scheduleRunFrequency: 'Daily' }],
    [{ scheduleRunFrequency: 'Daily', scheduleRunTimes: ['at night'] }],
    [{ scheduleRunFrequency: 'Daily', scheduleRunTimes: [half, 'at night'] }],
    [{ scheduleRunFrequency: 'Weekly', scheduleRunDays: ['Someday'], scheduleRunTimes: [half] }],
    [{ scheduleRunFrequency: 'Hourly', hourlySchedule: { interval: 0, scheduleWindowDuration: 12 } }],
    [{ scheduleRunFrequency: 'Hourly', hourlySchedule: { interval: 4, scheduleWindowDuration: 'noon' } }],
    [{ scheduleRunFrequency: 'Hourly', hourlySchedule: { interval: 4 } }],
  ])('is known although its schedule cannot be understood: %j', (schedulePolicy) => {
    expect(read({ schedulePolicy })).toEqual({ id: policyId(), name: 'p', subtype: 'Standard' });
  });
});

test.each([
  ['V1', 'Standard'],
  ['V2', 'Enhanced'],
  ['', 'Standard'],
  [null, 'Standard'],
  [undefined, 'Standard'],
  ['V3', undefined],
  [2, undefined],
])('a policy of type %j is %s', (policyType, subtype) => {
  expect(read({ policyType })?.subtype).toBe(subtype);
});

describe('points are kept', () => {
  const kept = (count: unknown, durationType: unknown) => ({ retentionDuration: { count, durationType } });

  test.each([
    [{ dailySchedule: kept(30, 'Days') }, { kind: 'daily', days: 30 }],
    [{ weeklySchedule: kept(4, 'Weeks') }, { kind: 'weekly', weeks: 4 }],
    [
      { dailySchedule: kept(7, 'Days'), weeklySchedule: kept(12, 'Weeks'), yearlySchedule: kept(10, 'Years') },
      { kind: 'daily', days: 7 },
    ],
    [
      { dailySchedule: null, weeklySchedule: kept(4, 'Weeks') },
      { kind: 'weekly', weeks: 4 },
    ],
  ])('%j: %j', (retentionPolicy, retention) => {
    expect(read({ retentionPolicy })?.retention).toEqual(retention);
  });

  test.each([
    [undefined],
    [null],
    ['LongTermRetentionPolicy'],
    [{}],
    [{ retentionDuration: { count: 30, durationType: 'Days' } }],
    [{ monthlySchedule: kept(60, 'Months') }],
    [{ dailySchedule: kept(30, 'Fortnights') }],
    [{ dailySchedule: kept(30, undefined) }],
    [{ dailySchedule: kept('30', 'Days') }],
    [{ dailySchedule: kept(0, 'Days') }],
    [{ dailySchedule: kept(1.5, 'Days') }],
    [{ dailySchedule: {}, weeklySchedule: kept(4, 'Weeks') }],
  ])('for a time that cannot be told: %j', (retentionPolicy) => {
    expect(read({ retentionPolicy })).not.toHaveProperty('retention');
  });

  test.each([
    [{ dailySchedule: kept(30, 'Days') }, undefined],
    [{ weeklySchedule: kept(5, 'Weeks') }, undefined],
    [{ dailySchedule: kept(30, 'Days'), weeklySchedule: kept(5, 'Weeks') }, true],
    [{ dailySchedule: kept(30, 'Days'), monthlySchedule: kept(12, 'Months') }, true],
    [{ weeklySchedule: kept(5, 'Weeks'), yearlySchedule: kept(3, 'Years') }, true],
  ])('and some beyond: %j: %s', (retentionPolicy, keepsFurther) => {
    expect(read({ retentionPolicy })?.keepsFurther).toBe(keepsFurther);
  });
});

test('what else a policy says is read where it says it', () => {
  const row = {
    instantRpRetentionRangeInDays: 5,
    snapshotConsistencyType: 'OnlyCrashConsistent',
    instantRPDetails: { azureBackupRGNamePrefix: 'rg-snapshots-', azureBackupRGNameSuffix: '-prod' },
  };

  expect(read(row)).toMatchObject({
    instantRestoreDays: 5,
    snapshotConsistency: 'OnlyCrashConsistent',
    restorePointGroup: { prefix: 'rg-snapshots-', suffix: '-prod' },
  });
  expect(read({ instantRPDetails: { azureBackupRGNamePrefix: 'rg-' } })?.restorePointGroup).toEqual({
    prefix: 'rg-',
    suffix: '',
  });
  expect(Object.keys(read({ instantRPDetails: {}, snapshotConsistencyType: '' }) ?? {})).toEqual([
    'id',
    'name',
    'subtype',
  ]);
});

test('no broken row makes a policy out of what is none, or an Enhanced one out of what does not say so', () => {
  const row = { id: policyId(), name: 'p', policyType: 'V1', schedulePolicy: {}, retentionPolicy: {} };

  fc.assert(
    fc.property(fc.oneof(mutationsOf(row), fc.anything()), (raw) => {
      const policy = readPolicy(raw);
      expect(policy === undefined || typeof policy.id === 'string').toBe(true);
      expect(policy?.subtype).not.toBe('Enhanced');
    }),
    { numRuns: 300 },
  );
});
