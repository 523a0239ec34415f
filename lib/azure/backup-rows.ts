import * as z from 'zod';

import { armId, region, resourceGroupOf, subscriptionOf } from '../domain/ids.ts';
import type { ProtectedItem, Vault } from '../domain/protection.ts';
import { type BackupPolicy, dailySchedule, hourlySchedule, type Schedule, weeklySchedule } from '../domain/schedule.ts';
import type { ItemOfVm, JobOfContainer } from '../use-cases/ports.ts';

const text = z.string().min(1).optional().catch(undefined);

const VaultRow = z.looseObject({
  id: z.string(),
  name: z.string(),
  location: z.string(),
  tenantId: text,
  provisioningState: text,
});

/** A row of the query `vaults`. */
export function readVault(raw: unknown): Vault | undefined {
  const row = VaultRow.safeParse(raw);
  const resourceGroup = resourceGroupOf(row.data?.id ?? '');
  const subscriptionId = subscriptionOf(row.data?.id ?? '');
  if (!row.success || !resourceGroup || !subscriptionId) {
    return undefined;
  }
  const { id, name, location, tenantId, provisioningState } = row.data;
  return {
    id,
    key: armId(id),
    name,
    resourceGroup,
    subscriptionId,
    tenantId: tenantId ?? '',
    region: region(location),
    provisioningState: provisioningState ?? '',
  };
}

const ItemRow = z.looseObject({
  id: z.string(),
  sourceResourceId: z.string().min(1),
  protectionState: text,
  currentProtectionState: text,
  lastRecoveryPoint: text,
  policyId: text,
  // Not read leniently: an item that is being deleted must not pass for a live one.
  isScheduledForDeferredDelete: z.boolean().nullish(),
  deferredDeleteTimeInUTC: text,
  softDeleteRetentionPeriodInDays: z.number().nullish().catch(undefined),
  lastBackupStatus: text,
  lastBackupTime: text,
  healthStatus: text,
  healthDetails: z
    .array(
      z.looseObject({
        code: z.union([z.number(), z.string()]),
        title: z.string().catch(''),
        message: z.string().catch(''),
        recommendations: z.array(z.string()).catch([]),
      }),
    )
    .nullish()
    .catch(undefined),
  // Not read leniently: an unread exclusion would pass for a whole backup.
  diskExclusion: z.looseObject({ diskLunList: z.array(z.number()), isInclusionList: z.boolean() }).nullish(),
  policyInconsistent: z.boolean().nullish().catch(undefined),
});

/** Resource Graph's own word for a state, where the word of the Backup API is missing. */
const stateInGraph: ReadonlyMap<string, string> = new Map([
  ['ProtectionConfigured', 'Protected'],
  ['ConfiguringProtection', 'IRPending'],
  ['ConfiguringProtectionFailed', 'ProtectionError'],
]);

/** Azure's sentinel for "never": an item that was never backed up. */
const never = '2001-01-01';

const itemPath = /^(.*)\/backupFabrics\/[^/]+\/protectionContainers\/([^/]+)\/protectedItems\/([^/]+)$/i;

function softDeletedUntil(deletedAt: string | undefined, days: number | null | undefined): string | undefined {
  const end = new Date(Date.parse(deletedAt ?? '') + (days ?? Number.NaN) * 86_400_000);
  return Number.isNaN(end.getTime()) ? undefined : end.toISOString();
}

/** How the backups of an item go, as far as Azure tells. */
function conditionOf(row: z.infer<typeof ItemRow>): Partial<ProtectedItem> {
  const { lastBackupStatus, lastBackupTime, healthStatus, healthDetails, diskExclusion, policyInconsistent } = row;
  return {
    ...(lastBackupStatus ? { lastBackupStatus } : {}),
    ...(lastBackupTime && !lastBackupTime.startsWith(never) ? { lastBackupTime } : {}),
    ...(healthStatus ? { healthStatus } : {}),
    ...(healthDetails
      ? { healthDetails: healthDetails.map((detail) => ({ ...detail, code: String(detail.code) })) }
      : {}),
    ...(diskExclusion
      ? { diskExclusion: { luns: diskExclusion.diskLunList, isInclusionList: diskExclusion.isInclusionList } }
      : {}),
    ...(typeof policyInconsistent === 'boolean' ? { policyInconsistent } : {}),
  };
}

