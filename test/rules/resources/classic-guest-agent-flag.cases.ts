import { fact, unread } from '../healthy-vm.ts';
import { classicVm, type ResourceCase } from './resource-case.ts';

export const cases: readonly ResourceCase[] = [
  [
    'a classic VM: nobody can tell',
    { classicVms: fact([classicVm()]) },
    [
      {
        outcome: 'unknown',
        cause: 'not-exposed',
        message: 'Azure no longer shows whether classic VM old-vm has ProvisionGuestAgent set.',
        evidence: [{ fact: 'classicVms', values: { id: classicVm().id } }],
      },
    ],
  ],
  ['none', {}, []],
  ['classic VMs that may not be read', { classicVms: unread }, [{ outcome: 'unknown', cause: 'no-permission' }]],
];
