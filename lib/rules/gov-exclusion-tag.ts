import { tagExemption } from '../domain/exemption.ts';
import { defineRule } from '../domain/rule.ts';

export const govExclusionTag = defineRule({
  id: 'gov-exclusion-tag',
  title: 'The VM is not exempt, or its exemption has an end date',
  category: 'governance',
  severity: 'info',
  rationale:
    'A VM with the configured exclusion tag and value is exempt, with the meaning of the built-in Azure policies. The exemption ends with the day in the second tag (UTC); without one it is valid, and said to have no end.',
  sources: ['Azure/azure-policy repository, 2026-04-29', 'Audit and enforce backup using Azure Policy, 2025-06-09'],
  reviewed: '2026-11-20',
  needs: { tags: (tags) => tags },
  pass: {
    NotExempt: 'The VM has no exclusion tag.',
    ExemptUntil: 'Exempt by tag {tag} until {until}.',
  },
  fail: {
    NoEndDate: 'Exempt by tag {tag}, which has no end date.',
    Expired: 'The exemption by tag {tag} ended on {until}; the VM is judged like any other.',
    UnreadableEndDate:
      'The exemption by tag {tag} ends on {until}, which is not a day (YYYY-MM-DD); the VM is judged like any other.',
  },
  remedies: {
    NoEndDate: {
      text: 'Add the last day of the exemption as a tag.',
      commands: ['az tag update --resource-id {vmId} --operation Merge --tags {untilTag}={untilExample}'],
    },
    Expired: {
      text: 'Remove the tag, or give the exemption a new end date.',
      commands: ['az tag update --resource-id {vmId} --operation Delete --tags {tag}'],
    },
    UnreadableEndDate: {
      text: 'Write the last day of the exemption as YYYY-MM-DD.',
      commands: ['az tag update --resource-id {vmId} --operation Merge --tags {untilTag}={untilExample}'],
    },
  },
  check({ tags }, { settings, now }) {
    const exemption = tagExemption(tags, settings, now);
    const inNinetyDays = new Date(now.getTime() + 90 * 86_400_000).toISOString().slice(0, 10);
    const commandDetails = { untilTag: settings.exclusionUntilTagName, untilExample: inNinetyDays };
    switch (exemption.kind) {
      case 'none':
        return { kind: 'pass', reason: 'NotExempt', details: {} };
      case 'valid': {
        const { tag, until } = exemption;
        return until === 'no end date'
          ? { kind: 'fail', reason: 'NoEndDate', details: { tag }, settles: 'exempt', commandDetails }
          : { kind: 'pass', reason: 'ExemptUntil', details: { tag, until }, settles: 'exempt' };
      }
      case 'expired':
        return { kind: 'fail', reason: 'Expired', details: { tag: exemption.tag, until: exemption.until } };
      case 'unreadable':
        return {
          kind: 'fail',
          reason: 'UnreadableEndDate',
          details: { tag: exemption.tag, until: exemption.until },
          commandDetails,
        };
      default: {
        const never: never = exemption;
        return never;
      }
    }
  },
});
