import type { vmssMembership } from '../../lib/rules/vmss-membership.ts';
import type { Cases } from './case.ts';
import { fact, unread } from './healthy-vm.ts';

const uniform = { outcome: 'fail', reason: 'Uniform', severity: 'blocker' } as const;
const flexible = { outcome: 'pass', reason: 'Flexible' } as const;

export const cases: Cases<typeof vmssMembership> = [
  ['no scale set', {}, { outcome: 'pass', reason: 'NoScaleSet', message: 'The VM belongs to no scale set.' }],
  [
    'a Flexible scale set',
    { scaleSetMode: fact('Flexible') },
    {
      ...flexible,
      message:
        'The VM belongs to a Flexible scale set: it is backed up like any other, and may be scaled in at any time.',
    },
  ],
  ['a Flexible scale set in another case', { scaleSetMode: fact('FLEXIBLE') }, flexible],
  [
    'a Uniform scale set',
    { scaleSetMode: fact('Uniform') },
    {
      ...uniform,
      message: 'The VM is an instance of a Uniform scale set, which VM backup does not take.',
      fix: {
        text: 'Keep the state outside of the instances, and take them out of what is to be backed up.',
        commands: [],
      },
    },
  ],
  ['a Uniform scale set in another case', { scaleSetMode: fact('uniform') }, uniform],
  [
    'a mode that nobody knows',
    { scaleSetMode: fact('Elastic') },
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message: 'The orchestration mode of the scale set is reported as Elastic.',
    },
  ],
  [
    'a mode that Azure does not tell',
    { scaleSetMode: fact('') },
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message: 'The orchestration mode of the scale set is reported as nothing.',
    },
  ],
  ['a scale set that may not be read', { scaleSetMode: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
