import { unknown } from '../../lib/domain/fact.ts';
import type { agentProvisioned } from '../../lib/rules/agent-provisioned.ts';
import type { Cases } from './case.ts';
import { fact, hoursAgo, machine, specialisedMachine, unread } from './healthy-vm.ts';

const specialised = { vm: fact(specialisedMachine()) };

export const cases: Cases<typeof agentProvisioned> = [
  [
    'an agent that was declared',
    { vm: fact(machine({ provisionVmAgent: true })) },
    { outcome: 'pass', reason: 'Provisioned', message: 'The VM was created with the agent.' },
  ],
  [
    'an agent that was declined',
    { vm: fact(machine({ provisionVmAgent: false })) },
    {
      outcome: 'fail',
      reason: 'NotProvisioned',
      severity: 'warning',
      message: 'The VM was created without the Azure VM agent.',
    },
  ],
  [
    'an agent that was declared and does not report: agent-ready says so',
    { agent: fact({ statusCode: 'ProvisioningState/Unavailable' }) },
    { outcome: 'pass', reason: 'Provisioned' },
  ],
  [
    'a specialised disk whose agent reports (ruling 32)',
    specialised,
    {
      outcome: 'pass',
      reason: 'Reports',
      message: 'The VM was made from a specialised disk, and its agent reports.',
    },
  ],
  [
    'a specialised disk without an agent (ruling 32)',
    { ...specialised, agent: fact({ displayStatus: 'Not Ready', message: 'No heartbeat.' }) },
    {
      outcome: 'fail',
      reason: 'NoReport',
      message: 'The VM was made from a specialised disk, and no agent reports: No heartbeat.',
    },
  ],
  [
    'a specialised disk whose agent reported too long ago (rulings 21 and 32)',
    { ...specialised, agent: fact({ statusCode: 'ProvisioningState/succeeded', time: hoursAgo(1) }) },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'a specialised disk on a VM that does not run (rulings 8 and 32)',
    { ...specialised, agent: unknown('vm-not-running', 'The VM is stopped; its agent does not report.') },
    { outcome: 'unknown', cause: 'vm-not-running', message: 'The VM is stopped; its agent does not report.' },
  ],
  ['a VM that may not be read', { vm: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
