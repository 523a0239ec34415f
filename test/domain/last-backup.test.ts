import { describe, expect, it } from 'vitest';

import { jobsSince, lastBackupOf } from '../../lib/domain/last-backup.ts';
import type { BackupJob, ProtectedItem } from '../../lib/domain/protection.ts';
import { hoursAgo, item, itemWithoutPoint } from '../rules/healthy-vm.ts';

function job(status: string, hours: number, change: Partial<BackupJob> = {}): BackupJob {
  return { name: 'j', operation: 'Backup', status, startedAt: hoursAgo(hours), errorCodes: [], ...change };
}

/** An item that tells how its last backup ended, and when. */
function told(lastBackupStatus: string, hours: number, change: Partial<ProtectedItem> = {}): ProtectedItem {
  return item({ lastBackupStatus, lastBackupTime: hoursAgo(hours), ...change });
}

const { lastBackupStatus: _status, ...statusUntold } = item();
const { lastBackupTime: _time, ...timeUntold } = item({ lastBackupStatus: 'Failed' });
const noErrors = { errorCodes: [], errorTexts: [] };
const errors = { errorCodes: ['UserErrorGuestAgentStatusUnavailable'], errorTexts: ['The agent does not answer.'] };
const longAgo = { lastRecoveryPoint: hoursAgo(99) };

/** Unless a row says otherwise, the newest recovery point is ten hours old. */
describe('the last finished backup', () => {
  it.each<[string, ProtectedItem, readonly BackupJob[], object]>([
    ['as the item tells it', item(), [], { status: 'Completed', at: hoursAgo(10), ...noErrors, failuresInARow: 0 }],
    [
      'that completed has no errors, whatever failed before it',
      told('COMPLETED', 1),
      [job('Failed', 5, errors)],
      { status: 'COMPLETED', at: hoursAgo(1), ...noErrors, failuresInARow: 1 },
    ],
    [
      'that failed has the errors of its job',
      told('Failed', 4, longAgo),
      [job('Failed', 4.5, errors), job('Failed', 28)],
      { status: 'Failed', at: hoursAgo(4), ...errors, failuresInARow: 2 },
    ],
    [
      'that failed without a job has none',
      told('Failed', 4),
      [],
      { status: 'Failed', at: hoursAgo(4), ...noErrors, failuresInARow: 0 },
    ],
    [
      'whose job gives no words has none',
      told('Failed', 4),
      [job('Failed', 4.5, { errorCodes: ['400124'] })],
      { status: 'Failed', at: hoursAgo(4), errorCodes: ['400124'], errorTexts: [], failuresInARow: 1 },
    ],
    [
      'is that of the item, if a job is as old',
      told('Failed', 4),
      [job('Cancelled', 4)],
      { status: 'Failed', at: hoursAgo(4), ...noErrors, failuresInARow: 1 },
    ],
    [
      'is that of a job, if it is newer',
      item(),
      [job('Failed', 4, errors)],
      { status: 'Failed', at: hoursAgo(4), ...errors, failuresInARow: 1 },
    ],
    [
      'is that of a job, if the item tells of one that is running (ruling 10)',
      told('InProgress', 1),
      [job('InProgress', 1), job('Failed', 5)],
      { status: 'Failed', at: hoursAgo(5), ...noErrors, failuresInARow: 1 },
    ],
    [
      'is that of a job, if the item tells no time',
      timeUntold,
      [job('Cancelled', 5)],
      { status: 'Cancelled', at: hoursAgo(5), ...noErrors, failuresInARow: 1 },
    ],
    [
      'is the newest recovery point, if nothing else is told',
      statusUntold,
      [],
      { status: 'Completed', at: hoursAgo(10), ...noErrors, failuresInARow: 0 },
    ],
    [
      'that did not reach the vault made a snapshot all the same: it is no failure in a row',
      told('CompletedWithWarnings', 1),
      [job('COMPLETEDWITHWARNINGS', 1), job('Failed', 5), job('CompletedWithWarnings', 9)],
      { status: 'CompletedWithWarnings', at: hoursAgo(1), ...noErrors, failuresInARow: 1 },
    ],
  ])('%s', (_what, of, jobs, expected) => {
    expect(lastBackupOf({ ...of }, jobs)).toEqual(expected);
  });

  it('is none where Azure tells of none', () => {
    expect(lastBackupOf(itemWithoutPoint(), [])).toBeUndefined();
    expect(lastBackupOf(itemWithoutPoint(), [job('InProgress', 1)])).toBeUndefined();
  });
});

describe('the jobs that count', () => {
  const jobs = [job('Failed', 9), job('Failed', 10), job('Failed', 11)];

  it.each<[string, string | undefined, number]>([
    ['are those that began after the newest recovery point', hoursAgo(10), 1],
    ['are all where there is no recovery point', undefined, 3],
    ['are all where its time is none', 'soon', 3],
  ])('%s', (_what, point, count) => {
    expect(jobsSince(jobs, point)).toEqual(jobs.slice(0, count));
  });
});
