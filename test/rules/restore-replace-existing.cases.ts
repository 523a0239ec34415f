import { armId } from '../../lib/domain/ids.ts';
import type { restoreReplaceExisting } from '../../lib/rules/restore-replace-existing.ts';
import type { Cases } from './case.ts';
import { diskResource, diskResources, disks, fact, gap, noItem, unread } from './healthy-vm.ts';

const diskEncryption = { secretVaults: [armId('/kv')], keyVaults: [] };
const ade = {
  name: 'AzureDiskEncryption',
  publisher: 'Microsoft.Azure.Security',
  type: 'AzureDiskEncryption',
  provisioningState: 'Failed',
};
const available = { outcome: 'pass', reason: 'Available' } as const;
const encrypted = { outcome: 'fail', reason: 'Encrypted', severity: 'info' } as const;
const blob = { name: 'blob', role: 'data', unmanaged: true } as const;

export const cases: Cases<typeof restoreReplaceExisting> = [
  [
    'managed disks without encryption',
    {},
    { ...available, message: 'The disks of the VM can be replaced from a recovery point while it is shut down.' },
  ],
  [
    'the extension of Azure Disk Encryption, whatever became of it',
    { extensions: fact([ade]) },
    { ...encrypted, message: '"Replace existing" is not available: the VM uses Azure Disk Encryption.' },
  ],
  [
    'a disk with the settings of Azure Disk Encryption',
    { diskResources: diskResources(diskResource('os'), diskResource('data-0', { diskEncryption })) },
    encrypted,
  ],
  [
    'the extension, and disk resources that may not be read',
    { extensions: fact([ade]), diskResources: unread },
    encrypted,
  ],
  [
    'an unmanaged disk',
    { disks: fact([...disks(1), blob]) },
    {
      outcome: 'fail',
      reason: 'Unmanaged',
      severity: 'info',
      message: '"Replace existing" is not available: disk blob is unmanaged.',
    },
  ],
  [
    'a disk that could not be read',
    { disks: fact(disks(3)) },
    { outcome: 'unknown', cause: gap.cause, message: gap.detail },
  ],
  ['extensions that may not be read', { extensions: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['no item', noItem, { outcome: 'notApplicable', message: 'No item exists.' }],
  ['items that may not be read', { items: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['disks that may not be read', { disks: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
