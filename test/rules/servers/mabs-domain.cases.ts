import { fact, unread } from '../healthy-vm.ts';
import { bareHost, confirmation, dpm, notExposed, type ServerCase, serverHost, strange } from './server-case.ts';

export const cases: readonly ServerCase[] = [
  [
    'a member of a domain',
    {},
    { outcome: 'pass', reason: 'Joined', evidence: [{}, { values: { isDomainJoined: true } }] },
  ],
  [
    'in no domain',
    { engine: fact('planned'), host: fact(serverHost({ isDomainJoined: false })) },
    {
      outcome: 'fail',
      reason: 'NotJoined',
      severity: 'warning',
      message:
        'The host of the planned server is in no domain; after the installation it can no longer be moved into one.',
    },
  ],
  ['a host of which it is not told', { host: fact(bareHost) }, { outcome: 'unknown', cause: 'not-exposed' }],
  ['a machine that Azure does not show', { host: notExposed }, { outcome: 'unknown', cause: 'not-exposed' }],
  [
    'a machine that Azure does not show, confirmed',
    { host: notExposed, confirmations: [confirmation('mabs-domain')] },
    { outcome: 'pass', reason: 'Confirmed' },
  ],
  ['a server of an unknown type', { engine: fact(strange) }, { outcome: 'unknown', cause: 'not-reported' }],
  ['DPM', { engine: fact(dpm) }, { outcome: 'notApplicable' }],
  ['an engine that may not be read', { engine: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
