import { unknown } from '../../lib/domain/fact.ts';
import type { agentReady } from '../../lib/rules/agent-ready.ts';
import type { Cases } from './case.ts';
import { fact, hoursAgo, machine, specialisedMachine, unread } from './healthy-vm.ts';

const minute = 1 / 60;
const succeeded = 'ProvisioningState/succeeded';
const failed = { statusCode: 'ProvisioningState/Unavailable', displayStatus: 'Not Ready' };

export const cases: Cases<typeof agentReady> = [
  [
    'a status of one minute ago',
    { agent: fact({ statusCode: succeeded, time: hoursAgo(minute) }) },
    { outcome: 'pass', reason: 'Ready', message: 'The VM agent is ready.' },
  ],
  [
    'a status code in another case',
    { agent: fact({ statusCode: 'PROVISIONINGSTATE/SUCCEEDED', time: hoursAgo(minute) }) },
    { outcome: 'pass', reason: 'Ready' },
  ],
  [
    'a status of exactly 15 minutes ago',
    { agent: fact({ statusCode: succeeded, time: hoursAgo(15 * minute) }) },
    { outcome: 'pass', reason: 'Ready' },
  ],
  [
    'a status older than 15 minutes (ruling 21)',
    { agent: fact({ statusCode: succeeded, time: hoursAgo(15 * minute + 1 / 3600) }) },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'a status of an hour to come',
    { agent: fact({ statusCode: succeeded, time: hoursAgo(-1) }) },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'a status without a time',
    { agent: fact({ statusCode: succeeded }) },
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message: 'The agent last reported at an unknown time, too long ago to say.',
    },
  ],
  [
    'a status whose time is no instant',
    { agent: fact({ statusCode: succeeded, time: 'just now' }) },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'an agent that is not ready',
    { agent: fact({ ...failed, message: 'VM status blob is found but not yet populated.' }) },
    {
      outcome: 'fail',
      reason: 'NotReady',
      severity: 'warning',
      message: 'The VM agent is Not Ready: VM status blob is found but not yet populated.',
    },
  ],
  [
    'a message of several sentences: only the last full stop goes',
    { agent: fact({ ...failed, message: 'Agent 2.7 is stopped. Start it.' }) },
    { outcome: 'fail', reason: 'NotReady', message: 'The VM agent is Not Ready: Agent 2.7 is stopped. Start it.' },
  ],
  [
    'no agent section at all',
    { agent: fact({}) },
    {
      outcome: 'fail',
      reason: 'NotReady',
      message: 'The VM agent is missing: Azure has no agent status for this VM.',
    },
  ],
  [
    'no ready agent on a VM that is 29 minutes old',
    { vm: fact(machine({ timeCreated: hoursAgo(29 * minute) })), agent: fact(failed) },
    {
      outcome: 'unknown',
      cause: 'too-new',
      message: 'The VM is younger than 30 minutes; its agent may not report yet.',
    },
  ],
  [
    'no ready agent on a VM that is 30 minutes old',
    { vm: fact(machine({ timeCreated: hoursAgo(30 * minute) })), agent: fact(failed) },
    { outcome: 'fail', reason: 'NotReady' },
  ],
  [
    'no ready agent on a VM whose age is nonsense',
    { vm: fact(specialisedMachine({ timeCreated: 'long ago' })), agent: fact(failed) },
    { outcome: 'fail', reason: 'NotReady' },
  ],
  [
    'a VM that does not run (ruling 8)',
    { agent: unknown('vm-not-running', 'The VM is deallocated; its agent does not report.') },
    {
      outcome: 'unknown',
      cause: 'vm-not-running',
      message: 'The VM is deallocated; its agent does not report.',
    },
  ],
  [
    'an instance view that may not be read (ruling 22)',
    { agent: unread },
    { outcome: 'unknown', cause: 'no-permission', action: 'Microsoft.Compute/virtualMachines/read' },
  ],
  ['a VM that may not be read', { vm: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
