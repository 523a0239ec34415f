import { defineResourceRule } from '../../domain/resource-rule.ts';

export const classicAsmStorage = defineResourceRule({
  id: 'classic-asm-storage',
  title: 'No classic storage account exists any more',
  category: 'limitation',
  severity: 'blocker',
  rationale:
    'Disks in classic storage accounts cannot be backed up. Classic storage was retired on 2024-08-31, writes are blocked since 2024-11-01, and Microsoft migrates what is left.',
  sources: ['FAQ - Backing up Azure VMs, 2025-12-09', 'Notice on classic storage accounts, 2024-11'],
  reviewed: '2026-11-21',
  about: 'classicStorageAccounts',
  pass: {},
  fail: { Present: 'Classic storage account {account} remains; disks in it cannot be backed up.' },
  remedies: {
    Present: {
      text: 'Migrate the account to Resource Manager.',
      commands: ['az resource show --ids {id}'],
    },
  },
  evidence: ({ id, region }) => ({ id, location: region }),
  check: ({ name }) => ({ kind: 'fail', reason: 'Present', details: { account: name } }),
});
