import { defineRule } from '../domain/rule.ts';

export const diskManaged = defineRule({
  id: 'disk-managed',
  title: 'All disks are managed disks',
  category: 'limitation',
  severity: 'blocker',
  rationale:
    'Backup of VMs with unmanaged disks is no longer supported. Azure retired unmanaged disks on 2026-03-31: VMs that use them were stopped and deallocated.',
  sources: [
    "We're retiring Azure unmanaged disks by March 31, 2026, 2025-08-28",
    'Support matrix for Azure VM backups, 2026-03-26',
  ],
  reviewed: '2026-11-20',
  needs: {
    disks: (disks) => ({
      'vhd.uri': disks
        .filter((disk) => disk.unmanaged)
        .map((disk) => disk.name)
        .join(', '),
    }),
  },
  pass: { AllManaged: 'All {count} disks are managed.' },
  fail: { Unmanaged: 'Disk {disk} is an unmanaged disk (page blob).' },
  remedies: {
    Unmanaged: {
      text: 'Convert the VM to managed disks.',
      commands: [
        'az vm deallocate --subscription {vmSubscription} -g {vmResourceGroup} -n {vmName}',
        'az vm convert --subscription {vmSubscription} -g {vmResourceGroup} -n {vmName}',
      ],
    },
  },
  check({ disks }) {
    const unmanaged = disks.find((disk) => disk.unmanaged);
    return unmanaged
      ? { kind: 'fail', reason: 'Unmanaged', details: { disk: unmanaged.name } }
      : { kind: 'pass', reason: 'AllManaged', details: { count: String(disks.length) } };
  },
});
