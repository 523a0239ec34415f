import { fact, unread } from '../healthy-vm.ts';
import { dpm, engine, engineWithout, type ServerCase } from './server-case.ts';

export const cases: readonly ServerCase[] = [
  [
    'a current agent',
    {},
    {
      outcome: 'pass',
      reason: 'Current',
      evidence: [
        {
          fact: 'engine',
          values: { azureBackupAgentVersion: '2.0.9262.0', isAzureBackupAgentUpgradeAvailable: false },
        },
      ],
    },
  ],
  [
    'the oldest agent that works',
    { engine: fact(engine({ agentVersion: '2.0.9249.0' })) },
    { outcome: 'pass', reason: 'Current' },
  ],
  [
    'an agent that is one too old',
    { engine: fact(engine({ agentVersion: '2.0.9248.999' })) },
    {
      outcome: 'fail',
      reason: 'TooOld',
      severity: 'warning',
      message: 'Agent 2.0.9248.999 on mabs01.contoso.local is older than 2.0.9249.0.',
    },
  ],
  [
    'an old agent of DPM',
    { engine: fact({ ...dpm, agentVersion: '2.0.9083.0' }) },
    { outcome: 'fail', reason: 'TooOld' },
  ],
  [
    'a newer agent on offer',
    { engine: fact(engine({ isAgentUpgradeAvailable: true })) },
    { outcome: 'fail', reason: 'UpgradeAvailable', severity: 'info' },
  ],
  [
    'a version that is not told',
    { engine: fact(engineWithout('agentVersion')) },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'a version that is none',
    { engine: fact(engine({ agentVersion: 'latest' })) },
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message: "The version of the agent on mabs01.contoso.local is 'latest', which tells nothing.",
    },
  ],
  [
    'an offer that is not told',
    { engine: fact(engineWithout('isAgentUpgradeAvailable')) },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  ['a planned server', { engine: fact('planned') }, { outcome: 'notApplicable' }],
  ['an engine that may not be read', { engine: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
