import type { diskCount } from '../../lib/rules/disk-count.ts';
import type { Cases } from './case.ts';
import { disks, fact, unread } from './healthy-vm.ts';

export const cases: Cases<typeof diskCount> = [
  ['no data disk', { disks: fact(disks(0)) }, { outcome: 'pass', reason: 'WithinLimit' }],
  [
    '32 data disks, the most that backup takes',
    { disks: fact(disks(32)) },
    { outcome: 'pass', reason: 'WithinLimit', message: 'The VM has 32 data disks; the limit is 32.' },
  ],
  [
    '33 data disks',
    { disks: fact(disks(33)) },
    {
      outcome: 'fail',
      reason: 'TooMany',
      severity: 'blocker',
      message: 'The VM has 33 data disks; the limit is 32.',
      fix: {
        commands: [
          'az vm disk detach --subscription 11111111-1111-1111-1111-111111111111 -g rg-pay --vm-name vm-pay-01 -n data-32',
        ],
      },
    },
  ],
  [
    'exactly as many data disks as the organisation allows',
    { disks: fact(disks(4)), settings: { maxDataDisks: 4 } },
    { outcome: 'pass', reason: 'WithinLimit', message: 'The VM has 4 data disks; the limit is 4.' },
  ],
  [
    'one data disk more than the organisation allows',
    { disks: fact(disks(5)), settings: { maxDataDisks: 4 } },
    { outcome: 'fail', reason: 'TooMany', message: 'The VM has 5 data disks; the limit is 4.' },
  ],
  ['disks that may not be read', { disks: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
