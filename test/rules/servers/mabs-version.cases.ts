import { fact, unread } from '../healthy-vm.ts';
import { engine, engineWithout, type ServerCase } from './server-case.ts';

export const cases: readonly ServerCase[] = [
  [
    'nothing newer',
    {},
    {
      outcome: 'pass',
      reason: 'Current',
      evidence: [{ fact: 'engine', values: { dpmVersion: '14.0.30.0', isDpmUpgradeAvailable: false } }],
    },
  ],
  [
    'a newer version',
    { engine: fact(engine({ productVersion: '13.0.657.0', isUpgradeAvailable: true })) },
    {
      outcome: 'fail',
      reason: 'UpgradeAvailable',
      severity: 'info',
      message: 'There is a newer version than 13.0.657.0 for mabs01.contoso.local.',
    },
  ],
  [
    'a version that is not told',
    { engine: fact(engineWithout('productVersion')) },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'a version that is none',
    { engine: fact(engine({ productVersion: 'v4' })) },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'an offer that is not told',
    { engine: fact(engineWithout('isUpgradeAvailable')) },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  ['a planned server', { engine: fact('planned') }, { outcome: 'notApplicable' }],
  ['an engine that may not be read', { engine: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
