import type { Disk } from '../domain/machine.ts';
import { defineRule } from '../domain/rule.ts';
import { workloadPath } from './network/workload-path.ts';

function inWords(disks: readonly Disk[]): string {
  return disks.map(({ name }) => name).join(', ');
}

export const diskWriteAccelerator = defineRule({
  id: 'disk-write-accelerator',
  title: 'Write Accelerator is off, or on for data disks of a VM with a way out',
  category: 'limitation',
  severity: 'warning',
  rationale:
    'An OS disk with Write Accelerator cannot be snapshotted. Data disks with it are backed up since 2022-05-18 and restored as normal disks, not consistent for HANA; but a VM that has any needs the way to Azure Backup on TCP 443, even if these disks are left out of the backup.',
  sources: ['Support matrix for Azure VM backups, 2026-03-26', 'FAQ - Backing up Azure VMs, 2025-12-09'],
  reviewed: '2026-11-21',
  needs: {
    disks: (disks) => ({ writeAcceleratorEnabled: inWords(disks.filter((disk) => disk.writeAccelerator)) || 'none' }),
  },
  pass: {
    NotUsed: 'No disk of the VM has Write Accelerator.',
    DataDisksWithWayOut: 'Write Accelerator is on for data disks only ({disks}), and the way to Azure Backup is open.',
  },
  fail: {
    OsDisk: 'Write Accelerator is on for OS disk {disk}, which cannot be snapshotted then.',
    WayOutBlocked:
      'Write Accelerator is on for {disks}, so the VM needs TCP 443 to Azure Backup, Storage and Entra ID. {says}',
  },
  remedies: {
    OsDisk: {
      text: 'Switch Write Accelerator off for the OS disk.',
      commands: [
        'az vm update --subscription {vmSubscription} -g {vmResourceGroup} -n {vmName} --write-accelerator os=false',
      ],
    },
    WayOutBlocked: {
      text: 'Open the way out (the network rules name what blocks it), or switch Write Accelerator off for all disks.',
      commands: [
        'az vm update --subscription {vmSubscription} -g {vmResourceGroup} -n {vmName} --write-accelerator false',
      ],
    },
  },
  check({ disks }, _context, { network }) {
    const accelerated = disks.filter(({ writeAccelerator }) => writeAccelerator);
    if (accelerated.length === 0) {
      return { kind: 'pass', reason: 'NotUsed', details: {} };
    }
    const os = accelerated.find(({ role }) => role === 'os');
    if (os) {
      return { kind: 'fail', reason: 'OsDisk', details: { disk: os.name } };
    }
    // Only now: without Write Accelerator the network does not matter.
    if (network.kind === 'unknown') {
      return network;
    }
    const path = workloadPath(network.value);
    const details = { disks: inWords(accelerated) };
    switch (path.kind) {
      case 'open':
        return { kind: 'pass', reason: 'DataDisksWithWayOut', details };
      case 'blocked':
        return { kind: 'fail', reason: 'WayOutBlocked', details: { ...details, says: path.says } };
      default:
        return path;
    }
  },
});
