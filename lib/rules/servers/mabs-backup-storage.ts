import type { BackupEngine } from '../../domain/backup-engine.ts';
import { cannotTell } from '../../domain/rule.ts';
import { notShown } from '../../domain/server-kind.ts';
import { silentAfterHours } from '../../domain/server-operations.ts';
import { confirmedMessage, defineServerRule } from '../../domain/server-rule.ts';
import type { ServerSheet } from '../../domain/server-sheet.ts';
import { backupServerNeeds } from '../../domain/support-list.ts';
import { hoursSince } from '../../domain/time.ts';

const leastFreePercent = 10;
const { storageFactor } = backupServerNeeds;

/** What a description says of the disks of a server that is not installed yet. */
function judgePlan(host: ServerSheet['host']) {
  const { storageGiB, protectedDataGiB } = host.kind === 'known' ? host.value : {};
  if (storageGiB === undefined) {
    return notShown('planned', 'The storage for local copies');
  }
  if (storageGiB === 0) {
    return { kind: 'fail', reason: 'NoStorage', details: { server: 'The planned server' } } as const;
  }
  if (protectedDataGiB === undefined) {
    return notShown('planned', 'The size of the data to protect');
  }
  const details = {
    storage: String(storageGiB),
    data: String(protectedDataGiB),
    wanted: String(storageFactor * protectedDataGiB),
  };
  return storageGiB < storageFactor * protectedDataGiB
    ? ({ kind: 'fail', reason: 'SmallPlan', severity: 'warning', details } as const)
    : ({ kind: 'pass', reason: 'Planned', details } as const);
}

/** What a server last told of its disks. The unit is documented nowhere, so only the share counts. */
function judgeDisks({ hostName: server, extendedInfo }: BackupEngine, now: Date) {
  const { diskCount, usedDiskSpace: used, availableDiskSpace: free, refreshedAt } = extendedInfo ?? {};
  if (diskCount === undefined || refreshedAt === undefined) {
    return cannotTell('not-reported', `Azure tells nothing of the disks of ${server}.`);
  }
  if ((hoursSince(refreshedAt, now) ?? 0) > silentAfterHours) {
    return cannotTell('not-reported', `What ${server} told of its disks at ${refreshedAt} is too old to rest on.`);
  }
  if (diskCount <= 0) {
    return { kind: 'fail', reason: 'NoStorage', details: { server } } as const;
  }
  const whole = (used ?? Number.NaN) + (free ?? Number.NaN);
  if (free === undefined || !(whole > 0) || free < 0) {
    return cannotTell('not-reported', `Azure does not tell how full the disks of ${server} are.`);
  }
  const percent = (100 * free) / whole;
  const details = { server, disks: String(diskCount), percent: String(Math.floor(percent * 10) / 10) };
  return percent < leastFreePercent
    ? ({ kind: 'fail', reason: 'AlmostFull', details } as const)
    : ({ kind: 'pass', reason: 'HasStorage', details } as const);
}

export const mabsBackupStorage = defineServerRule({
  id: 'mabs-backup-storage',
  title: 'The server has local storage for the first copies, and room on it',
  category: 'limitation',
  severity: 'blocker',
  rationale:
    'The first copy of all data stays on disks of the server, the vault holds the second: without disks nothing is backed up. Plan twice the size of the protected data (10 % of change a day, 10 days). In Azure the pool has no more disks than the VM size takes; deduplication is for on-premises only.',
  sources: [
    'Install and upgrade Azure Backup Server, 2026-01-21',
    'ARM type definitions of recoveryservicesbackup, 2026-07-01',
  ],
  reviewed: '2026-11-22',
  checklist: 'Are there disks for local copies, of about twice the size of the protected data?',
  needs: {
    engine: (engine) => {
      const { diskCount, usedDiskSpace, availableDiskSpace, refreshedAt } =
        (engine === 'planned' ? undefined : engine.extendedInfo) ?? {};
      return {
        'extendedInfo.diskCount': diskCount,
        'extendedInfo.usedDiskSpace': usedDiskSpace,
        'extendedInfo.availableDiskSpace': availableDiskSpace,
        'extendedInfo.refreshedAt': refreshedAt,
      };
    },
  },
  pass: {
    HasStorage: '{server} has {disks} disks, and {percent} % of the space is free.',
    Planned: '{storage} GiB are planned for {data} GiB of data.',
    Confirmed: confirmedMessage,
  },
  fail: {
    NoStorage: '{server} has no disks for the first copies: nothing can be backed up.',
    AlmostFull: '{server} has {disks} disks, of which only {percent} % is free.',
    SmallPlan: '{storage} GiB are planned for {data} GiB of data; {wanted} are advised.',
  },
  remedies: {
    NoStorage: {
      text: 'Attach disks and add them to the storage pool of the server, also where copies go to Azure.',
      commands: [],
    },
    AlmostFull: {
      text: 'Add disks to the storage pool of {server}, or keep its local copies for fewer days.',
      commands: ['az rest --method get --url {engineUrl}'],
    },
    SmallPlan: { text: 'Plan {wanted} GiB of disks, or keep local copies for a day only.', commands: [] },
  },
  check({ engine }, { now }, { host }) {
    return engine === 'planned' ? judgePlan(host) : judgeDisks(engine, now);
  },
});
