import { unknown } from '../../lib/domain/fact.ts';
import type { BackupJob } from '../../lib/domain/protection.ts';
import type { healthLastBackup } from '../../lib/rules/health-last-backup.ts';
import type { Cases, Differing } from './case.ts';
import { fact, hoursAgo, item, itemWithoutPoint, live, noItem, unread, vault } from './healthy-vm.ts';

function job(status: string, startedHoursAgo: number, errorCodes: readonly string[] = []): BackupJob {
  return {
    name: `job-${startedHoursAgo}`,
    operation: 'Backup',
    status,
    startedAt: hoursAgo(startedHoursAgo),
    errorCodes,
  };
}

function lastBackup(status: string, point: number, ...jobs: readonly BackupJob[]): Differing {
  const lastBackupTime = hoursAgo(jobs[0] ? 4 : point);
  return {
    items: live(item({ lastBackupStatus: status, lastBackupTime, lastRecoveryPoint: hoursAgo(point) })),
    jobs: fact(jobs),
  };
}

const completed = { outcome: 'pass', reason: 'Completed' } as const;
const notCompleted = { outcome: 'fail', reason: 'NotCompleted', severity: 'warning' } as const;
const pending = { items: live(itemWithoutPoint()) };

export const cases: Cases<typeof healthLastBackup> = [
  ['Completed', {}, { ...completed, message: `The last backup, ${hoursAgo(10)}, completed.` }],
  ['Completed, in another case', { items: live(item({ lastBackupStatus: 'COMPLETED' })) }, completed],
  [
    'Failed, with the code of its job',
    lastBackup('Failed', 28, job('Failed', 4.5, ['UserErrorGuestAgentStatusUnavailable'])),
    {
      ...notCompleted,
      message: `The last backup, ${hoursAgo(4)}, ended as Failed (UserErrorGuestAgentStatusUnavailable); backups that failed since the newest point: 1.`,
      fix: {
        commands: [
          'az backup job list --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu --status Failed',
          "az backup protection backup-now --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu -c 'IaasVMContainer;iaasvmcontainerv2;rg-pay;vm-pay-01' -i 'VM;iaasvmcontainerv2;rg-pay;vm-pay-01' --backup-management-type AzureIaasVM",
        ],
      },
    },
  ],
  [
    'Failed, with several codes',
    lastBackup('Failed', 28, job('Failed', 4.5, ['400124', 'UserErrorGuestAgentStatusUnavailable'])),
    {
      ...notCompleted,
      message: `The last backup, ${hoursAgo(4)}, ended as Failed (400124, UserErrorGuestAgentStatusUnavailable); backups that failed since the newest point: 1.`,
    },
  ],
  [
    'Failed without a job',
    { items: live(item({ lastBackupStatus: 'Failed' })) },
    {
      ...notCompleted,
      message: `The last backup, ${hoursAgo(10)}, ended as Failed (no error code); backups that failed since the newest point: 0.`,
    },
  ],
  [
    'two failures in a row',
    lastBackup('Failed', 52, job('Failed', 4.5), job('Failed', 28)),
    { ...notCompleted, severity: 'blocker' },
  ],
  [
    'two failures, but a recovery point between them',
    lastBackup('Failed', 20, job('Failed', 4.5), job('Failed', 28)),
    notCompleted,
  ],
  [
    'two failures before the last one that completed',
    lastBackup('Completed', 4, job('Failed', 28), job('Failed', 52)),
    completed,
  ],
  ['completed with warnings: the transfer to the vault failed', lastBackup('CompletedWithWarnings', 3.9), notCompleted],
  ['cancelled counts as failed (ruling 10)', lastBackup('Cancelled', 28, job('Cancelled', 4.5)), notCompleted],
  [
    'a job that failed after the last backup that the item tells of',
    {
      items: live(item({ lastRecoveryPoint: hoursAgo(28), lastBackupTime: hoursAgo(28) })),
      jobs: fact([job('Failed', 4, ['ExtensionSnapshotFailedNoNetwork'])]),
    },
    notCompleted,
  ],
  [
    'one is running after one that completed (ruling 10)',
    lastBackup('Completed', 10, job('InProgress', 1)),
    {
      outcome: 'pass',
      reason: 'CompletedAndRunning',
      message: `The last finished backup, ${hoursAgo(4)}, completed; another one has been running since ${hoursAgo(1)}.`,
    },
  ],
  [
    'one is running after one that failed (ruling 10)',
    {
      items: live(
        item({ lastBackupStatus: 'InProgress', lastBackupTime: hoursAgo(1), lastRecoveryPoint: hoursAgo(52) }),
      ),
      jobs: fact([job('InProgress', 1), job('Failed', 25)]),
    },
    notCompleted,
  ],
  [
    'one is running, and before it there is only a recovery point',
    {
      items: live(
        item({ lastBackupStatus: 'InProgress', lastBackupTime: hoursAgo(1), lastRecoveryPoint: hoursAgo(25) }),
      ),
      jobs: fact([job('InProgress', 1)]),
    },
    { outcome: 'pass', reason: 'CompletedAndRunning' },
  ],
  [
    'no backup yet, and none is due (ruling 6)',
    { ...pending, protectedSince: fact(hoursAgo(2)) },
    {
      outcome: 'unknown',
      cause: 'not-due-yet',
      message: `Protection was configured at ${hoursAgo(2)}; no backup has finished yet.`,
    },
  ],
  [
    'the first backup is overdue and there is no job (ruling 35)',
    { ...pending, protectedSince: fact(hoursAgo(99)) },
    { outcome: 'unknown', cause: 'not-reported', message: 'Azure tells of no finished backup of this item.' },
  ],
  [
    'no backup yet, and whether one is due cannot be told',
    { ...pending, protectedSince: unread },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  ['two live items: the better one is judged (ruling 13)', twoItems('Failed', 'Completed'), completed],
  ['no item', noItem, { outcome: 'notApplicable', message: 'No item exists.' }],
  ['items that may not be read', { items: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  [
    'jobs that could not be read',
    { jobs: unknown('throttled', 'Too many requests.') },
    { outcome: 'unknown', cause: 'throttled' },
  ],
];

function twoItems(stopped: string, active: string): Differing {
  const worse = item({ protectionState: 'ProtectionStopped', lastBackupStatus: stopped }, vault('rsv-old'));
  return { items: live(worse, item({ lastBackupStatus: active })) };
}
