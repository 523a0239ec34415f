import { guestErrors } from '../domain/guest-errors.ts';
import { policyInQuestion } from '../domain/intended-policy.ts';
import { judgedItem } from '../domain/protection.ts';
import { isReported, reportedErrors } from '../domain/reported-errors.ts';
import { cannotTell, defineRule, notApplicable } from '../domain/rule.ts';
import { isWord } from '../domain/word.ts';

/** What the errors give away, with what to do about it. */
function signsIn(errors: readonly string[]): readonly { readonly finding: string; readonly remedy: string }[] {
  return guestErrors.flatMap(({ names, meaning, remedy }) => {
    const name = names.find((each) => isReported(each, errors));
    return name ? [{ finding: `${meaning} (${name})`, remedy }] : [];
  });
}

export const guestHiddenPrerequisites = defineRule({
  id: 'guest-hidden-prerequisites',
  title: 'Nothing inside of the guest stands in the way of its backup',
  category: 'agent',
  severity: 'info',
  rationale:
    'Windows: .NET 4.5, DHCP, healthy VSS, COM+ and MSDTC, no antivirus or AppLocker on VMSnapshot. Linux: Python, no noexec on /var, waagent.conf, SELinux, no ZFS pool, lsblk and lsscsi. Azure shows none of it, so it never passes; an error code of the pre-check or of a failed backup gives it away.',
  sources: [
    'Support matrix for Azure VM backups, 2026-03-26',
    'Troubleshoot failures caused by agent or extension issues, 2025-11-12',
    'Troubleshooting backup failures on Azure VMs, 2025-11-12',
    'Selective disk backup and restore, 2026-01-23',
  ],
  reviewed: '2026-11-21',
  needs: {
    items: (items) => ({
      healthDetails: judgedItem(items)
        ?.healthDetails?.map(({ code, title }) => `${code} ${title}`.trim())
        .join(', '),
    }),
  },
  pass: {},
  fail: { Reported: 'Azure Backup reports what lies inside of the guest: {findings}.' },
  remedies: { Reported: { text: '{advice}', commands: [] } },
  check({ items }, { settings }, sheet) {
    const item = judgedItem(items);
    const { jobs } = sheet;
    const errors = item ? reportedErrors(item, jobs.kind === 'known' ? jobs.value : []) : [];
    const found = errors.length > 0 ? signsIn(errors) : [];
    if (found.length > 0) {
      return {
        kind: 'fail',
        reason: 'Reported',
        details: { findings: found.map(({ finding }) => finding).join('; ') },
        commandDetails: { advice: found.map(({ remedy }) => remedy).join(' ') },
      };
    }
    const question = policyInQuestion(sheet, settings);
    const consistency = 'policy' in question ? question.policy.snapshotConsistency : undefined;
    if (isWord(consistency, 'OnlyCrashConsistent')) {
      return notApplicable('The policy makes crash-consistent points without an agent: the guest is not asked.');
    }
    return jobs.kind === 'unknown'
      ? jobs
      : cannotTell('not-exposed', 'What backup needs inside of the guest, Azure does not show.');
  },
});
