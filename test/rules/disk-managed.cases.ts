import type { diskManaged } from '../../lib/rules/disk-managed.ts';
import type { Cases } from './case.ts';
import { disks, fact, unread } from './healthy-vm.ts';

export const cases: Cases<typeof diskManaged> = [
  [
    'managed disks only',
    { disks: fact(disks(2)) },
    { outcome: 'pass', reason: 'AllManaged', message: 'All 3 disks are managed.' },
  ],
  [
    'an unmanaged OS disk',
    { disks: fact([{ name: 'os-blob', role: 'os', unmanaged: true }]) },
    {
      outcome: 'fail',
      reason: 'Unmanaged',
      severity: 'blocker',
      message: 'Disk os-blob is an unmanaged disk (page blob).',
    },
  ],
  [
    'one unmanaged data disk among managed ones',
    { disks: fact([...disks(3), { name: 'old-data', role: 'data', unmanaged: true }]) },
    { outcome: 'fail', reason: 'Unmanaged', message: 'Disk old-data is an unmanaged disk (page blob).' },
  ],
  ['disks that may not be read', { disks: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
