import { armId } from '../../lib/domain/ids.ts';
import type { Machine } from '../../lib/domain/machine.ts';
import type { restorePlacement } from '../../lib/rules/restore-placement.ts';
import type { Cases, Differing } from './case.ts';
import { fact, machine, unread } from './healthy-vm.ts';

function placed(change: Partial<Machine>): Differing {
  return { vm: fact(machine(change)) };
}

const compute = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute';
const availabilitySetId = armId(`${compute}/availabilitySets/AS-Pay`);
const hostGroupId = armId(`${compute}/hostGroups/hg-pay`);
const hostId = armId(`${compute}/hostGroups/hg-pay/hosts/host-1`);
const plan = { publisher: 'contoso', product: 'firewall', name: 'byol' };

const nothing = { outcome: 'pass', reason: 'NothingSpecial' } as const;
const limited = { outcome: 'fail', reason: 'Limited', severity: 'info' } as const;

export const cases: Cases<typeof restorePlacement> = [
  [
    'a VM that stands nowhere special',
    {},
    {
      ...nothing,
      message: 'Neither an availability set, a dedicated host nor a withdrawn Marketplace plan is in the way.',
    },
  ],
  [
    'an availability set',
    placed({ availabilitySetId }),
    { ...limited, message: 'A restore by "create new" is limited: it is in availability set as-pay.' },
  ],
  [
    'a dedicated host',
    placed({ hostId }),
    { ...limited, message: 'A restore by "create new" is limited: it is on dedicated host host-1.' },
  ],
  [
    'a dedicated host group',
    placed({ hostGroupId }),
    { ...limited, message: 'A restore by "create new" is limited: it is in dedicated host group hg-pay.' },
  ],
  [
    'a Marketplace plan that its publisher has withdrawn',
    placed({ plan: { ...plan, isOffered: false } }),
    {
      ...limited,
      message: 'A restore by "create new" is limited: its Marketplace plan contoso firewall byol was withdrawn.',
    },
  ],
  ['a Marketplace plan that is still offered', placed({ plan: { ...plan, isOffered: true } }), nothing],
  [
    'a Marketplace plan of which nobody asked',
    placed({ plan }),
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message: 'Whether Marketplace plan contoso firewall byol is still offered was not read.',
    },
  ],
  [
    'a plan with a name alone',
    placed({ plan: { name: 'byol' } }),
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message: 'Whether Marketplace plan byol is still offered was not read.',
    },
  ],
  [
    'several limits, and a plan of which nobody asked',
    placed({ availabilitySetId, hostId, hostGroupId, plan }),
    {
      ...limited,
      message:
        'A restore by "create new" is limited: it is in availability set as-pay, it is on dedicated host host-1, it is in dedicated host group hg-pay.',
    },
  ],
  ['a VM that may not be read', { vm: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
