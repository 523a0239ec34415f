import { tagValue } from '../domain/machine.ts';
import { cannotTell, defineRule } from '../domain/rule.ts';

export const guestStorageLayout = defineRule({
  id: 'guest-storage-layout',
  title: 'The VM declares that its data lies where VM backup takes it',
  category: 'limitation',
  severity: 'info',
  rationale:
    'Only attached disks are backed up: no network drives, NFS, SMB or Azure Files mounts, no temporary disk; Storage Spaces, CSV, ZFS and Storage Replica are not supported. Azure cannot see this; a tag (dataLocationTagName) may declare it: local, network, or network-protected where another backup has the shares.',
  sources: ['Support matrix for Azure VM backups, 2026-03-26', 'FAQ - Backing up Azure VMs, 2025-12-09'],
  reviewed: '2026-11-21',
  needs: { tags: (tags) => tags },
  pass: {
    LocalData: 'The VM declares by tag {tag} that its data lies on its disks.',
    ProtectedElsewhere: 'The VM declares by tag {tag} that another backup has its network shares.',
  },
  fail: { NetworkData: 'Data on network shares of this VM (tag {tag}) is not in the VM backup.' },
  remedies: {
    NetworkData: {
      text: 'Protect the share itself (Azure Files backup, snapshots of Azure NetApp Files, MABS), then declare {declared}.',
      commands: [],
    },
  },
  check({ tags }, { settings }) {
    const name = settings.dataLocationTagName;
    const value = tagValue(tags, name)?.trim() ?? '';
    const details = { tag: `${name}=${value}` };
    switch (value.toLowerCase()) {
      case 'local':
        return { kind: 'pass', reason: 'LocalData', details };
      case 'network-protected':
        return { kind: 'pass', reason: 'ProtectedElsewhere', details };
      case 'network':
        return {
          kind: 'fail',
          reason: 'NetworkData',
          details,
          commandDetails: { declared: `${name}=network-protected` },
        };
      case '':
        return cannotTell('not-exposed', `Where the data lies only the guest knows; no tag ${name} declares it.`);
      default:
        return cannotTell('not-exposed', `Where the data lies only the guest knows; tag ${name} says ${value}.`);
    }
  },
});
