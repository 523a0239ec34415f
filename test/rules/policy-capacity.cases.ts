import { armId } from '../../lib/domain/ids.ts';
import type { policyCapacity } from '../../lib/rules/policy-capacity.ts';
import type { Cases, Differing } from './case.ts';
import { daily, fact, gap, noItem, unread, vault } from './healthy-vm.ts';
import { hostileName } from './hostile-name.ts';

function idOf(name: string) {
  return armId(`${vault('rsv-weu').key}/backuppolicies/${name}`);
}

/** A VM without an item that would get a policy with so many VMs; the vault has the other policies too. */
function protecting(vms: number, name = 'EnhancedPolicy', ...others: readonly string[]): Differing {
  const names = [name, hostileName, ...others];
  return {
    ...noItem,
    policies: fact(new Map(names.map((each) => [idOf(each), { ...daily, id: idOf(each), name: each }]))),
    loads: fact({ vaults: new Map(), policies: new Map([idOf(name), armId(hostileName)].map((id) => [id, vms])) }),
    settings: { defaultPolicyName: name },
  };
}

const full = { outcome: 'fail', reason: 'Full', severity: 'blocker' } as const;
const vaultNames = '--subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu';

export const cases: Cases<typeof policyCapacity> = [
  [
    'a policy that is not listed among the loads: it protects nothing',
    noItem,
    { outcome: 'pass', reason: 'HasRoom', message: 'Policy EnhancedPolicy protects 0 of 100 VMs.' },
  ],
  ['89 VMs', protecting(89), { outcome: 'pass', reason: 'HasRoom' }],
  [
    '90 VMs (ruling 18)',
    protecting(90),
    {
      outcome: 'pass',
      reason: 'NearlyFull',
      message: 'Policy EnhancedPolicy protects 90 of 100 VMs: it is nearly full.',
    },
  ],
  ['99 VMs', protecting(99), { outcome: 'pass', reason: 'NearlyFull' }],
  [
    '100 VMs',
    protecting(100),
    {
      ...full,
      message: 'Policy EnhancedPolicy of vault rsv-weu already protects 100 of 100 VMs.',
      fix: {
        commands: [
          `az backup policy show ${vaultNames} -n EnhancedPolicy`,
          `az backup policy create ${vaultNames} -n EnhancedPolicy-02 --backup-management-type AzureIaasVM --policy @policy.json`,
        ],
      },
    },
  ],
  ['101 VMs', protecting(101), full],
  [
    'a clone is full as well: the next number',
    protecting(100, 'Gold-02', 'gold-03'),
    {
      ...full,
      fix: {
        commands: [
          `az backup policy show ${vaultNames} -n Gold-02`,
          `az backup policy create ${vaultNames} -n Gold-04 --backup-management-type AzureIaasVM --policy @policy.json`,
        ],
      },
    },
  ],
  [
    'the number in a name that is no number of a clone stays',
    protecting(100, 'Daily-30'),
    {
      ...full,
      fix: {
        commands: [
          `az backup policy show ${vaultNames} -n Daily-30`,
          `az backup policy create ${vaultNames} -n Daily-30-02 --backup-management-type AzureIaasVM --policy @policy.json`,
        ],
      },
    },
  ],
  [
    'a number of a clone in the middle of a name stays',
    protecting(100, 'Gold-02-weekly'),
    {
      ...full,
      fix: {
        commands: [
          `az backup policy show ${vaultNames} -n Gold-02-weekly`,
          `az backup policy create ${vaultNames} -n Gold-02-weekly-02 --backup-management-type AzureIaasVM --policy @policy.json`,
        ],
      },
    },
  ],
  [
    'a full policy that is not the one that the VM would get',
    { ...protecting(100, 'Gold'), settings: { defaultPolicyName: 'Silver' } },
    {
      outcome: 'pass',
      reason: 'NewPolicy',
      message: 'The policy does not exist yet; a new one holds nothing.',
    },
  ],
  [
    'no vault that it could be protected in (ruling 25)',
    { ...protecting(100), vaults: fact({ vaults: [] }) },
    { outcome: 'pass', reason: 'NewPolicy' },
  ],
  [
    'an item of the VM may be hidden (ruling 4)',
    { ...protecting(100), items: fact({ live: [], softDeleted: [], gap }) },
    full,
  ],
  [
    'a VM that is protected, under a full policy',
    { loads: fact({ vaults: new Map(), policies: new Map([[idOf('EnhancedPolicy'), 100]]) }) },
    { outcome: 'notApplicable', message: 'The VM has its place in a policy.' },
  ],
  ['loads that may not be read', { ...noItem, loads: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['policies that may not be read', { ...noItem, policies: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['vaults that may not be read', { ...noItem, vaults: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['items that may not be read', { items: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['a VM that may not be read', { ...noItem, vm: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
