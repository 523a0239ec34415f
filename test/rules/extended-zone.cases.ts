import { armId } from '../../lib/domain/ids.ts';
import type { extendedZone } from '../../lib/rules/extended-zone.ts';
import type { Cases, Differing } from './case.ts';
import { daily, fact, itemWithoutPoint, live, machine, noItem, unread, vault } from './healthy-vm.ts';
import { hostileName } from './hostile-name.ts';

const standard = { ...daily, name: 'DefaultPolicy', subtype: 'Standard' } as const;
const { subtype: _subtype, ...withoutSubtype } = daily;

/** The Standard policy of the default name, also where the house test gives it another one. */
const intendedStandard = fact(
  new Map(
    ['EnhancedPolicy', hostileName].map((name) => [armId(`${vault('rsv-weu').key}/backuppolicies/${name}`), standard]),
  ),
);

function inZone(change: Differing = {}): Differing {
  return { vm: fact(machine({ extendedZone: 'losangeles' })), ...change };
}

const enhancedPolicy = { outcome: 'pass', reason: 'EnhancedPolicy' } as const;

export const cases: Cases<typeof extendedZone> = [
  [
    'an item with an Enhanced policy',
    inZone(),
    {
      ...enhancedPolicy,
      message: 'Policy EnhancedPolicy is an Enhanced one, as a VM in Extended Zone losangeles needs it.',
    },
  ],
  [
    'an item with a Standard policy',
    inZone({ policy: fact(standard) }),
    {
      outcome: 'fail',
      reason: 'StandardPolicy',
      severity: 'blocker',
      message:
        'The VM is in Extended Zone losangeles, and policy DefaultPolicy is a Standard one: only an Enhanced one takes it.',
      fix: {
        text: 'Give the VM an Enhanced policy such as EnhancedPolicy. There is no way back to a Standard one.',
        commands: [
          'az backup policy list --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu --policy-sub-type Enhanced --workload-type VM',
          "az backup item set-policy --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu -c 'IaasVMContainer;iaasvmcontainerv2;rg-pay;vm-pay-01' -n 'VM;iaasvmcontainerv2;rg-pay;vm-pay-01' -p EnhancedPolicy",
        ],
      },
    },
  ],
  [
    'a new client changes nothing',
    inZone({ policy: fact(standard), settings: { backupApiVersion: '2026-07-01' } }),
    { outcome: 'fail', reason: 'StandardPolicy' },
  ],
  [
    'no item, and a Standard policy that the VM would get (ruling 25)',
    inZone({ ...noItem, policies: intendedStandard }),
    {
      outcome: 'fail',
      reason: 'StandardPolicyIntended',
      severity: 'blocker',
      message:
        'The VM is in Extended Zone losangeles, and policy DefaultPolicy, which it would get, is a Standard one: only an Enhanced one takes it.',
      fix: {
        text: 'Protect the VM with an Enhanced policy such as EnhancedPolicy, or name one in defaultPolicyName.',
        commands: [
          'az backup policy list --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu --policy-sub-type Enhanced --workload-type VM',
          'az backup protection enable-for-vm --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu --vm /subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-pay/providers/Microsoft.Compute/virtualMachines/vm-pay-01 --policy-name EnhancedPolicy',
        ],
      },
    },
  ],
  ['no item, and an Enhanced policy that the VM would get', inZone(noItem), enhancedPolicy],
  [
    'no item and no vault: the template (ruling 25)',
    inZone({ ...noItem, vaults: fact({ vaults: [] }) }),
    enhancedPolicy,
  ],
  ['a policy that may not be read', inZone({ policy: unread }), { outcome: 'unknown', cause: 'no-permission' }],
  [
    'a policy whose subtype is not understood',
    inZone({ policy: fact(withoutSubtype) }),
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  ['items that may not be read', inZone({ items: unread }), { outcome: 'unknown', cause: 'no-permission' }],
  [
    'protection that was stopped (ruling 36)',
    inZone({ items: live(itemWithoutPoint({ protectionState: 'ProtectionStopped' })), policy: fact('none') }),
    { outcome: 'notApplicable', message: 'The item has no policy: protection is stopped.' },
  ],
  [
    'a VM in no Extended Zone',
    { policy: fact(standard) },
    { outcome: 'notApplicable', message: 'The VM is in no Extended Zone.' },
  ],
  ['a VM that may not be read', { vm: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
