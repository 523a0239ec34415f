import type { Machine } from '../../lib/domain/machine.ts';
import type { spotVm } from '../../lib/rules/spot-vm.ts';
import type { Cases, Differing } from './case.ts';
import { fact, machine, unread } from './healthy-vm.ts';

function priced(change: Partial<Machine>): Differing {
  return { vm: fact(machine(change)) };
}

const deleted = priced({ priority: 'Spot', evictionPolicy: 'Delete' });
const spot = { outcome: 'fail', reason: 'Spot', severity: 'info' } as const;
const candidate = { outcome: 'fail', reason: 'DeletedOnEviction', severity: 'info' } as const;
const regular = { outcome: 'notApplicable', message: 'The VM has regular priority.' } as const;

export const cases: Cases<typeof spotVm> = [
  ['no priority', {}, regular],
  ['regular priority', priced({ priority: 'Regular' }), regular],
  ['regular priority in another case', priced({ priority: 'REGULAR' }), regular],
  [
    'Spot, deallocated when evicted',
    priced({ priority: 'Spot', evictionPolicy: 'Deallocate' }),
    {
      ...spot,
      message: 'Spot VM (when evicted: Deallocate): a restore produces a pay-as-you-go VM.',
      fix: { text: 'Nothing has to change; know that a restore costs the regular price.', commands: [] },
    },
  ],
  [
    'Spot, and nothing told about its eviction',
    priced({ priority: 'Spot' }),
    { ...spot, message: 'Spot VM (when evicted: not told): a restore produces a pay-as-you-go VM.' },
  ],
  ['the old word Low', priced({ priority: 'Low', evictionPolicy: 'Deallocate' }), spot],
  [
    'Spot, deleted when evicted',
    deleted,
    {
      ...candidate,
      message:
        'Spot VM that Azure deletes when it evicts it: a restore produces a pay-as-you-go VM. It is a candidate for an exemption.',
      fix: {
        text: 'If the VM is stateless, exempt it by the tag backstop-exclude.',
        commands: [
          'az tag update --resource-id /subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-pay/providers/Microsoft.Compute/virtualMachines/vm-pay-01 --operation Merge --tags backstop-exclude=true',
        ],
      },
    },
  ],
  ['words in another case', priced({ priority: 'LOW', evictionPolicy: 'DELETE' }), candidate],
  ['deleted when evicted, and no tag exempts anybody', { ...deleted, settings: { exclusionTagName: '' } }, spot],
  ['deleted when evicted, and no value exempts anybody', { ...deleted, settings: { exclusionTagValues: [] } }, spot],
  [
    'a priority that nobody knows',
    priced({ priority: 'Platinum' }),
    { outcome: 'unknown', cause: 'not-reported', message: 'The priority of the VM is reported as Platinum.' },
  ],
  [
    'a priority of no letters',
    priced({ priority: '' }),
    { outcome: 'unknown', cause: 'not-reported', message: 'The priority of the VM is reported as nothing.' },
  ],
  ['a VM that may not be read', { vm: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
