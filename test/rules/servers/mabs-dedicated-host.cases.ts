import { fact, unread } from '../healthy-vm.ts';
import { bareHost, confirmation, dpm, notExposed, type ServerCase, serverHost, strange } from './server-case.ts';

const roles = (...names: readonly string[]) => fact(serverHost({ roles: names }));

export const cases: readonly ServerCase[] = [
  ['no other role', {}, { outcome: 'pass', reason: 'Dedicated', evidence: [{}, { values: { roles: '' } }] }],
  ['a tag that says mabs', { host: roles('MABS') }, { outcome: 'pass', reason: 'Dedicated' }],
  [
    'a domain controller',
    { host: roles('mabs', 'Domain-Controller') },
    {
      outcome: 'fail',
      reason: 'ConflictingRole',
      severity: 'blocker',
      message: 'Azure Backup Server may not share the host of mabs01.contoso.local with the role domain controller.',
      evidence: [{}, { values: { roles: 'mabs, Domain-Controller' } }],
    },
  ],
  [
    'a planned server with Exchange and Operations Manager',
    { engine: fact('planned'), host: roles('exchange', 'scom') },
    {
      outcome: 'fail',
      reason: 'ConflictingRole',
      message:
        'Azure Backup Server may not share the host of the planned server with the role Exchange Server, System Center Operations Manager.',
    },
  ],
  [
    'the Application Server role',
    { host: roles('application-server') },
    { outcome: 'fail', reason: 'ConflictingRole' },
  ],
  ['a cluster node', { host: roles('cluster-node') }, { outcome: 'fail', reason: 'ConflictingRole' }],
  ['beside DPM', { host: roles('dpm') }, { outcome: 'fail', reason: 'ConflictingRole' }],
  ['a role that nobody knows', { host: roles('print-server') }, { outcome: 'unknown', cause: 'not-exposed' }],
  ['a host of which no role is told', { host: fact(bareHost) }, { outcome: 'unknown', cause: 'not-exposed' }],
  ['a machine that Azure does not show', { host: notExposed }, { outcome: 'unknown', cause: 'not-exposed' }],
  [
    'a machine that Azure does not show, confirmed',
    { host: notExposed, confirmations: [confirmation('mabs-dedicated-host')] },
    { outcome: 'pass', reason: 'Confirmed' },
  ],
  ['a server of an unknown type', { engine: fact(strange) }, { outcome: 'unknown', cause: 'not-reported' }],
  ['DPM', { engine: fact(dpm) }, { outcome: 'notApplicable' }],
  ['an engine that may not be read', { engine: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
