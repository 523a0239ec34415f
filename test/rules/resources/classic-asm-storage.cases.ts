import { fact, unread } from '../healthy-vm.ts';
import { type ResourceCase, storageAccount } from './resource-case.ts';

export const cases: readonly ResourceCase[] = [
  [
    'a classic storage account',
    { classicStorageAccounts: fact([storageAccount]) },
    [
      {
        outcome: 'fail',
        reason: 'Present',
        severity: 'blocker',
        message: 'Classic storage account oldstore remains; disks in it cannot be backed up.',
        evidence: [{ fact: 'classicStorageAccounts', values: { id: storageAccount.id, location: 'westeurope' } }],
      },
    ],
  ],
  ['none', {}, []],
  [
    'accounts that may not be read',
    { classicStorageAccounts: unread },
    [{ outcome: 'unknown', cause: 'no-permission' }],
  ],
];
