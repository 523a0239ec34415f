import { encryptionOfVm } from '../domain/disk-encryption.ts';
import { judgedItem } from '../domain/protection.ts';
import { defineRule } from '../domain/rule.ts';

export const restoreReplaceExisting = defineRule({
  id: 'restore-replace-existing',
  title: 'The disks of the VM can be replaced from a recovery point',
  category: 'restore-readiness',
  severity: 'info',
  rationale:
    'A restore by "replace existing" works for managed VMs without Azure Disk Encryption, also from custom images, while they are shut down. It does not for encrypted, generalised or deleted VMs, nor into another region.',
  sources: [
    'Support matrix for Azure VM backups, 2026-03-26',
    'Back up and restore encrypted Azure VMs, 2022-12-14',
    'FAQ - Backing up Azure VMs, 2025-12-09',
  ],
  reviewed: '2026-11-21',
  needs: {
    items: (items) => ({ item: judgedItem(items)?.itemName }),
    disks: (disks) => ({ unmanaged: disks.filter(({ unmanaged }) => unmanaged).length }),
  },
  pass: { Available: 'The disks of the VM can be replaced from a recovery point while it is shut down.' },
  fail: {
    Encrypted: '"Replace existing" is not available: the VM uses Azure Disk Encryption.',
    Unmanaged: '"Replace existing" is not available: disk {disk} is unmanaged.',
  },
  remedies: {
    Encrypted: { text: 'Write into the runbook: restore the disks, or create a new VM.', commands: [] },
    Unmanaged: { text: 'Write into the runbook: restore the disks, or create a new VM.', commands: [] },
  },
  concerns({ items }) {
    return items.kind === 'unknown' || judgedItem(items.value) !== undefined || 'No item exists.';
  },
  check({ disks }, _context, sheet) {
    const unmanaged = disks.find((disk) => disk.unmanaged);
    if (unmanaged) {
      return { kind: 'fail', reason: 'Unmanaged', details: { disk: unmanaged.name } };
    }
    const encryption = encryptionOfVm(sheet);
    switch (encryption.kind) {
      case 'on':
        return { kind: 'fail', reason: 'Encrypted', details: {} };
      case 'off':
        return { kind: 'pass', reason: 'Available', details: {} };
      default:
        return encryption;
    }
  },
});