/** A row of the query `protectedItems`; `undefined` if it does not say which VM it is about. */
export function readItem(raw: unknown): ItemOfVm | undefined {
  const row = ItemRow.safeParse(raw);
  const [, vaultPath, containerName, itemName] = itemPath.exec(row.data?.id ?? '') ?? [];
  if (!row.success || !vaultPath || !containerName || !itemName) {
    return undefined;
  }
  const { id, sourceResourceId, protectionState, currentProtectionState, lastRecoveryPoint, policyId } = row.data;
  const { isScheduledForDeferredDelete, deferredDeleteTimeInUTC, softDeleteRetentionPeriodInDays } = row.data;
  const current = currentProtectionState ?? '';
  const until = softDeletedUntil(deferredDeleteTimeInUTC, softDeleteRetentionPeriodInDays);
  const item: ProtectedItem = {
    id,
    key: armId(id),
    vaultId: armId(vaultPath),
    vaultName: vaultPath.split('/').at(-1) ?? '',
    vaultResourceGroup: resourceGroupOf(vaultPath) ?? '',
    containerName,
    itemName,
    protectionState: protectionState ?? stateInGraph.get(current) ?? current,
    softDeleted: isScheduledForDeferredDelete === true || current === 'SoftDeleted',
    ...(policyId ? { policyId: armId(policyId), policyName: policyId.split('/').at(-1) ?? '' } : {}),
    ...(lastRecoveryPoint && !lastRecoveryPoint.startsWith(never) ? { lastRecoveryPoint } : {}),
    ...(until ? { softDeletedUntil: until } : {}),
    ...conditionOf(row.data),
  };
  return { source: armId(sourceResourceId), item };
}

const Times = z.array(z.string());
const SchedulePolicy = z.looseObject({
  scheduleRunFrequency: text,
  scheduleRunTimes: Times.nullish().catch(undefined),
  scheduleRunDays: Times.nullish().catch(undefined),
  dailySchedule: z.looseObject({ scheduleRunTimes: Times }).nullish().catch(undefined),
  weeklySchedule: z.looseObject({ scheduleRunDays: Times, scheduleRunTimes: Times }).nullish().catch(undefined),
  hourlySchedule: z
    .looseObject({ interval: z.number(), scheduleWindowDuration: z.number() })
    .nullish()
    .catch(undefined),
});
const PolicyRow = z.looseObject({ id: z.string(), name: z.string(), schedulePolicy: z.unknown().optional() });

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

/** A row of the query `backupPolicies`. */
export function readPolicy(raw: unknown): BackupPolicy | undefined {
  const row = PolicyRow.safeParse(raw);
  if (!row.success) {
    return undefined;
  }
  const schedule = scheduleOf(row.data.schedulePolicy);
  return { id: row.data.id, name: row.data.name, ...(schedule ? { schedule } : {}) };
}

const JobRow = z.looseObject({
  name: z.string(),
  vaultId: z.string(),
  containerName: z.string().min(1),
  operation: z.string().min(1),
  status: z.string().min(1),
  startTime: z.string().min(1),
  errorDetails: z
    .array(z.looseObject({ errorCode: z.union([z.number(), z.string()]).optional().catch(undefined) }))
    .nullish()
    .catch(undefined),
});

/** A row of the query `backupJobs`. */
export function readJob(raw: unknown): JobOfContainer | undefined {
  const row = JobRow.safeParse(raw);
  if (!row.success) {
    return undefined;
  }
  const { name, vaultId, containerName, operation, status, startTime, errorDetails } = row.data;
  const errorCodes = (errorDetails ?? []).flatMap(({ errorCode }) =>
    errorCode === undefined ? [] : [String(errorCode)],
  );
  return { vaultId: armId(vaultId), containerName, job: { name, operation, status, startedAt: startTime, errorCodes } };
}
