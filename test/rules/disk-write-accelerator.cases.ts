import type { diskWriteAccelerator } from '../../lib/rules/disk-write-accelerator.ts';
import type { Cases, Differing } from './case.ts';
import { disks, fact, unread } from './healthy-vm.ts';
import { network, nsg, routeTable, rule } from './network/sample.ts';

/** A VM on whose disks of these names Write Accelerator is on. */
function accelerated(...names: readonly string[]): Differing {
  return { disks: fact(disks(2).map((disk) => ({ ...disk, writeAccelerator: names.includes(disk.name) }))) };
}

const denyAll: Differing = { network: fact(network({ subnetNsg: nsg('nsg', [rule('deny-all', 200, 'Deny')]) })) };
/** The subnet names a network security group, whose row is not there. */
const unreadGroup: Differing = {
  network: fact({ ...network({ subnetNsg: nsg('nsg', []) }), subnetNsg: null }),
};

const appliance: Differing = {
  network: fact(network({ routeTable: routeTable(['0.0.0.0/0', 'VirtualAppliance', '10.9.9.9']) })),
};

const osDisk = { outcome: 'fail', reason: 'OsDisk', severity: 'warning' } as const;

export const cases: Cases<typeof diskWriteAccelerator> = [
  [
    'Write Accelerator nowhere',
    {},
    { outcome: 'pass', reason: 'NotUsed', message: 'No disk of the VM has Write Accelerator.' },
  ],
  ['Write Accelerator switched off everywhere', accelerated(), { outcome: 'pass', reason: 'NotUsed' }],
  [
    'Write Accelerator on the OS disk',
    accelerated('os'),
    {
      ...osDisk,
      message: 'Write Accelerator is on for OS disk os, which cannot be snapshotted then.',
      fix: {
        commands: [
          'az vm update --subscription 11111111-1111-1111-1111-111111111111 -g rg-pay -n vm-pay-01 --write-accelerator os=false',
        ],
      },
    },
  ],
  [
    'Write Accelerator on the OS disk, and no way to read the network',
    { ...accelerated('os'), network: unread },
    osDisk,
  ],
  ['Write Accelerator on OS and data disks', accelerated('os', 'data-0'), osDisk],
  [
    'Write Accelerator on data disks, and an open way out',
    accelerated('data-0', 'data-1'),
    {
      outcome: 'pass',
      reason: 'DataDisksWithWayOut',
      message: 'Write Accelerator is on for data disks only (data-0, data-1), and the way to Azure Backup is open.',
    },
  ],
  [
    'Write Accelerator on a data disk, and everything outbound denied',
    { ...accelerated('data-1'), ...denyAll },
    {
      outcome: 'fail',
      reason: 'WayOutBlocked',
      severity: 'warning',
      message:
        'Write Accelerator is on for data-1, so the VM needs TCP 443 to Azure Backup, Storage and Entra ID. NSG nsg (subnet) rule deny-all (priority 200) denies TCP 443 to AzureBackup.',
      fix: {
        commands: [
          'az vm update --subscription 11111111-1111-1111-1111-111111111111 -g rg-pay -n vm-pay-01 --write-accelerator false',
        ],
      },
    },
  ],
  ['everything outbound denied, and no Write Accelerator', denyAll, { outcome: 'pass', reason: 'NotUsed' }],
  [
    'Write Accelerator on a data disk, and a network security group that could not be read',
    { ...accelerated('data-1'), ...unreadGroup },
    {
      outcome: 'unknown',
      cause: 'partial-inventory',
      message:
        'The input lacks subnetNsg: the resource is not readable by this identity. Grant Reader on its subscription.',
    },
  ],
  [
    'Write Accelerator on a data disk, and an appliance on the way',
    { ...accelerated('data-1'), ...appliance },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'Write Accelerator on a data disk, and a network that may not be read',
    { ...accelerated('data-1'), network: unread },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  [
    'a network that may not be read, and no Write Accelerator',
    { network: unread },
    { outcome: 'pass', reason: 'NotUsed' },
  ],
  ['disks that may not be read', { disks: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
