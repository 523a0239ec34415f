import { day, hour } from './instants.ts';

/** The four backup policies that every vault of a generated estate has. */
export type PolicyKind = 'enhanced' | 'standard' | 'hourly' | 'weekly';

type Design = {
  readonly name: string;
  readonly policyType: 'V1' | 'V2';
  readonly instantRpRetentionRangeInDays: number;
  readonly schedulePolicy: Readonly<Record<string, unknown>>;
  readonly retentionPolicy: Readonly<Record<string, unknown>>;
  /** Minutes of the day (UTC) at which a backup starts. */
  readonly minutesOfDay: readonly number[];
  /** 0 is Sunday; absent means every day. */
  readonly dayOfWeek?: number;
};

const atNight = ['2026-01-05T22:30:00Z'];
const inTheMorning = '2026-01-05T08:00:00Z';

function daily(retentionTimes: readonly string[]): Design['retentionPolicy'] {
  const dailySchedule = { retentionTimes, retentionDuration: { count: 30, durationType: 'Days' } };
  return { retentionPolicyType: 'LongTermRetentionPolicy', dailySchedule };
}

/** What the policies say; names and shapes of the first two are Azure's own defaults. */
export const policyDesigns: Readonly<Record<PolicyKind, Design>> = {
  enhanced: {
    name: 'EnhancedPolicy',
    policyType: 'V2',
    instantRpRetentionRangeInDays: 7,
    schedulePolicy: {
      schedulePolicyType: 'SimpleSchedulePolicyV2',
      scheduleRunFrequency: 'Daily',
      dailySchedule: { scheduleRunTimes: atNight },
    },
    retentionPolicy: daily(atNight),
    minutesOfDay: [22 * 60 + 30],
  },
  standard: {
    name: 'DefaultPolicy',
    policyType: 'V1',
    instantRpRetentionRangeInDays: 2,
    schedulePolicy: {
      schedulePolicyType: 'SimpleSchedulePolicy',
      scheduleRunFrequency: 'Daily',
      scheduleRunTimes: atNight,
      scheduleWeeklyFrequency: 0,
    },
    retentionPolicy: daily(atNight),
    minutesOfDay: [22 * 60 + 30],
  },
  hourly: {
    name: 'Enhanced-4h-08-20',
    policyType: 'V2',
    instantRpRetentionRangeInDays: 7,
    schedulePolicy: {
      schedulePolicyType: 'SimpleSchedulePolicyV2',
      scheduleRunFrequency: 'Hourly',
      hourlySchedule: { interval: 4, scheduleWindowStartTime: inTheMorning, scheduleWindowDuration: 12 },
    },
    retentionPolicy: daily([inTheMorning]),
    minutesOfDay: [8 * 60, 12 * 60, 16 * 60, 20 * 60],
  },
  weekly: {
    name: 'Weekly-Sunday-12w',
    policyType: 'V1',
    instantRpRetentionRangeInDays: 5,
    schedulePolicy: {
      schedulePolicyType: 'SimpleSchedulePolicy',
      scheduleRunFrequency: 'Weekly',
      scheduleRunTimes: atNight,
      scheduleWeeklyFrequency: 0,
      scheduleRunDays: ['Sunday'],
    },
    retentionPolicy: {
      retentionPolicyType: 'LongTermRetentionPolicy',
      weeklySchedule: {
        daysOfTheWeek: ['Sunday'],
        retentionTimes: atNight,
        retentionDuration: { count: 12, durationType: 'Weeks' },
      },
    },
    minutesOfDay: [22 * 60 + 30],
    dayOfWeek: 0,
  },
};

const halfHour = hour / 2;

/** The newest start of a backup under this policy that lies at or before `at` (milliseconds). */
export function lastRunBy(kind: PolicyKind, at: number): number {
  const { minutesOfDay, dayOfWeek } = policyDesigns[kind];
  let run = at - (at % halfHour);
  // 1 January 1970, day 0 of the count of days, was a Thursday: day 4 of its week.
  const isRun = () =>
    minutesOfDay.includes((run % day) / 60_000) &&
    (dayOfWeek ?? (Math.floor(run / day) + 4) % 7) === (Math.floor(run / day) + 4) % 7;
  while (!isRun()) run -= halfHour;
  return run;
}

/** The newest run that is certainly over: a generated backup takes less than two hours. */
export function lastFinishedRun(kind: PolicyKind, now: number): number {
  return lastRunBy(kind, now - 2 * hour);
}
