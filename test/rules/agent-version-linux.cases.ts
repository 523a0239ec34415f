import { unknown } from '../../lib/domain/fact.ts';
import type { agentVersionLinux } from '../../lib/rules/agent-version-linux.ts';
import type { Cases, Differing } from './case.ts';
import { fact, machine, unread } from './healthy-vm.ts';

const linux = { vm: fact(machine({ osType: 'Linux' })) };

function agent(version: string): Differing {
  return { ...linux, agent: fact({ version }) };
}

export const cases: Cases<typeof agentVersionLinux> = [
  [
    'exactly the support minimum',
    agent('2.2.53.1'),
    { outcome: 'pass', reason: 'NewEnough', message: 'Linux VM agent 2.2.53.1 is new enough.' },
  ],
  [
    'the last part below the minimum',
    agent('2.2.53.0'),
    {
      outcome: 'fail',
      reason: 'BelowSupportMinimum',
      severity: 'warning',
      message: 'Linux VM agent 2.2.53.0 is older than 2.2.53.1.',
    },
  ],
  [
    'three parts of the minimum: what is missing is zero',
    agent('2.2.53'),
    { outcome: 'fail', reason: 'BelowSupportMinimum' },
  ],
  ['a part with fewer digits that is smaller', agent('2.2.9.99'), { outcome: 'fail', reason: 'BelowSupportMinimum' }],
  ['a part with more digits that is larger', agent('2.2.153.0'), { outcome: 'pass', reason: 'NewEnough' }],
  ['a larger second part', agent('2.10.0.8'), { outcome: 'pass', reason: 'NewEnough' }],
  ['a smaller first part', agent('1.9.99.9'), { outcome: 'fail', reason: 'BelowSupportMinimum' }],
  ['blanks around the version', agent(' 2.15.0.1 '), { outcome: 'pass', reason: 'NewEnough' }],
  [
    'a minimum of the organisation, just reached',
    { ...agent('2.9.1.1'), settings: { minLinuxAgent: '2.9.1.1' } },
    { outcome: 'pass', reason: 'NewEnough' },
  ],
  [
    'one below a minimum of the organisation',
    { ...agent('2.9.1.0'), settings: { minLinuxAgent: '2.9.1.1' } },
    {
      outcome: 'fail',
      reason: 'BelowSupportMinimum',
      message: 'Linux VM agent 2.9.1.0 is older than 2.9.1.1.',
    },
  ],
  [
    'a minimum that is no version',
    { ...agent('2.9.1.0'), settings: { minLinuxAgent: 'newest' } },
    { outcome: 'unknown', cause: 'not-reported', message: 'Setting minLinuxAgent is no version: newest.' },
  ],
  [
    'the version Unknown (ruling 21)',
    agent('Unknown'),
    { outcome: 'unknown', cause: 'not-reported', message: "The agent's version is reported as Unknown." },
  ],
  ['a version with letters', agent('2.2.53.1-rc2'), { outcome: 'unknown', cause: 'not-reported' }],
  ['a single number', agent('2'), { outcome: 'unknown', cause: 'not-reported' }],
  [
    'no version',
    { ...linux, agent: fact({}) },
    { outcome: 'unknown', cause: 'not-reported', message: "The agent's version is reported as nothing." },
  ],
  [
    'a VM that does not run (ruling 8)',
    { ...linux, agent: unknown('vm-not-running', 'The VM is deallocated; its agent does not report.') },
    { outcome: 'unknown', cause: 'vm-not-running' },
  ],
  ['an agent that may not be read', { ...linux, agent: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['a VM that may not be read', { vm: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['a Windows VM', {}, { outcome: 'notApplicable', message: 'The VM does not run Linux.' }],
];
