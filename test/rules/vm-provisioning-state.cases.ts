import type { Machine } from '../../lib/domain/machine.ts';
import type { vmProvisioningState } from '../../lib/rules/vm-provisioning-state.ts';
import type { Cases, Differing } from './case.ts';
import { fact, hoursAgo, machine, unread } from './healthy-vm.ts';

const minute = 1 / 60;

function state(provisioningState: string, change: Partial<Machine> = {}): Differing {
  return { vm: fact(machine({ provisioningState, ...change })) };
}

const { provisioningState: _state, ...withoutState } = machine();
const { timeCreated: _timeCreated, ...withoutTime } = machine();
const succeeded = { outcome: 'pass', reason: 'Succeeded' } as const;
const failed = { outcome: 'fail', reason: 'Failed', severity: 'warning' } as const;
const inTransition = { outcome: 'unknown', cause: 'in-transition' } as const;
const tooNew = { outcome: 'unknown', cause: 'too-new' } as const;

export const cases: Cases<typeof vmProvisioningState> = [
  ['succeeded', {}, { ...succeeded, message: 'The provisioning state of the VM is Succeeded.' }],
  ['succeeded in another case', state('SUCCEEDED'), succeeded],
  ['a VM that does not tell when it was created', { vm: fact(withoutTime) }, succeeded],
  [
    'failed',
    state('Failed'),
    {
      ...failed,
      message: 'The provisioning state of the VM is Failed.',
      fix: {
        commands: ['az vm reapply --subscription 11111111-1111-1111-1111-111111111111 -g rg-pay -n vm-pay-01'],
      },
    },
  ],
  ['failed in another case', state('failed'), failed],
  ['updating', state('Updating'), { ...inTransition, message: 'The provisioning state of the VM is Updating.' }],
  ['creating', state('Creating'), inTransition],
  ['deleting in another case', state('DELETING'), inTransition],
  ['migrating', state('Migrating'), inTransition],
  ['a young VM that is being created', state('Creating', { timeCreated: hoursAgo(minute) }), inTransition],
  [
    'a young VM that succeeded',
    state('Succeeded', { timeCreated: hoursAgo(29 * minute) }),
    { ...tooNew, message: 'The VM is younger than 30 minutes; its provisioning state may still change.' },
  ],
  ['a young VM that failed', state('Failed', { timeCreated: hoursAgo(29 * minute) }), tooNew],
  ['a VM of exactly 30 minutes', state('Failed', { timeCreated: hoursAgo(30 * minute) }), failed],
  [
    'a state that nobody knows',
    state('Canceled'),
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message: 'The provisioning state of the VM is reported as Canceled.',
    },
  ],
  [
    'no state',
    { vm: fact(withoutState) },
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message: 'The provisioning state of the VM is reported as nothing.',
    },
  ],
  ['a VM that may not be read', { vm: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
