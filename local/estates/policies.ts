import { day, hour } from './instants.ts';

type Design = {
  readonly name: string;
  readonly policyType: 'V1' | 'V2';
  readonly instantRpRetentionRangeInDays: number;
  readonly schedulePolicy: Readonly<Record<string, unknown>>;
  readonly retentionPolicy: Readonly<Record<string, unknown>>;
  /** Name of the resource group for restore points, where it is not Azure's own. */
  readonly instantRPDetails?: Readonly<Record<string, string>>;
  readonly snapshotConsistencyType?: 'OnlyCrashConsistent';
  /** Minutes of the day (UTC) at which a backup starts. */
  readonly minutesOfDay: readonly number[];
  /** 0 is Sunday; absent means every day. */
  readonly daysOfWeek?: readonly number[];
};

const weekDays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const atNight = ['2026-01-05T22:30:00Z'];
const nightRun = [22 * 60 + 30];
const inTheMorning = '2026-01-05T08:00:00Z';

function daily(retentionTimes: readonly string[], count = 30): Design['retentionPolicy'] {
  const dailySchedule = { retentionTimes, retentionDuration: { count, durationType: 'Days' } };
  return { retentionPolicyType: 'LongTermRetentionPolicy', dailySchedule };
}

function weekly(daysOfTheWeek: readonly string[], count: number): Design['retentionPolicy'] {
  const retentionDuration = { count, durationType: 'Weeks' };
  return {
    retentionPolicyType: 'LongTermRetentionPolicy',
    weeklySchedule: { daysOfTheWeek, retentionTimes: atNight, retentionDuration },
  };
}

/** Azure's own Enhanced policy, with a name of its own and what else differs. */
function enhanced(name: string, changes: Partial<Design> = {}): Design {
  return {
    name,
    policyType: 'V2',
    instantRpRetentionRangeInDays: 7,
    schedulePolicy: {
      schedulePolicyType: 'SimpleSchedulePolicyV2',
      scheduleRunFrequency: 'Daily',
      dailySchedule: { scheduleRunTimes: atNight },
    },
    retentionPolicy: daily(atNight),
    minutesOfDay: nightRun,
    ...changes,
  };
}

/** Azure's own Standard policy, with a name of its own and what else differs. */
function standard(name: string, changes: Partial<Design> = {}): Design {
  return {
    name,
    policyType: 'V1',
    instantRpRetentionRangeInDays: 2,
    schedulePolicy: {
      schedulePolicyType: 'SimpleSchedulePolicy',
      scheduleRunFrequency: 'Daily',
      scheduleRunTimes: atNight,
      scheduleWeeklyFrequency: 0,
    },
    retentionPolicy: daily(atNight),
    minutesOfDay: nightRun,
    ...changes,
  };
}

/** An Enhanced policy that runs every four hours. */
function hourly(name: string, windowStart: string, hours: number, changes: Partial<Design> = {}): Design {
  const firstRun = new Date(windowStart).getUTCHours();
  const runs = hours === 24 ? 6 : hours / 4 + 1;
  return enhanced(name, {
    schedulePolicy: {
      schedulePolicyType: 'SimpleSchedulePolicyV2',
      scheduleRunFrequency: 'Hourly',
      hourlySchedule: { interval: 4, scheduleWindowStartTime: windowStart, scheduleWindowDuration: hours },
    },
    retentionPolicy: daily([windowStart]),
    minutesOfDay: Array.from({ length: runs }, (_, run) => (firstRun + 4 * run) * 60),
    ...changes,
  });
}

/** An Enhanced policy that runs at night on some days of the week. */
function onDays(name: string, daysOfWeek: readonly number[], weeks: number): Design {
  const scheduleRunDays = weekDays.filter((_, number) => daysOfWeek.includes(number));
  return enhanced(name, {
    schedulePolicy: {
      schedulePolicyType: 'SimpleSchedulePolicyV2',
      scheduleRunFrequency: 'Weekly',
      weeklySchedule: { scheduleRunDays, scheduleRunTimes: atNight },
    },
    retentionPolicy: weekly(scheduleRunDays, weeks),
    daysOfWeek,
  });
}

