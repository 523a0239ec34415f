import { fact, unread } from '../healthy-vm.ts';
import { classicVm, type ResourceCase } from './resource-case.ts';

export const cases: readonly ResourceCase[] = [
  [
    'two classic VMs: a finding each',
    { classicVms: fact([classicVm(), classicVm({ name: "it's old" })]) },
    [
      {
        outcome: 'fail',
        reason: 'Present',
        severity: 'blocker',
        message: 'Classic VM old-vm cannot be backed up.',
        evidence: [{ fact: 'classicVms', values: { id: classicVm().id, location: 'westeurope' } }],
        fix: {
          text: 'Migrate its disks to Resource Manager and managed disks, or delete it.',
          commands: [`az resource show --ids ${classicVm().id}`],
        },
      },
      { outcome: 'fail', message: "Classic VM it's old cannot be backed up." },
    ],
  ],
  ['no classic VM', {}, []],
  ['classic VMs that may not be read', { classicVms: unread }, [{ outcome: 'unknown', cause: 'no-permission' }]],
];
