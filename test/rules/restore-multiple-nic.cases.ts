import type { restoreMultipleNic } from '../../lib/rules/restore-multiple-nic.ts';
import type { Cases } from './case.ts';
import { fact, gap, oneNic, unread } from './healthy-vm.ts';

const one = { outcome: 'pass', reason: 'OneNic' } as const;

export const cases: Cases<typeof restoreMultipleNic> = [
  ['one interface', {}, { ...one, message: 'The VM has no more than one network interface.' }],
  ['a VM without an interface', { nics: fact({ count: 0, nics: [] }) }, one],
  [
    'two interfaces, one of which could not be read: the VM names both',
    { nics: fact({ ...oneNic, count: 2, gap }) },
    {
      outcome: 'fail',
      reason: 'SeveralNics',
      severity: 'info',
      message: 'The VM has 2 network interfaces; a restore by "create new" does not set them up alike.',
      fix: {
        commands: ['az vm nic list --subscription 11111111-1111-1111-1111-111111111111 -g rg-pay --vm-name vm-pay-01'],
      },
    },
  ],
  ['one interface that could not be read', { nics: fact({ count: 1, nics: [], gap }) }, one],
  ['interfaces that may not be read', { nics: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
