import { defineRule } from '../domain/rule.ts';

export const diskCount = defineRule({
  id: 'disk-count',
  title: 'The VM has no more data disks than Azure Backup takes',
  category: 'limitation',
  severity: 'blocker',
  rationale:
    'Azure Backup refuses the snapshot of a VM with more than 32 data disks (setting maxDataDisks). Whether disks excluded by selective disk backup count is unconfirmed, so all are counted.',
  sources: ["Support matrix for Azure VM backups, 2026-03-26 (row 'Azure VM data disks')"],
  reviewed: '2026-11-21',
  needs: { disks: (disks) => ({ 'storageProfile.dataDisks': disks.filter((disk) => disk.role === 'data').length }) },
  pass: { WithinLimit: 'The VM has {count} data disks; the limit is {maximum}.' },
  fail: { TooMany: 'The VM has {count} data disks; the limit is {maximum}.' },
  remedies: {
    TooMany: {
      text: 'Consolidate or detach disks, or protect single disks with Azure Disk Backup (Backup vault).',
      commands: [
        'az vm disk detach --subscription {vmSubscription} -g {vmResourceGroup} --vm-name {vmName} -n {lastDisk}',
      ],
    },
  },
  check({ disks }, { settings }) {
    const data = disks.filter((disk) => disk.role === 'data');
    const details = { count: String(data.length), maximum: String(settings.maxDataDisks) };
    return data.length > settings.maxDataDisks
      ? { kind: 'fail', reason: 'TooMany', details, commandDetails: { lastDisk: data.at(-1)?.name ?? '' } }
      : { kind: 'pass', reason: 'WithinLimit', details };
  },
});
