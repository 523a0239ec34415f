import { excludedLuns, lunsOfTag } from '../domain/excluded-luns.ts';
import { tagValue } from '../domain/machine.ts';
import { judgedItem } from '../domain/protection.ts';
import { cannotTell, defineRule } from '../domain/rule.ts';

export const healthPartialDisks = defineRule({
  id: 'health-partial-disks',
  title: 'All wanted disks are in the backup',
  category: 'backup-health',
  severity: 'warning',
  rationale:
    'Selective disk backup leaves disks out; under an inclusion list a disk that is added later is not backed up. The OS disk always is. LUNs that may be left out are named in a tag of the VM. Without a list all disks are in the backup.',
  sources: ['Selective disk backup and restore, 2026-01-23'],
  reviewed: '2026-11-20',
  needs: {
    items: (items) => ({
      diskLunList: judgedItem(items)?.diskExclusion?.luns.join(', '),
      isInclusionList: judgedItem(items)?.diskExclusion?.isInclusionList,
    }),
  },
  pass: {
    AllDisks: 'All disks are in the backup.',
    OnlyExempt: 'Left out are only LUNs that the VM exempts: {luns}.',
  },
  fail: { LeftOut: 'Data disks at LUN {luns} are not in the backup.' },
  remedies: {
    LeftOut: {
      text: 'Take all disks into the backup, or name the LUNs in the tag {tag} of the VM.',
      commands: [
        'az backup protection update-for-vm --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault} -c {container} -i {item} --disk-list-setting resetexclusionsettings',
        'az tag update --resource-id {vmId} --operation Merge --tags {tag}={tagLuns}',
      ],
    },
  },
  concerns({ items }) {
    return items.kind === 'unknown' || judgedItem(items.value) !== undefined || 'No item exists.';
  },
  check({ items }, { settings }, { disks, tags }) {
    const exclusion = judgedItem(items)?.diskExclusion;
    if (!exclusion) {
      return { kind: 'pass', reason: 'AllDisks', details: {} };
    }
    // Only now: most VMs leave nothing out, whatever is known of their disks and tags.
    if (disks.kind === 'unknown') {
      return { kind: 'unknown', because: disks.because };
    }
    if (disks.value.some(({ role, lun }) => role === 'data' && lun === undefined)) {
      return cannotTell('not-reported', 'Azure does not tell the LUN of a data disk.');
    }
    const excluded = excludedLuns(disks.value, exclusion);
    if (excluded.length === 0) {
      return { kind: 'pass', reason: 'AllDisks', details: {} };
    }
    if (tags.kind === 'unknown') {
      return { kind: 'unknown', because: tags.because };
    }
    const exempt = lunsOfTag(tagValue(tags.value, settings.exemptLunsTagName));
    const missing = excluded.filter((lun) => !exempt.includes(lun));
    return missing.length === 0
      ? { kind: 'pass', reason: 'OnlyExempt', details: { luns: excluded.join(', ') } }
      : {
          kind: 'fail',
          reason: 'LeftOut',
          details: { luns: missing.join(', ') },
          commandDetails: { tag: settings.exemptLunsTagName, tagLuns: excluded.join(',') },
        };
  },
});
