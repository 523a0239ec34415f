import type { vmPowerState } from '../../lib/rules/vm-power-state.ts';
import type { Cases } from './case.ts';
import { fact, unread } from './healthy-vm.ts';

const running = { outcome: 'pass', reason: 'Running' } as const;
const offline = { outcome: 'pass', reason: 'Offline' } as const;
const inTransition = { outcome: 'unknown', cause: 'in-transition' } as const;

export const cases: Cases<typeof vmPowerState> = [
  [
    'running',
    {},
    {
      ...running,
      message: 'The VM is running: backups can be application-consistent (Windows) or file-system-consistent (Linux).',
    },
  ],
  ['running in another case', { power: fact('Running') }, running],
  [
    'stopped',
    { power: fact('stopped') },
    {
      ...offline,
      message:
        'The VM is stopped: backups are crash-consistent. Where application consistency matters it has to run during the backup window.',
    },
  ],
  ['deallocated in another case (ruling 8)', { power: fact('Deallocated') }, offline],
  ['starting', { power: fact('starting') }, { ...inTransition, message: 'The VM is starting.' }],
  ['stopping in another case', { power: fact('Stopping') }, inTransition],
  ['deallocating', { power: fact('deallocating') }, inTransition],
  [
    'a state that nobody knows',
    { power: fact('hibernated') },
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message: 'The power state of the VM is reported as hibernated.',
    },
  ],
  [
    'a state that Azure leaves empty',
    { power: fact('') },
    { outcome: 'unknown', cause: 'not-reported', message: 'The power state of the VM is reported as nothing.' },
  ],
  ['a state that may not be read', { power: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
