import type { NetworkInput } from '../domain/network-rows.ts';
import type { BackupJob, ProtectedItem } from '../domain/protection.ts';

/** What the last backup says about the network, in the shape of Azure's rows; nothing where no backup went wrong. */
export function networkEvidence(
  item: ProtectedItem | undefined,
  jobs: readonly BackupJob[],
): NetworkInput['evidence'] | undefined {
  const [newest] = jobs;
  if (!item || !newest) {
    return undefined;
  }
  const { operation, status, startedAt, errorCodes, errorTexts = [] } = newest;
  const { lastBackupStatus, lastBackupTime, healthDetails = [] } = item;
  return {
    lastJob: {
      properties: { operation, status, startTime: startedAt, errorDetails: [...errorCodes, ...errorTexts] },
    },
    protectedItem: { properties: { lastBackupStatus, lastBackupTime, healthDetails } },
  };
}
