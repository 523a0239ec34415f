import type { agentExtensionsAllowed } from '../../lib/rules/agent-extensions-allowed.ts';
import type { Cases } from './case.ts';
import { fact, machine, specialisedMachine, unread } from './healthy-vm.ts';

const allowed = {
  outcome: 'pass',
  reason: 'Allowed',
  message: 'Extension operations are allowed on this VM.',
} as const;

export const cases: Cases<typeof agentExtensionsAllowed> = [
  ['allowed', { vm: fact(machine({ allowExtensionOperations: true })) }, allowed],
  ['Azure does not say', {}, allowed],
  ['a VM made from a specialised disk', { vm: fact(specialisedMachine()) }, allowed],
  [
    'switched off',
    { vm: fact(machine({ allowExtensionOperations: false })) },
    {
      outcome: 'fail',
      reason: 'SwitchedOff',
      severity: 'warning',
      message: 'Extension operations are switched off on this VM.',
      fix: {
        commands: [
          'az vm update --subscription 11111111-1111-1111-1111-111111111111 -g rg-pay -n vm-pay-01 --set osProfile.allowExtensionOperations=true',
        ],
      },
    },
  ],
  ['a VM that may not be read', { vm: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
