import { type TagExemption, tagExemption } from '../domain/exemption.ts';
import { type BackupExemption, backupExemption } from '../domain/policy-exemption.ts';
import { type RegisterSays, registerSays } from '../domain/registered-exemption.ts';
import { cannotTell, defineRule } from '../domain/rule.ts';
import type { JudgementSettings } from '../domain/settings.ts';

type FoundInRegister = Exclude<RegisterSays, { kind: 'none' }>;

/** A day for the example of an end date: one must be chosen, and ninety days are enough to think. */
function inNinetyDays(now: Date): string {
  return new Date(now.getTime() + 90 * 86_400_000).toISOString().slice(0, 10);
}

function saidByTag(found: Exclude<TagExemption, { kind: 'none' }>, settings: JudgementSettings, now: Date) {
  const { tag, until } = found;
  const commandDetails = { untilTag: settings.exclusionUntilTagName, untilExample: inNinetyDays(now) };
  switch (found.kind) {
    case 'valid':
      return until === 'no end date'
        ? ({ kind: 'fail', reason: 'NoEndDate', details: { tag }, settles: 'exempt', commandDetails } as const)
        : ({ kind: 'pass', reason: 'ExemptUntil', details: { tag, until }, settles: 'exempt' } as const);
    case 'expired':
      return { kind: 'fail', reason: 'Expired', details: { tag, until } } as const;
    case 'unreadable':
      return { kind: 'fail', reason: 'UnreadableEndDate', details: { tag, until }, commandDetails } as const;
    default: {
      const never: never = found;
      return never;
    }
  }
}

function saidByRegister({ kind, exemption: { exemptionId: exemption, owner, reason, until } }: FoundInRegister) {
  return kind === 'valid'
    ? ({
        kind: 'pass',
        reason: 'ExemptByRegisterUntil',
        details: { exemption, owner, why: reason, until },
        settles: 'exempt',
      } as const)
    : ({ kind: 'fail', reason: 'RegisterExpired', details: { exemption, until } } as const);
}

function saidByAzurePolicy(found: Exclude<BackupExemption, { kind: 'none' }>, now: Date) {
  const { name, category, scope, expiresOn } = found.exemption;
  const exemption = `${name} (${category})`;
  const commandDetails = { exemptionName: name, scope, untilExample: `${inNinetyDays(now)}T00:00:00Z` };
  switch (found.kind) {
    case 'valid':
      return expiresOn === undefined
        ? ({
            kind: 'fail',
            reason: 'NoPolicyEndDate',
            details: { exemption },
            settles: 'exempt',
            commandDetails,
          } as const)
        : ({
            kind: 'pass',
            reason: 'ExemptByPolicyUntil',
            details: { exemption, until: expiresOn },
            settles: 'exempt',
          } as const);
    case 'expired':
      return {
        kind: 'fail',
        reason: 'PolicyExpired',
        details: { exemption, until: found.until },
        commandDetails,
      } as const;
    case 'unreadable':
      return {
        kind: 'fail',
        reason: 'UnreadablePolicyEndDate',
        details: { exemption, until: found.until },
        commandDetails,
      } as const;
    case 'unclear':
      return cannotTell(
        'partial-inventory',
        `Exemption ${exemption} of Azure Policy is from an assignment that was not seen; whether it is about backup cannot be told.`,
      );
    default: {
      const never: never = found;
      return never;
    }
  }
}

export const govExclusionTag = defineRule({
  id: 'gov-exclusion-tag',
  title: 'The VM is not exempt, or its exemption has an end date',
  category: 'governance',
  severity: 'info',
  rationale:
    "A VM is exempt by Backstop's register to the instant of the exemption's end, by the configured exclusion tag and value to the end of the day in the second tag (UTC), and by an exemption of Azure Policy from the built-in backup policies to the instant of its end. Without an end a tag and an exemption of Azure Policy are valid, and said to have none.",
  sources: ['Azure/azure-policy repository, 2026-04-29', 'Audit and enforce backup using Azure Policy, 2025-06-09'],
  reviewed: '2026-11-21',
  needs: { tags: (tags) => tags },
  pass: {
    NotExempt: 'The VM has no exclusion tag, and no exemption in the register or in Azure Policy.',
    ExemptByRegisterUntil: 'Exempt by exemption {exemption} of the register until {until} ({owner}: {why}).',
    ExemptUntil: 'Exempt by tag {tag} until {until}.',
    ExemptByPolicyUntil: 'Exempt by exemption {exemption} of Azure Policy until {until}.',
  },
  fail: {
    NoEndDate: 'Exempt by tag {tag}, which has no end date.',
    Expired: 'The exemption by tag {tag} ended on {until}; the VM is judged like any other.',
    UnreadableEndDate:
      'The exemption by tag {tag} ends on {until}, which is not a day (YYYY-MM-DD); the VM is judged like any other.',
    RegisterExpired: 'Exemption {exemption} of the register ended at {until}; the VM is judged like any other.',
    NoPolicyEndDate: 'Exempt by exemption {exemption} of Azure Policy, which has no end date.',
    PolicyExpired: 'Exemption {exemption} of Azure Policy ended at {until}; the VM is judged like any other.',
    UnreadablePolicyEndDate:
      'Exemption {exemption} of Azure Policy ends at {until}, which is no instant; the VM is judged like any other.',
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
    RegisterExpired: {
      text: 'Protect the VM, or give the exemption a new end with a reason (PATCH exemptions/{exemption}).',
      commands: [],
    },
    NoPolicyEndDate: {
      text: 'Give the exemption an end.',
      commands: [
        'az policy exemption update --subscription {vmSubscription} --scope {scope} -n {exemptionName} --expires-on {untilExample}',
      ],
    },
    PolicyExpired: {
      text: 'Remove the exemption, or give it a new end.',
      commands: ['az policy exemption delete --subscription {vmSubscription} --scope {scope} -n {exemptionName}'],
    },
    UnreadablePolicyEndDate: {
      text: 'Give the exemption an end as an instant in UTC.',
      commands: [
        'az policy exemption update --subscription {vmSubscription} --scope {scope} -n {exemptionName} --expires-on {untilExample}',
      ],
    },
  },
  check({ tags }, { settings, now }, { vm, azurePolicy, exemptions }) {
    const byRegister = exemptions.kind === 'known' ? registerSays(exemptions.value, now) : undefined;
    if (byRegister?.kind === 'valid') {
      return saidByRegister(byRegister);
    }
    const byTag = tagExemption(tags, settings, now);
    if (byTag.kind === 'valid') {
      return saidByTag(byTag, settings, now);
    }
    const byPolicy =
      vm.kind === 'known' && azurePolicy.kind === 'known'
        ? backupExemption(azurePolicy.value, vm.value.key, now)
        : undefined;
    if (byPolicy?.kind === 'valid') {
      return saidByAzurePolicy(byPolicy, now);
    }
    if (byRegister?.kind === 'expired') {
      return saidByRegister(byRegister);
    }
    if (byTag.kind !== 'none') {
      return saidByTag(byTag, settings, now);
    }
    if (exemptions.kind === 'unknown') {
      return exemptions;
    }
    if (azurePolicy.kind === 'unknown') {
      return azurePolicy;
    }
    if (vm.kind === 'unknown') {
      return vm;
    }
    return byPolicy && byPolicy.kind !== 'none'
      ? saidByAzurePolicy(byPolicy, now)
      : { kind: 'pass', reason: 'NotExempt', details: {} };
  },
});
