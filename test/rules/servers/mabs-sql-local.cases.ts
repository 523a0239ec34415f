import { fact, unread } from '../healthy-vm.ts';
import { bareHost, confirmation, dpm, notExposed, type ServerCase, serverHost, strange } from './server-case.ts';

export const cases: readonly ServerCase[] = [
  [
    'the instance of the setup',
    {},
    {
      outcome: 'pass',
      reason: 'Local',
      evidence: [{ fact: 'engine', values: { 'extendedInfo.databaseName': 'DPMDB_MABS01' } }],
    },
  ],
  [
    'an own instance on the machine',
    { engine: fact('planned'), host: fact(serverHost({ sqlServer: 'local' })) },
    { outcome: 'pass', reason: 'Local' },
  ],
  [
    'an instance elsewhere',
    { engine: fact('planned'), host: fact(serverHost({ sqlServer: 'remote' })) },
    { outcome: 'fail', reason: 'Remote', severity: 'blocker' },
  ],
  [
    'the name of a database alone',
    { host: fact(bareHost) },
    {
      outcome: 'unknown',
      cause: 'not-exposed',
      message:
        'The place of the SQL Server instance of mabs01.contoso.local is not known: Azure does not show it from outside the server.',
    },
  ],
  ['a machine that Azure does not show', { host: notExposed }, { outcome: 'unknown', cause: 'not-exposed' }],
  [
    'a machine that Azure does not show, confirmed',
    { host: notExposed, confirmations: [confirmation('mabs-sql-local')] },
    { outcome: 'pass', reason: 'Confirmed' },
  ],
  ['a server of an unknown type', { engine: fact(strange) }, { outcome: 'unknown', cause: 'not-reported' }],
  ['DPM, which may have it elsewhere', { engine: fact(dpm) }, { outcome: 'notApplicable' }],
  ['an engine that may not be read', { engine: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
