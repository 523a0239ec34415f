import type { Tags } from '../../lib/domain/machine.ts';
import type { govEnvironment } from '../../lib/rules/gov-environment.ts';
import type { Cases, Differing } from './case.ts';
import { fact, unread } from './healthy-vm.ts';

function tagged(vm: Tags, group: Tags = {}, subscription: Tags = {}): Differing {
  return { tags: fact(vm), inheritedTags: fact([group, subscription]) };
}

const defined = { outcome: 'pass', reason: 'Defined' } as const;
const notDefined = { outcome: 'fail', reason: 'NotDefined', severity: 'info' } as const;

export const cases: Cases<typeof govEnvironment> = [
  [
    'no tag: the default',
    tagged({ owner: 'team-pay' }),
    {
      outcome: 'pass',
      reason: 'ByDefault',
      message: 'No tag names an environment: prod holds by default.',
    },
  ],
  ['an empty tag says nothing', tagged({ environment: '' }), { outcome: 'pass', reason: 'ByDefault' }],
  ['prod', tagged({ environment: 'prod' }), { ...defined, message: 'The environment prod is defined.' }],
  ['nonprod by the second name, in another case', tagged({ ENV: 'NonProd' }), defined],
  ['sandbox on the resource group', tagged({}, { env: 'sandbox' }), defined],
  [
    'an environment that nobody defined',
    tagged({ environment: 'Dev' }),
    {
      ...notDefined,
      message: "Environment 'dev' is not defined; defined are nonprod, prod, sandbox.",
      fix: {
        commands: [
          'az tag update --resource-id /subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-pay/providers/Microsoft.Compute/virtualMachines/vm-pay-01 --operation Merge --tags environment=prod',
        ],
      },
    },
  ],
  ['an environment that nobody defined, on the subscription', tagged({}, {}, { environment: 'qa' }), notDefined],
  ['the VM wins over its group', tagged({ env: 'prod' }, { environment: 'qa' }), defined],
  [
    'an environment of the settings in another case',
    { ...tagged({ environment: 'QA' }), settings: { environments: { Qa: { rpoHours: 72 } } } },
    defined,
  ],
  [
    'the default of the settings',
    { ...tagged({ environment: 'live' }), settings: { defaultEnvironment: 'Live' } },
    defined,
  ],
  [
    'an environment tag of the VM, and tags of its group that may not be read',
    { ...tagged({ environment: 'prod' }), inheritedTags: unread },
    defined,
  ],
  [
    'no environment tag of the VM, and tags of its group that may not be read',
    { tags: fact({}), inheritedTags: unread },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  ['tags that may not be read', { tags: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
