import { fact, unread } from '../healthy-vm.ts';
import { bareHost, confirmation, dpm, notExposed, type ServerCase, serverHost, strange } from './server-case.ts';

const planned = fact('planned' as const);

export const cases: readonly ServerCase[] = [
  [
    '4 GiB free',
    { engine: planned, host: fact(serverHost({ freeGiB: 4 })) },
    { outcome: 'pass', reason: 'Enough', evidence: [{}, { values: { freeGiB: 4 } }] },
  ],
  [
    'less than 4 GiB free',
    { engine: planned, host: fact(serverHost({ freeGiB: 3.9 })) },
    {
      outcome: 'fail',
      reason: 'TooLittle',
      severity: 'info',
      message: 'Only 3.9 GiB are free; the setup files take 4.',
    },
  ],
  ['free space that is not told', { host: fact(bareHost) }, { outcome: 'unknown', cause: 'not-exposed' }],
  ['a machine that Azure does not show', { host: notExposed }, { outcome: 'unknown', cause: 'not-exposed' }],
  [
    'a machine that Azure does not show, confirmed',
    { host: notExposed, confirmations: [confirmation('mabs-extract-space')] },
    { outcome: 'pass', reason: 'Confirmed' },
  ],
  ['a server of an unknown type', { engine: fact(strange) }, { outcome: 'unknown', cause: 'not-reported' }],
  ['DPM', { engine: fact(dpm) }, { outcome: 'notApplicable' }],
  ['an engine that may not be read', { engine: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
