import { fact, unread } from '../healthy-vm.ts';
import { bareHost, confirmation, notExposed, type ServerCase, serverHost } from './server-case.ts';

const planned = fact('planned' as const);

export const cases: readonly ServerCase[] = [
  [
    'exactly 5 %',
    { engine: planned },
    {
      outcome: 'pass',
      reason: 'Enough',
      message: 'The scratch location has 50 GiB for 1000 GiB of data; 50 are needed.',
      evidence: [{}, { values: { scratchGiB: 50, cloudDataGiB: 1000 } }],
    },
  ],
  [
    'less than 5 %',
    { engine: planned, host: fact(serverHost({ scratchGiB: 49.9 })) },
    {
      outcome: 'fail',
      reason: 'TooLittle',
      severity: 'warning',
      fix: { text: 'Give the scratch location a volume of at least 50 GiB.' },
    },
  ],
  [
    'nothing goes to Azure',
    { engine: planned, host: fact(serverHost({ scratchGiB: 0, cloudDataGiB: 0 })) },
    { outcome: 'pass', reason: 'Enough' },
  ],
  [
    'a scratch location that is not told',
    { host: fact({ ...bareHost, cloudDataGiB: 10 }) },
    { outcome: 'unknown', cause: 'not-exposed' },
  ],
  [
    'data that is not told',
    { host: fact({ ...bareHost, scratchGiB: 10 }) },
    { outcome: 'unknown', cause: 'not-exposed' },
  ],
  ['a machine that Azure does not show', { host: notExposed }, { outcome: 'unknown', cause: 'not-exposed' }],
  [
    'a machine that Azure does not show, confirmed',
    { host: notExposed, confirmations: [confirmation('mabs-scratch-space')] },
    { outcome: 'pass', reason: 'Confirmed' },
  ],
  ['an engine that may not be read', { engine: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
