import { defineResourceRule } from '../../domain/resource-rule.ts';

export const classicBackupVault = defineResourceRule({
  id: 'classic-backup-vault',
  title: 'No classic Backup vault exists any more',
  category: 'vault',
  severity: 'info',
  rationale:
    'Classic Backup vaults (Microsoft.Backup) were converted to Recovery Services vaults from 2017 on (the day of completion is unconfirmed). They have nothing to do with the Backup vaults of Microsoft.DataProtection.',
  sources: ['Back up Azure VMs to a Backup vault (classic), 2017'],
  reviewed: '2026-11-21',
  about: 'classicBackupVaults',
  pass: {},
  fail: { Present: 'The classic Backup vault {vault} ({type}) is of a type that no longer exists.' },
  remedies: {
    Present: {
      text: 'Ask Azure support what became of it; new protection needs a Recovery Services vault.',
      commands: ['az resource show --ids {id}'],
    },
  },
  evidence: ({ id, type }) => ({ id, type }),
  check: ({ name, type }) => ({ kind: 'fail', reason: 'Present', details: { vault: name, type } }),
});
