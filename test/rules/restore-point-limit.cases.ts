import type { BackupPolicy } from '../../lib/domain/backup-policy.ts';
import { unknown } from '../../lib/domain/fact.ts';
import type { BackupJob } from '../../lib/domain/protection.ts';
import type { restorePointLimit } from '../../lib/rules/restore-point-limit.ts';
import type { Cases, Differing } from './case.ts';
import { daily, fact, hoursAgo, item, itemWithoutPoint, live, noItem, unread } from './healthy-vm.ts';

const hourly: BackupPolicy = { ...daily, schedule: { kind: 'hourly', gapHours: 4, intervalHours: 4 } };
const underHourly = { policy: fact<BackupPolicy>(hourly) };

function points(count: number | undefined): Differing {
  return { restorePoints: fact({ collections: ['c'], points: count }) };
}

/** A backup that failed after the newest point. */
function failed(error: Partial<BackupJob>): Differing {
  const job = {
    name: 'j',
    operation: 'Backup',
    status: 'Failed',
    startedAt: hoursAgo(4),
    errorCodes: ['400124'],
    ...error,
  };
  return { items: live(item({ lastBackupStatus: 'Failed', lastBackupTime: hoursAgo(4) })), jobs: fact([job]) };
}

const room = { outcome: 'pass', reason: 'HasRoom' } as const;
const tooMany = { outcome: 'fail', reason: 'TooMany', severity: 'warning' } as const;
const reached = { outcome: 'fail', reason: 'LimitReached', severity: 'warning' } as const;
const aside = {
  outcome: 'notApplicable',
  message: 'The policy does not run hourly, and no backup reports the limit.',
} as const;
const noPoints = {
  outcome: 'unknown',
  cause: 'not-reported',
  message: 'The restore point collections were read, but not the points in them.',
} as const;
const { schedule: _, ...unscheduled } = daily;

export const cases: Cases<typeof restorePointLimit> = [
  [
    'an hourly policy with 15 points',
    { ...underHourly, ...points(15) },
    { ...room, message: '15 of 18 restore points exist.' },
  ],
  ['an hourly policy without any point', { ...underHourly, ...points(0) }, room],
  [
    '16 points',
    { ...underHourly, ...points(16) },
    { ...tooMany, message: '16 of 18 restore points exist.', fix: { commands: [] } },
  ],
  ['18 points', { ...underHourly, ...points(18) }, tooMany],
  ['16 points under a daily policy', points(16), tooMany],
  ['16 points, whatever the policy and the jobs', { ...points(16), policy: unread, jobs: unread }, tooMany],
  ['15 points under a daily policy', points(15), aside],
  ['a daily policy of which only the collections were read', points(undefined), aside],
  ['a daily policy whose restore points may not be read', { restorePoints: unread }, aside],
  ['an hourly policy of which only the collections were read', { ...underHourly, ...points(undefined) }, noPoints],
  [
    'an hourly policy whose restore points may not be read',
    { ...underHourly, restorePoints: unread },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  [
    'the code of the limit in a job that failed',
    { ...failed({ errorCodes: ['UserErrorRpCollectionLimitReached'] }), ...points(undefined) },
    {
      ...reached,
      message:
        'Azure Backup reports UserErrorRpCollectionLimitReached: 18 restore points exist, and old ones are not removed.',
      fix: {
        commands: [
          "az backup protection backup-now --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu -c 'IaasVMContainer;iaasvmcontainerv2;rg-pay;vm-pay-01' -i 'VM;iaasvmcontainerv2;rg-pay;vm-pay-01' --backup-management-type AzureIaasVM",
        ],
      },
    },
  ],
  ['the title of the error, in another case', failed({ errorTexts: ['usererrorrpcollectionlimitreached'] }), reached],
  [
    'the code in the pre-check',
    {
      items: live(
        item({
          healthStatus: 'ActionRequired',
          healthDetails: [
            { code: '400', title: 'UserErrorRpCollectionLimitReached', message: '', recommendations: [] },
          ],
        }),
      ),
    },
    reached,
  ],
  ['another error', failed({ errorTexts: ['ExtensionFailedSnapshotLimitReachedError'] }), aside],
  [
    'the code in a job before the newest point',
    {
      jobs: fact([
        {
          name: 'j',
          operation: 'Backup',
          status: 'Failed',
          startedAt: hoursAgo(40),
          errorCodes: ['UserErrorRpCollectionLimitReached'],
        },
      ]),
    },
    aside,
  ],
  [
    'jobs that may not be read: one may have failed at the limit',
    { jobs: unread },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  [
    'jobs that may not be read, of an item without a recovery point',
    { jobs: unread, items: live(itemWithoutPoint()) },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  [
    'jobs that may not be read, and the code in the pre-check',
    {
      jobs: unread,
      items: live(
        item({
          healthDetails: [{ code: 'UserErrorRpCollectionLimitReached', title: '', message: '', recommendations: [] }],
        }),
      ),
    },
    reached,
  ],
  ['a policy that may not be read, and points that were', { policy: unread, ...points(15) }, room],
  [
    'a policy and restore points that could not be read: the policy comes first',
    { policy: unknown('throttled', 'Too many requests.'), restorePoints: unread },
    { outcome: 'unknown', cause: 'throttled' },
  ],
  [
    'a schedule that could not be understood, and restore points that may not be read',
    { policy: fact<BackupPolicy>(unscheduled), restorePoints: unread },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  ['a policy that may not be read, and only the collections', { policy: unread, ...points(undefined) }, noPoints],
  [
    'a schedule that could not be understood may be hourly',
    { policy: fact<BackupPolicy>(unscheduled), ...points(undefined) },
    noPoints,
  ],
  [
    'a schedule that could not be understood, of a Standard policy, is not hourly',
    { policy: fact<BackupPolicy>({ ...unscheduled, subtype: 'Standard' }), ...points(undefined) },
    aside,
  ],
  ['an item without a policy', { policy: fact('none'), ...points(undefined) }, aside],
  ['no item', { ...noItem, ...points(18) }, { outcome: 'notApplicable', message: 'No item exists.' }],
  ['items that may not be read', { items: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
