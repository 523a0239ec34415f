import { day, hour, minute } from './instants.ts';
import type { Protection } from './machine-plan.ts';
import { protectionPlant } from './plants.ts';
import { lastFinishedRun, lastRunBy } from './policies.ts';

/** The last backup and the last recovery point are of this instant. */
function lastBackedUpAt(protection: Protection, startedAt: number): void {
  protection.lastBackup = { status: 'Completed', startedAt };
  protection.lastPointAt = startedAt + 15 * minute;
}

function neverBackedUp(protection: Protection, enabledAt: number): void {
  protection.state = 'IRPending';
  protection.enabledAt = enabledAt;
  protection.lastBackup = null;
  protection.lastPointAt = null;
}

/** Somebody stopped the protection and kept the data. */
export const stoppedProtection = protectionPlant('protection stopped, data retained', (protection, { now, random }) => {
  protection.state = 'ProtectionStopped';
  lastBackedUpAt(protection, lastRunBy(protection.policy, now - (20 + random.int(60)) * day));
});

/** Protection is in an error state, although last night's backup went well. */
export const protectionError = protectionPlant('protection in an error state', (protection) => {
  protection.state = 'ProtectionError';
});

/** Azure does not tell in which state the protection is. */
export const invalidState = protectionPlant('protection state invalid', (protection) => {
  protection.state = 'Invalid';
});

/** No run has happened for days, or for weeks under a weekly policy. */
export const overdueRecoveryPoint = protectionPlant('newest recovery point overdue', (protection, { now, random }) => {
  const days = (protection.policy === 'weekly' ? 21 : 4) + random.int(9);
  lastBackedUpAt(protection, lastRunBy(protection.policy, now - days * day));
});

/** The last run failed; the one before was fine. Daily, or the recovery point before would be long overdue as well. */
export const lastBackupFailed = protectionPlant('last backup failed', (protection, { now }) => {
  protection.policy = 'enhanced';
  const startedAt = lastFinishedRun(protection.policy, now);
  protection.lastBackup = { status: 'Failed', startedAt };
  protection.lastPointAt = lastRunBy(protection.policy, startedAt - minute) + 15 * minute;
});

/** Protected a few hours ago. */
export const firstBackupNotDue = protectionPlant('first backup not due yet', (protection, { now, random }) => {
  neverBackedUp(protection, now - (1 + random.int(6)) * hour);
});

/** Protected weeks ago, and never backed up since. */
export const firstBackupOverdue = protectionPlant('first backup overdue', (protection, { now, random }) => {
  neverBackedUp(protection, now - (15 + random.int(10)) * day);
});

/** An older vault protects the VM as well. */
export const itemInTwoVaults = protectionPlant('protected in two vaults', (protection) => {
  protection.isTwofold = true;
});

/** The protected item was deleted some days ago and can still be brought back. */
export const softDeletedItem = protectionPlant('protected item soft-deleted', (protection, { now, random }) => {
  protection.state = 'ProtectionStopped';
  protection.softDeletedAt = now - (1 + random.int(12)) * day - random.int(20) * hour;
  lastBackedUpAt(protection, lastRunBy(protection.policy, protection.softDeletedAt));
});

/** Decoy: the item writes the id of its vault in capitals. */
export const respeltVaultId = protectionPlant('decoy: vault id differs only in case', (protection) => {
  protection.isVaultIdRespelt = true;
});
