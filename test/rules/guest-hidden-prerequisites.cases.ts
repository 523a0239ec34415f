import { guestErrors } from '../../lib/domain/guest-errors.ts';
import type { BackupJob, HealthDetail } from '../../lib/domain/protection.ts';
import type { guestHiddenPrerequisites } from '../../lib/rules/guest-hidden-prerequisites.ts';
import type { Case, Cases, Differing } from './case.ts';
import { daily, fact, hoursAgo, item, itemWithoutPoint, live, noItem, unread } from './healthy-vm.ts';

function check(...details: readonly Partial<HealthDetail>[]): Differing {
  const healthDetails = details.map((each) => ({
    code: '400001',
    title: '',
    message: '',
    recommendations: [],
    ...each,
  }));
  return { items: live(item({ healthStatus: 'ActionRequired', healthDetails })) };
}

function failedJob(hours: number, change: Partial<BackupJob>): Differing {
  const job = {
    name: 'j',
    operation: 'Backup',
    status: 'Failed',
    startedAt: hoursAgo(hours),
    errorCodes: [],
    ...change,
  };
  return { jobs: fact([job]) };
}

const vss = { title: 'ExtensionFailedVssWriterInBadState' };
const agentless = { policy: fact({ ...daily, snapshotConsistency: 'OnlyCrashConsistent' }) };
const reported = { outcome: 'fail', reason: 'Reported', severity: 'info' } as const;
const notExposed = { outcome: 'unknown', cause: 'not-exposed' } as const;

/** Every symbolic name of the table, as the title of a finding of the pre-check. */
const names = guestErrors
  .flatMap((error) => error.names)
  .map(
    (name): Case<typeof guestHiddenPrerequisites> => [
      `a pre-check with ${name}`,
      check({ title: name }),
      { ...reported, message: expectedEnd(name) },
    ],
  );

function expectedEnd(name: string): string {
  const meaning = guestErrors.find((error) => error.names.includes(name))?.meaning;
  return `Azure Backup reports what lies inside of the guest: ${meaning} (${name}).`;
}

export const cases: Cases<typeof guestHiddenPrerequisites> = [
  ...names,
  [
    'a pre-check with a VSS writer in a bad state, after a backup that completed',
    check(vss),
    {
      ...reported,
      message:
        'Azure Backup reports what lies inside of the guest: a VSS writer or the VSS service is in a bad state (ExtensionFailedVssWriterInBadState).',
      fix: {
        text: 'Restart the writers and the service, free disk space, or back up off-peak.',
        commands: [],
      },
    },
  ],
  [
    'two findings at once',
    check({ code: 'UserErrorFsFreezeFailed' }, { message: 'It ended with EXTENSIONSNAPSHOTBITLOCKERERROR.' }),
    {
      ...reported,
      message:
        'Azure Backup reports what lies inside of the guest: a file system could not be frozen (UserErrorFsFreezeFailed); BitLocker locks a drive (ExtensionSnapshotBitlockerError).',
      fix: {
        text: 'Run fsck, remove duplicate mounts, or name mounts in MountsToSkip of /etc/azure/vmbackup.conf. Unlock the drive.',
      },
    },
  ],
  [
    'a backup that failed since the newest point',
    failedJob(2, { errorTexts: ['UserErrorUnableToOpenMount'] }),
    reported,
  ],
  [
    'a backup that failed before the newest point',
    failedJob(20, { errorCodes: ['UserErrorUnableToOpenMount'] }),
    notExposed,
  ],
  ['an error that is no matter of the guest', check({ title: 'AzureVmOffline', code: '380008' }), notExposed],
  ['nothing reported', {}, { ...notExposed, message: 'What backup needs inside of the guest, Azure does not show.' }],
  ['no item', noItem, notExposed],
  [
    'no item, and jobs that may not be read',
    { ...noItem, jobs: unread },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  ['jobs that may not be read', { jobs: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  [
    'jobs that may not be read, of an item without a recovery point',
    { items: live(itemWithoutPoint()), jobs: unread },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  ['jobs that may not be read, and a finding of the pre-check', { ...check(vss), jobs: unread }, reported],
  [
    'a policy that needs no agent',
    agentless,
    {
      outcome: 'notApplicable',
      message: 'The policy makes crash-consistent points without an agent: the guest is not asked.',
    },
  ],
  [
    'a policy that needs no agent, in another case, and jobs that may not be read',
    { policy: fact({ ...daily, snapshotConsistency: 'ONLYCRASHCONSISTENT' }), jobs: unread },
    { outcome: 'notApplicable' },
  ],
  [
    'a policy that needs no agent, and a finding of the pre-check all the same',
    { ...check(vss), ...agentless },
    reported,
  ],
  ['a policy that may not be read', { policy: unread }, notExposed],
  ['items that may not be read', { items: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
