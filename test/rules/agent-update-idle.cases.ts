import type { BackupJob } from '../../lib/domain/protection.ts';
import type { agentUpdateIdle } from '../../lib/rules/agent-update-idle.ts';
import type { Cases, Differing } from './case.ts';
import { fact, hoursAgo, machine, noItem, unread } from './healthy-vm.ts';

const notReady: Differing = {
  agent: fact({ statusCode: 'ProvisioningState/Unavailable', displayStatus: 'Not Ready', version: '2.7.41491.1172' }),
};

function job(status: string, name = 'job-1'): BackupJob {
  return { name, operation: 'Backup', status, startedAt: hoursAgo(1), errorCodes: [] };
}

const running: Differing = { jobs: fact([job('InProgress')]) };
const wait = { outcome: 'fail', reason: 'BackupRunning', severity: 'info' } as const;
const idle = { outcome: 'pass', reason: 'Idle' } as const;

export const cases: Cases<typeof agentUpdateIdle> = [
  [
    'an agent that is fine, while a backup runs',
    running,
    { outcome: 'notApplicable', message: 'No rule asks for a change of the agent.' },
  ],
  [
    'an agent that is not ready, while a backup runs',
    { ...notReady, ...running },
    {
      ...wait,
      message: 'Backup job job-1 has been running since 2026-11-20T05:00:00.000Z: change the agent after it has ended.',
      fix: {
        text: 'Wait until job job-1 ends, or cancel it during the snapshot phase (not possible during the transfer).',
        commands: [
          'az backup job list --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu --status InProgress',
          'az backup job wait --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu -n job-1',
        ],
      },
    },
  ],
  ['a status in another case', { ...notReady, jobs: fact([job('INPROGRESS')]) }, wait],
  [
    'a job that failed before the one that runs',
    { ...notReady, jobs: fact([job('Failed', 'job-2'), job('InProgress')]) },
    wait,
  ],
  [
    'an agent that is not ready, and no backup runs',
    notReady,
    { ...idle, message: 'No backup of the VM is running: its agent may be changed now.' },
  ],
  ['only jobs that have ended', { ...notReady, jobs: fact([job('Failed'), job('CompletedWithWarnings')]) }, idle],
  [
    'no agent was provisioned, whatever its report',
    { vm: fact(machine({ provisionVmAgent: false })), agent: unread, ...running },
    wait,
  ],
  ['an agent that is too old', { agent: fact({ version: '2.7.41491.1009' }), ...running }, wait],
  ['no item', { ...notReady, ...noItem }, idle],
  ['no item, and jobs that may not be read', { ...notReady, ...noItem, jobs: unread }, idle],
  ['jobs that may not be read', { ...notReady, jobs: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['jobs that may not be read, of an agent that is fine', { jobs: unread }, { outcome: 'notApplicable' }],
  ['items that may not be read', { ...notReady, items: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['an agent that may not be read', { agent: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['a VM that may not be read', { vm: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
