import { defineResourceRule } from '../../domain/resource-rule.ts';

export const classicVmPresent = defineResourceRule({
  id: 'classic-vm-present',
  title: 'No classic VM exists any more',
  category: 'limitation',
  severity: 'blocker',
  rationale:
    'Classic VMs cannot be started since their retirement in 2023, and their backup has ended. Each one that is left is a finding in itself. How Resource Graph shows them is unconfirmed.',
  sources: [
    "We're retiring Azure Classic VMs, 2020-02-10",
    'FAQ - Backing up Azure VMs, 2025-12-09',
    'Support matrix for Azure VM backups, 2026-03-26',
  ],
  reviewed: '2026-11-21',
  about: 'classicVms',
  pass: {},
  fail: { Present: 'Classic VM {vm} cannot be backed up.' },
  remedies: {
    Present: {
      text: 'Migrate its disks to Resource Manager and managed disks, or delete it.',
      commands: ['az resource show --ids {id}'],
    },
  },
  evidence: ({ id, region }) => ({ id, location: region }),
  check: ({ name }) => ({ kind: 'fail', reason: 'Present', details: { vm: name } }),
});
