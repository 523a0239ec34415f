import { defineRule } from '../domain/rule.ts';

export const restoreMultipleNic = defineRule({
  id: 'restore-multiple-nic',
  title: 'The VM has one network interface',
  category: 'restore-readiness',
  severity: 'info',
  rationale:
    'A restore mirrors the number of interfaces of the recovery point, yet the guidance for special configurations is to restore the disks and to create the VM with its interfaces. Backup itself is not affected.',
  sources: ['Support matrix for Azure VM backups, 2026-03-26', 'Restore Azure VM data in the portal, 2026'],
  reviewed: '2026-11-21',
  needs: { nics: ({ count }) => ({ 'networkProfile.networkInterfaces': count }) },
  pass: { OneNic: 'The VM has no more than one network interface.' },
  fail: { SeveralNics: 'The VM has {count} network interfaces; a restore by "create new" does not set them up alike.' },
  remedies: {
    SeveralNics: {
      text: 'Write into the runbook: restore the disks, then create the VM from them with all its interfaces.',
      commands: ['az vm nic list --subscription {vmSubscription} -g {vmResourceGroup} --vm-name {vmName}'],
    },
  },
  check({ nics }) {
    return nics.count > 1
      ? { kind: 'fail', reason: 'SeveralNics', details: { count: String(nics.count) } }
      : { kind: 'pass', reason: 'OneNic', details: {} };
  },
});
