import { type AttachedDisk, managedDisks, unreadDisk } from '../domain/disk-resource.ts';
import { enhancedOrNot } from '../domain/enhanced-policy.ts';
import { enhancedTarget } from '../domain/enhanced-target.ts';
import { excludedLuns } from '../domain/excluded-luns.ts';
import { policyInQuestion } from '../domain/intended-policy.ts';
import { type DiskExclusion, judgedItem } from '../domain/protection.ts';
import { cannotTell, defineRule } from '../domain/rule.ts';

function isShared({ resource }: AttachedDisk): boolean {
  return (resource?.maxShares ?? 1) > 1;
}

/** Of a disk whose LUN is not told it is certain only where nothing is left out. */
function isIncluded({ lun }: AttachedDisk, excluded: readonly number[], exclusion: DiskExclusion | undefined): boolean {
  return lun === undefined ? !exclusion : !excluded.includes(lun);
}

function inWords(disks: readonly AttachedDisk[]): string {
  return disks
    .map(({ name, lun, resource }) => `${name} (LUN ${lun ?? 'not told'}, maxShares ${resource?.maxShares ?? 1})`)
    .join(', ');
}

/**
 * The LUNs to leave out of the backup, for commands. A new list takes the place of the old one, so it must hold what is
 * left out already; a command has room for one.
 */
function toLeaveOut(shared: readonly AttachedDisk[], excluded: readonly number[]) {
  const luns = [...new Set([...excluded, ...shared.flatMap(({ lun }) => lun ?? [])])].toSorted((a, b) => a - b);
  return { isOne: luns.length === 1, lun: luns.join(' '), luns: luns.join(' ') || '<LUNs of these disks>' };
}

export const diskShared = defineRule({
  id: 'disk-shared',
  title: 'No shared disk is in the backup',
  category: 'limitation',
  severity: 'blocker',
  rationale:
    'Azure Backup does not take shared disks (maxShares above 1). Under an Enhanced policy they can be left out and the rest is backed up. Clusters with CSV, Scale-Out File Server or S2D volumes are not supported at all; that is not visible from outside.',
  sources: [
    'Support matrix for Azure VM backups, 2026-03-26',
    'Selective disk backup and restore, 2026-01-23',
    'Back up an Azure VM by using the Enhanced policy, 2025-06-11',
  ],
  reviewed: '2026-11-21',
  needs: {
    disks: (disks) => ({
      'storageProfile.dataDisks': disks.flatMap(({ role, name }) => (role === 'data' ? name : [])).join(', '),
    }),
    diskResources: () => ({}),
  },
  pass: {
    NoneShared: 'No data disk of the VM is shared.',
    LeftOut: 'The shared disks are not in the backup: {disks}.',
  },
  fail: {
    SharedDisk: 'A shared disk cannot be part of VM backup: {disks}.',
    SharedDiskInBackup: 'A shared disk is in the backup, which does not support it: {disks}.',
    SeveralToLeaveOut: 'Shared disks cannot be part of VM backup: {disks}.',
    LeftOutUnderStandard:
      'Shared disks can only be left out under an Enhanced policy; policy {policy} is a Standard one: {disks}.',
  },
  remedies: {
    SharedDisk: {
      text: 'Protect the VM without the disk, and the disk itself with Azure Disk Backup.',
      commands: [
        'az backup protection enable-for-vm --subscription {targetSubscription} -g {targetResourceGroup} --vault-name {targetVault} --vm {vmId} --policy-name {enhanced} --disk-list-setting exclude --diskslist {lun}',
      ],
    },
    SharedDiskInBackup: {
      text: 'Leave the disk out of the backup, which takes an Enhanced policy, and protect it with Azure Disk Backup.',
      commands: [
        'az backup protection update-for-vm --subscription {targetSubscription} -g {targetResourceGroup} --vault-name {targetVault} -c {container} -i {item} --disk-list-setting exclude --diskslist {lun}',
      ],
    },
    SeveralToLeaveOut: {
      text: 'Leave all of them out at once under an Enhanced policy such as {enhanced} of vault {targetVault}: az backup protection enable-for-vm, or update-for-vm if the VM has an item, with --disk-list-setting exclude --diskslist {luns}. Protect them with Azure Disk Backup.',
      commands: [],
    },
    LeftOutUnderStandard: {
      text: 'Give the VM an Enhanced policy such as {enhanced}. There is no way back to a Standard one.',
      commands: [
        'az backup item set-policy --subscription {targetSubscription} -g {targetResourceGroup} --vault-name {targetVault} -c {container} -n {item} -p {enhanced}',
      ],
    },
  },
  concerns({ disks }) {
    return disks.kind === 'unknown' || disks.value.some(({ role }) => role === 'data') || 'The VM has no data disk.';
  },
  check({ disks, diskResources }, { settings }, sheet) {
    const managed = managedDisks(disks, diskResources);
    const data = managed.every(({ role }) => role === 'data') ? managed : managed.filter(({ role }) => role === 'data');
    const unread = unreadDisk(data, diskResources);
    const shared = data.filter(isShared);
    if (shared.length === 0) {
      return unread ? { kind: 'unknown', because: unread } : { kind: 'pass', reason: 'NoneShared', details: {} };
    }
    if (sheet.items.kind === 'unknown') {
      return sheet.items;
    }
    const item = judgedItem(sheet.items.value);
    const exclusion = item?.diskExclusion;
    const excluded = exclusion ? excludedLuns(disks, exclusion) : [];
    const included = shared.filter((disk) => isIncluded(disk, excluded, exclusion));
    if (included.length > 0) {
      const { isOne, ...luns } = toLeaveOut(included, excluded);
      const alone = item ? 'SharedDiskInBackup' : 'SharedDisk';
      return {
        kind: 'fail',
        reason: isOne ? alone : 'SeveralToLeaveOut',
        details: { disks: inWords(included) },
        commandDetails: { ...enhancedTarget(sheet, settings), ...luns },
      };
    }
    if (shared.some(({ lun }) => lun === undefined)) {
      return cannotTell('not-reported', 'Azure does not tell the LUN of a shared disk.');
    }
    // Only now: a disk that is in the backup fails whatever the policy.
    const answer = enhancedOrNot(policyInQuestion(sheet, settings));
    if (answer.kind === 'standard') {
      return {
        kind: 'fail',
        reason: 'LeftOutUnderStandard',
        details: { policy: answer.policy.name, disks: inWords(shared) },
        commandDetails: enhancedTarget(sheet, settings),
      };
    }
    if (unread) {
      return { kind: 'unknown', because: unread };
    }
    return answer.kind === 'unknown'
      ? answer
      : { kind: 'pass', reason: 'LeftOut', details: { disks: inWords(shared) } };
  },
});
