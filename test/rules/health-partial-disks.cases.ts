import type { healthPartialDisks } from '../../lib/rules/health-partial-disks.ts';
import type { Cases, Differing } from './case.ts';
import { disks, fact, item, live, noItem, unread } from './healthy-vm.ts';

/** Three data disks at LUN 0, 1 and 2. */
function leavingOut(...luns: readonly number[]): Differing {
  return { disks: fact(disks(3)), items: live(item({ diskExclusion: { luns, isInclusionList: false } })) };
}

function only(...luns: readonly number[]): Differing {
  return { disks: fact(disks(3)), items: live(item({ diskExclusion: { luns, isInclusionList: true } })) };
}

function exempting(luns: string): Differing {
  return { tags: fact({ 'Backstop-Exempt-LUNs': luns }) };
}

const leftOut = { outcome: 'fail', reason: 'LeftOut', severity: 'warning' } as const;
const unlocated = disks(1).map(({ lun: _lun, ...disk }) => disk);

export const cases: Cases<typeof healthPartialDisks> = [
  [
    'no list: all disks (ruling 26)',
    {},
    { outcome: 'pass', reason: 'AllDisks', message: 'All disks are in the backup.' },
  ],
  [
    'a LUN left out',
    leavingOut(1),
    {
      ...leftOut,
      message: 'Data disks at LUN 1 are not in the backup.',
      fix: {
        text: 'Take all disks into the backup, or name the LUNs in the tag backstop-exempt-luns of the VM.',
        commands: [
          "az backup protection update-for-vm --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu -c 'IaasVMContainer;iaasvmcontainerv2;rg-pay;vm-pay-01' -i 'VM;iaasvmcontainerv2;rg-pay;vm-pay-01' --disk-list-setting resetexclusionsettings",
          'az tag update --resource-id /subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-pay/providers/Microsoft.Compute/virtualMachines/vm-pay-01 --operation Merge --tags backstop-exempt-luns=1',
        ],
      },
    },
  ],
  [
    'several LUNs left out',
    leavingOut(2, 0),
    {
      ...leftOut,
      message: 'Data disks at LUN 0, 2 are not in the backup.',
      fix: {
        commands: [
          "az backup protection update-for-vm --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu -c 'IaasVMContainer;iaasvmcontainerv2;rg-pay;vm-pay-01' -i 'VM;iaasvmcontainerv2;rg-pay;vm-pay-01' --disk-list-setting resetexclusionsettings",
          'az tag update --resource-id /subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-pay/providers/Microsoft.Compute/virtualMachines/vm-pay-01 --operation Merge --tags backstop-exempt-luns=0,2',
        ],
      },
    },
  ],
  [
    'several LUNs left out that the VM exempts',
    { ...leavingOut(2, 0), ...exempting('2, 1, 0') },
    { outcome: 'pass', reason: 'OnlyExempt', message: 'Left out are only LUNs that the VM exempts: 0, 2.' },
  ],
  [
    'a LUN left out that the VM exempts',
    { ...leavingOut(1), ...exempting('1') },
    { outcome: 'pass', reason: 'OnlyExempt', message: 'Left out are only LUNs that the VM exempts: 1.' },
  ],
  [
    'two LUNs left out, one of them exempt',
    { ...leavingOut(1, 2), ...exempting(' 1 ,x') },
    { ...leftOut, message: 'Data disks at LUN 2 are not in the backup.' },
  ],
  ['a LUN left out at which there is no disk', leavingOut(7), { outcome: 'pass', reason: 'AllDisks' }],
  ['an inclusion list with every disk', only(0, 1, 2), { outcome: 'pass', reason: 'AllDisks' }],
  [
    'an inclusion list, and a disk that was added later',
    only(0, 1),
    { ...leftOut, message: 'Data disks at LUN 2 are not in the backup.' },
  ],
  ['an empty list that leaves nothing out', leavingOut(), { outcome: 'pass', reason: 'AllDisks' }],
  [
    'an empty inclusion list: only the OS disk',
    only(),
    { ...leftOut, message: 'Data disks at LUN 0, 1, 2 are not in the backup.' },
  ],
  [
    'disks that may not be read, and a list',
    { ...leavingOut(1), disks: unread },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  ['disks that may not be read, and no list', { disks: unread }, { outcome: 'pass', reason: 'AllDisks' }],
  [
    'a data disk without a LUN',
    { ...leavingOut(1), disks: fact(unlocated) },
    { outcome: 'unknown', cause: 'not-reported', message: 'Azure does not tell the LUN of a data disk.' },
  ],
  [
    'tags that may not be read, and a disk left out',
    { ...leavingOut(1), tags: unread },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  ['no item', noItem, { outcome: 'notApplicable', message: 'No item exists.' }],
  ['items that may not be read', { items: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
