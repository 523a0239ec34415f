import { fact, unread } from '../healthy-vm.ts';
import { backupVault, type ResourceCase } from './resource-case.ts';

export const cases: readonly ResourceCase[] = [
  [
    'a classic Backup vault',
    { classicBackupVaults: fact([backupVault]) },
    [
      {
        outcome: 'fail',
        reason: 'Present',
        severity: 'info',
        message: 'The classic Backup vault oldvault (microsoft.backup/backupvault) is of a type that no longer exists.',
        evidence: [
          { fact: 'classicBackupVaults', values: { id: backupVault.id, type: 'microsoft.backup/backupvault' } },
        ],
      },
    ],
  ],
  ['none', {}, []],
  ['vaults that may not be read', { classicBackupVaults: unread }, [{ outcome: 'unknown', cause: 'no-permission' }]],
];