const midnight = '2026-01-05T00:00:00Z';

/** What the policies say. Names and shapes of `EnhancedPolicy` and `DefaultPolicy` are Azure's own. */
export const policyDesigns = {
  enhanced: enhanced('EnhancedPolicy'),
  standard: standard('DefaultPolicy'),
  hourly: hourly('Enhanced-4h-08-20', inTheMorning, 12),
  weekly: standard('Weekly-Sunday-12w', {
    instantRpRetentionRangeInDays: 5,
    schedulePolicy: {
      schedulePolicyType: 'SimpleSchedulePolicy',
      scheduleRunFrequency: 'Weekly',
      scheduleRunTimes: atNight,
      scheduleWeeklyFrequency: 0,
      scheduleRunDays: ['Sunday'],
    },
    retentionPolicy: weekly(['Sunday'], 12),
    daysOfWeek: [0],
  }),
  roundTheClock: hourly('Enhanced-4h', midnight, 24),
  instant17: hourly('Enhanced-4h-17d', inTheMorning, 12, { instantRpRetentionRangeInDays: 17 }),
  instant18: hourly('Enhanced-4h-18d', inTheMorning, 12, { instantRpRetentionRangeInDays: 18 }),
  keeps29: enhanced('Keep-29', { retentionPolicy: daily(atNight, 29) }),
  keeps5Weeks: onDays('Every-night-5w', [0, 1, 2, 3, 4, 5, 6], 5),
  keeps4Weeks: onDays('Every-night-4w', [0, 1, 2, 3, 4, 5, 6], 4),
  notOnSundays: onDays('Workdays-and-Saturday', [1, 2, 3, 4, 5, 6], 26),
  thursdays: onDays('Thursdays-26w', [4], 26),
  instant30: enhanced('Enhanced-30d', { instantRpRetentionRangeInDays: 30 }),
  instant31: enhanced('Enhanced-31d', { instantRpRetentionRangeInDays: 31, retentionPolicy: daily(atNight, 60) }),
  standardInstant5: standard('Standard-5d', { instantRpRetentionRangeInDays: 5 }),
  standardInstant6: standard('Standard-6d', { instantRpRetentionRangeInDays: 6 }),
  standardCrashOnly: standard('Standard-crash-consistent', { snapshotConsistencyType: 'OnlyCrashConsistent' }),
  ownGroup: enhanced('Enhanced-own-group', {
    instantRPDetails: { azureBackupRGNamePrefix: 'rg-snapshots-', azureBackupRGNameSuffix: '-prod' },
  }),
  standardByTheWrongName: standard('EnhancedPolicy'),
} satisfies Record<string, Design>;

/** What a policy is called here; its name in Azure stands in its design. */
export type PolicyKind = keyof typeof policyDesigns;

/** The four policies that every ordinary vault has from its first day. */
export const usualPolicies = ['enhanced', 'standard', 'hourly', 'weekly'] as const satisfies readonly PolicyKind[];

/** Whether a policy runs on one day of the week only. */
export function isWeekly(kind: PolicyKind): boolean {
  return policyDesign(kind).daysOfWeek?.length === 1;
}

/** The design of a policy. */
export function policyDesign(kind: PolicyKind): Design {
  return policyDesigns[kind];
}

const halfHour = hour / 2;

/** The newest start of a backup under this policy that lies at or before `at` (milliseconds). */
export function lastRunBy(kind: PolicyKind, at: number): number {
  const { minutesOfDay, daysOfWeek } = policyDesign(kind);
  let run = at - (at % halfHour);
  // 1 January 1970, day 0 of the count of days, was a Thursday: day 4 of its week.
  const dayOfWeek = () => (Math.floor(run / day) + 4) % 7;
  const isRun = () =>
    minutesOfDay.includes((run % day) / 60_000) && (daysOfWeek === undefined || daysOfWeek.includes(dayOfWeek()));
  while (!isRun()) run -= halfHour;
  return run;
}

/** The newest run that is certainly over: a generated backup takes less than two hours. */
export function lastFinishedRun(kind: PolicyKind, now: number): number {
  return lastRunBy(kind, now - 2 * hour);
}
