import * as z from 'zod';

import type { BackupPolicy, Retention } from '../domain/backup-policy.ts';
import { dailySchedule, hourlySchedule, type Schedule, weeklySchedule } from '../domain/schedule.ts';
import { count, part, present, text } from './lenient.ts';

const Times = z.array(z.string());
const SchedulePolicy = z.object({
  scheduleRunFrequency: text,
  scheduleRunTimes: Times.nullish().catch(undefined),
  scheduleRunDays: Times.nullish().catch(undefined),
  dailySchedule: z.object({ scheduleRunTimes: Times }).nullish().catch(undefined),
  weeklySchedule: z.object({ scheduleRunDays: Times, scheduleRunTimes: Times }).nullish().catch(undefined),
  hourlySchedule: z
    .looseObject({ interval: z.number(), scheduleWindowDuration: z.number() })
    .nullish()
    .catch(undefined),
});

const Kept = part({ retentionDuration: part({ count, durationType: text }) });
type Kept = z.infer<typeof Kept>;
const RetentionPolicy = part({
  dailySchedule: Kept,
  weeklySchedule: Kept,
  monthlySchedule: z.unknown().optional(),
  yearlySchedule: z.unknown().optional(),
});

const PolicyRow = z.object({
  id: z.string(),
  name: z.string(),
  policyType: z.unknown().optional(),
  schedulePolicy: z.unknown().optional(),
  retentionPolicy: RetentionPolicy,
  protectedItemsCount: count,
  instantRpRetentionRangeInDays: count,
  instantRPDetails: part({ azureBackupRGNamePrefix: text, azureBackupRGNameSuffix: text }),
  snapshotConsistencyType: text,
});

/** Hours of the day of instants such as `2026-01-05T22:30:00Z`; the day in them means nothing. None, if one is no instant. */
function hoursOf(times: readonly string[]): readonly number[] {
  const instants = times.map((time) => new Date(time));
  return instants.some((time) => Number.isNaN(time.getTime()))
    ? []
    : instants.map((time) => time.getUTCHours() + time.getUTCMinutes() / 60);
}

/** Standard (V1) and Enhanced (V2) schedules; `undefined` for anything else. */
function scheduleOf(raw: unknown): Schedule | undefined {
  const parsed = SchedulePolicy.safeParse(raw);
  if (!parsed.success) {
    return undefined;
  }
  const policy = parsed.data;
  switch (policy.scheduleRunFrequency) {
    case 'Hourly':
      return policy.hourlySchedule
        ? hourlySchedule(policy.hourlySchedule.interval, policy.hourlySchedule.scheduleWindowDuration)
        : undefined;
    case 'Daily':
      return dailySchedule(hoursOf(policy.dailySchedule?.scheduleRunTimes ?? policy.scheduleRunTimes ?? []));
    case 'Weekly': {
      const days = policy.weeklySchedule?.scheduleRunDays ?? policy.scheduleRunDays ?? [];
      return weeklySchedule(days, hoursOf(policy.weeklySchedule?.scheduleRunTimes ?? policy.scheduleRunTimes ?? []));
    }
    default:
      return undefined;
  }
}

/** Azure leaves the type out of a Standard policy. */
function subtypeOf(policyType: unknown): BackupPolicy['subtype'] {
  if (policyType === 'V1' || policyType === '' || policyType === null || policyType === undefined) {
    return 'Standard';
  }
  return policyType === 'V2' ? 'Enhanced' : undefined;
}

function wholeCount(kept: Kept, durationType: string): number | undefined {
  const { count: units, durationType: unit } = kept?.retentionDuration ?? {};
  return unit === durationType && units !== undefined && Number.isSafeInteger(units) && units > 0 ? units : undefined;
}

/** Daily points where there are any, else weekly ones; each has its own unit, and any other one is not understood. */
function retentionOf(policy: z.infer<typeof RetentionPolicy>): Retention | undefined {
  if (policy?.dailySchedule) {
    const days = wholeCount(policy.dailySchedule, 'Days');
    return days === undefined ? undefined : { kind: 'daily', days };
  }
  const weeks = wholeCount(policy?.weeklySchedule, 'Weeks');
  return weeks === undefined ? undefined : { kind: 'weekly', weeks };
}

/** Whether some points are kept beyond those of single runs, however long. */
function keepsFurther(policy: z.infer<typeof RetentionPolicy>): true | undefined {
  const { dailySchedule, weeklySchedule, monthlySchedule, yearlySchedule } = policy ?? {};
  return (dailySchedule && weeklySchedule) || monthlySchedule || yearlySchedule ? true : undefined;
}

/** A row of the query `backupPolicies`. */
export function readPolicy(raw: unknown): BackupPolicy | undefined {
  const row = PolicyRow.safeParse(raw);
  if (!row.success) {
    return undefined;
  }
  const { id, name, policyType, schedulePolicy, retentionPolicy, instantRPDetails } = row.data;
  const { azureBackupRGNamePrefix: prefix, azureBackupRGNameSuffix: suffix } = instantRPDetails ?? {};
  return {
    id,
    name,
    ...present<Partial<BackupPolicy>>({
      itemsAssigned: row.data.protectedItemsCount,
      subtype: subtypeOf(policyType),
      schedule: scheduleOf(schedulePolicy),
      retention: retentionOf(retentionPolicy),
      keepsFurther: keepsFurther(retentionPolicy),
      instantRestoreDays: row.data.instantRpRetentionRangeInDays,
      snapshotConsistency: row.data.snapshotConsistencyType,
      restorePointGroup: prefix || suffix ? { prefix: prefix ?? '', suffix: suffix ?? '' } : undefined,
    }),
  };
}
