import * as z from 'zod';

import { armId, region, resourceGroupOf } from '../domain/ids.ts';
import type { ProtectedItem } from '../domain/protection.ts';
import type { ItemOfVm, JobOfContainer } from '../use-cases/ports.ts';
import { text } from './lenient.ts';

/** Of a VM, or of what is left of a classic one; anything else says no more about whose item it is than nothing at all. */
const vmSource = /\/providers\/Microsoft\.(Classic)?Compute\/virtualMachines\/[^/]+\/?$/i;

const ItemRow = z.object({
  id: z.string(),
  location: text,
  sourceResourceId: z.string().regex(vmSource),
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
      z.object({
        code: z.union([z.number(), z.string()]),
        title: z.string().catch(''),
        message: z.string().catch(''),
        recommendations: z.array(z.string()).catch([]),
      }),
    )
    .nullish()
    .catch(undefined),
  // Not read leniently: an unread exclusion would pass for a whole backup.
  diskExclusion: z.object({ diskLunList: z.array(z.number()), isInclusionList: z.boolean() }).nullish(),
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
    vaultRegion: region(row.data.location ?? ''),
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

const JobRow = z.object({
  name: z.string().catch(''),
  // Not read leniently: under the name of no vault a job would be nobody's.
  vaultId: z.string().regex(/\/vaults\/[^/]+$/i),
  containerName: text,
  dataSourceId: text,
  operation: z.string().min(1),
  status: z.string().min(1),
  startTime: z.string().min(1),
  errorDetails: z
    .array(
      z.object({
        errorCode: z.union([z.number(), z.string()]).optional().catch(undefined),
        errorTitle: text,
        errorString: text,
      }),
    )
    .nullish()
    .catch(undefined),
});

function there<T>(values: readonly (T | undefined)[]): readonly T[] {
  return values.flatMap((value) => (value === undefined ? [] : [value]));
}

/** A row of the query `backupJobs`. */
export function readJob(raw: unknown): JobOfContainer | undefined {
  const row = JobRow.safeParse(raw);
  // Published answers name the container, the VM, or both.
  if (!row.success || !(row.data.containerName ?? row.data.dataSourceId)) {
    return undefined;
  }
  const { name, vaultId, containerName, dataSourceId, operation, status, startTime, errorDetails } = row.data;
  const details = errorDetails ?? [];
  const errorCodes = there(details.map(({ errorCode }) => errorCode)).map(String);
  const errorTexts = there(details.flatMap(({ errorTitle, errorString }) => [errorTitle, errorString]));
  const job = {
    name,
    operation,
    status,
    startedAt: startTime,
    errorCodes,
    ...(errorTexts.length > 0 ? { errorTexts } : {}),
  };
  const on = containerName ? { containerName } : { vm: armId(dataSourceId ?? '') };
  return { vaultId: armId(vaultId), ...on, job };
}
