import { jobsSince } from './last-backup.ts';
import { untilOthers } from './memo.ts';
import type { BackupJob, ProtectedItem } from './protection.ts';

/**
 * What Azure Backup reports about an item now: its pre-check of the next backup (also after one that completed), and the
 * jobs since the newest recovery point. Codes, titles and sentences; which of them carries a symbolic name is unconfirmed.
 */
export const reportedErrors = untilOthers((item: ProtectedItem, jobs: readonly BackupJob[]): readonly string[] => {
  const byCheck = (item.healthDetails ?? []).flatMap(({ code, title, message }) => [code, title, message]);
  const byJobs = jobsSince(jobs, item.lastRecoveryPoint).flatMap(({ errorCodes, errorTexts = [] }) => [
    ...errorCodes,
    ...errorTexts,
  ]);
  return [...byCheck, ...byJobs];
});

/** Whether one of the errors has this symbolic name, in any case. */
export function isReported(name: string, errors: readonly string[]): boolean {
  if (errors.length === 0) {
    return false;
  }
  const wanted = name.toLowerCase();
  return errors.some((text) => text.length >= name.length && text.toLowerCase().includes(wanted));
}
