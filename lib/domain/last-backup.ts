import { untilOthers } from './memo.ts';
import type { BackupJob, ProtectedItem } from './protection.ts';
import { isOneOf, isWord } from './word.ts';

/** How the last finished backup of an item ended. */
export interface LastBackup {
  readonly status: string;
  readonly at: string;
  readonly errorCodes: readonly string[];
  /** Titles and sentences of its errors. */
  readonly errorTexts: readonly string[];
  /** Backups that did not complete since the newest recovery point. */
  readonly failuresInARow: number;
}

const unfinished = ['InProgress', 'Cancelling', 'IRPending'];

function isFinished(status: string): boolean {
  return !isOneOf(status, unfinished);
}

/** The jobs that count: a recovery point proves a backup, so what happened before it no longer does. */
export function jobsSince(jobs: readonly BackupJob[], point: string | undefined): readonly BackupJob[] {
  if (jobs.length === 0) {
    return jobs;
  }
  const at = Date.parse(point ?? '');
  return Number.isNaN(at) ? jobs : jobs.filter((job) => Date.parse(job.startedAt) > at);
}

/** The backup that is running now, if one is. */
export function runningBackup(jobs: readonly BackupJob[]): BackupJob | undefined {
  return jobs.find((job) => !isFinished(job.status));
}

/**
 * The last finished backup, from the item and from its jobs that did not simply complete (newest first). A running one is
 * left aside. `undefined`: Azure tells of none.
 */
export const lastBackupOf = untilOthers((item: ProtectedItem, jobs: readonly BackupJob[]): LastBackup | undefined => {
  const finished = jobs.filter((job) => isFinished(job.status));
  const failures = jobsSince(finished, item.lastRecoveryPoint);
  const [newest] = failures;
  const failuresInARow = failures.filter((job) => !isWord(job.status, 'CompletedWithWarnings')).length;
  const { lastBackupStatus: status, lastBackupTime: at } = item;
  const isNewest = newest !== undefined && Date.parse(newest.startedAt) > Date.parse(at ?? '1970-01-01T00:00:00Z');
  if (status && isFinished(status) && at && !isNewest) {
    const job = isWord(status, 'Completed') ? undefined : finished[0];
    return { status, at, ...errorsOf(job), failuresInARow };
  }
  if (newest) {
    return { status: newest.status, at: newest.startedAt, ...errorsOf(newest), failuresInARow };
  }
  return item.lastRecoveryPoint
    ? { status: 'Completed', at: item.lastRecoveryPoint, ...errorsOf(undefined), failuresInARow: 0 }
    : undefined;
});

function errorsOf(job: BackupJob | undefined): Pick<LastBackup, 'errorCodes' | 'errorTexts'> {
  return { errorCodes: job?.errorCodes ?? [], errorTexts: job?.errorTexts ?? [] };
}
