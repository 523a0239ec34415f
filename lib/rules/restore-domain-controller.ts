import { tagValue } from '../domain/machine.ts';
import { defineRule, notApplicable } from '../domain/rule.ts';

export const restoreDomainController = defineRule({
  id: 'restore-domain-controller',
  title: 'The VM is not tagged as a domain controller',
  category: 'restore-readiness',
  severity: 'info',
  rationale:
    'The only controller of one domain, or one beside others that can be reached, is restored like any VM. One of several domains: restore the disks and create the VM by PowerShell. The last one, or an isolated network: forest recovery. Azure does not show the role, so a Windows VM without the tag is not judged.',
  sources: ['Restore Azure VM data in the portal, 2026', 'Support matrix for Azure VM backups, 2026-03-26'],
  reviewed: '2026-11-21',
  needs: { tags: (tags) => tags },
  pass: {
    OtherRole: 'Tag {tag} of the VM says {value}.',
    NotWindows: 'The VM runs Linux and has no tag {tag}.',
  },
  fail: { DomainController: 'The VM is a domain controller (tag {tag}): use the restore procedure for these.' },
  remedies: {
    DomainController: {
      text: 'Put the procedure for domain controllers into the runbook; keep system-state backups and the DSRM password.',
      commands: [],
    },
  },
  check({ tags }, { settings }, { vm }) {
    const tag = settings.domainControllerTagName;
    const value = tagValue(tags, tag);
    if (value !== undefined) {
      return value.trim().toLowerCase() === settings.domainControllerTagValue.toLowerCase()
        ? { kind: 'fail', reason: 'DomainController', details: { tag } }
        : { kind: 'pass', reason: 'OtherRole', details: { tag, value } };
    }
    return vm.kind === 'known' && vm.value.osType === 'Linux'
      ? { kind: 'pass', reason: 'NotWindows', details: { tag } }
      : notApplicable(`Azure does not show whether a VM is a domain controller, and this one has no tag ${tag}.`);
  },
});
