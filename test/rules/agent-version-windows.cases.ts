import { unknown } from '../../lib/domain/fact.ts';
import type { agentVersionWindows } from '../../lib/rules/agent-version-windows.ts';
import type { Cases, Differing } from './case.ts';
import { fact, machine, unread } from './healthy-vm.ts';

function agent(version: string): Differing {
  return { agent: fact({ version }) };
}

export const cases: Cases<typeof agentVersionWindows> = [
  [
    'exactly the support minimum',
    agent('2.7.41491.1010'),
    { outcome: 'pass', reason: 'NewEnough', message: 'Windows VM agent 2.7.41491.1010 is new enough.' },
  ],
  [
    'a last part that is smaller as a number and larger as a text',
    agent('2.7.41491.999'),
    {
      outcome: 'fail',
      reason: 'BelowSupportMinimum',
      severity: 'warning',
      message: 'Windows VM agent 2.7.41491.999 is older than 2.7.41491.1010: an unsupported version.',
    },
  ],
  ['one below the support minimum', agent('2.7.41491.1009'), { outcome: 'fail', reason: 'BelowSupportMinimum' }],
  [
    'exactly the minimum of the backup documentation',
    agent('2.6.1198.718'),
    { outcome: 'fail', reason: 'BelowSupportMinimum' },
  ],
  [
    'one below the minimum of the backup documentation',
    agent('2.6.1198.717'),
    {
      outcome: 'fail',
      reason: 'BelowBackupMinimum',
      severity: 'warning',
      message: 'Windows VM agent 2.6.1198.717 is older than 2.6.1198.718, the least that backup works with.',
    },
  ],
  ['a smaller third part with fewer digits', agent('2.6.999.9999'), { outcome: 'fail', reason: 'BelowBackupMinimum' }],
  ['a larger second part with more digits', agent('2.10.0.0'), { outcome: 'pass', reason: 'NewEnough' }],
  ['a larger first part alone', agent('3.0'), { outcome: 'pass', reason: 'NewEnough' }],
  [
    'one below a support minimum of the organisation',
    { ...agent('2.7.41491.1010'), settings: { minWindowsAgent: '2.7.41491.1011' } },
    {
      outcome: 'fail',
      reason: 'BelowSupportMinimum',
      message: 'Windows VM agent 2.7.41491.1010 is older than 2.7.41491.1011: an unsupported version.',
    },
  ],
  [
    'exactly a support minimum of the organisation',
    { ...agent('2.7.41491.1011'), settings: { minWindowsAgent: '2.7.41491.1011' } },
    { outcome: 'pass', reason: 'NewEnough' },
  ],
  [
    'one below a backup minimum of the organisation',
    { ...agent('2.6.2000.0'), settings: { minWindowsAgentForBackup: '2.6.2000.1' } },
    {
      outcome: 'fail',
      reason: 'BelowBackupMinimum',
      message: 'Windows VM agent 2.6.2000.0 is older than 2.6.2000.1, the least that backup works with.',
    },
  ],
  [
    'a support minimum that is no version',
    { ...agent('2.7.41491.1010'), settings: { minWindowsAgent: 'newest' } },
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message: 'Settings minWindowsAgent and minWindowsAgentForBackup are no versions: newest and 2.6.1198.718.',
    },
  ],
  [
    'a backup minimum that is no version',
    { ...agent('2.7.41491.1010'), settings: { minWindowsAgentForBackup: '' } },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'the version Unknown (ruling 21)',
    agent('Unknown'),
    { outcome: 'unknown', cause: 'not-reported', message: "The agent's version is reported as Unknown." },
  ],
  ['a version with an empty part', agent('2.7..1010'), { outcome: 'unknown', cause: 'not-reported' }],
  ['no version', { agent: fact({}) }, { outcome: 'unknown', cause: 'not-reported' }],
  [
    'a VM that does not run (ruling 8)',
    { agent: unknown('vm-not-running', 'The VM is stopped; its agent does not report.') },
    { outcome: 'unknown', cause: 'vm-not-running' },
  ],
  ['an agent that may not be read', { agent: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['a VM that may not be read', { vm: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  [
    'a Linux VM',
    { vm: fact(machine({ osType: 'Linux' })) },
    { outcome: 'notApplicable', message: 'The VM does not run Windows.' },
  ],
];
