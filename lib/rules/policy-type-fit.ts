import { enhancedNeed } from '../domain/enhanced-need.ts';
import { enhancedTarget } from '../domain/enhanced-target.ts';
import { policyInQuestion } from '../domain/intended-policy.ts';
import { judgedItem } from '../domain/protection.ts';
import { cannotTell, defineRule, notApplicable } from '../domain/rule.ts';

export const policyTypeFit = defineRule({
  id: 'policy-type-fit',
  title: 'The subtype of the backup policy fits the VM',
  category: 'policy',
  severity: 'blocker',
  rationale:
    'Ultra Disk, Premium SSD v2, Extended Zones, leaving out shared disks, hourly runs, crash-consistent backup and more than 5 days of snapshots need an Enhanced policy (V2); so does Trusted Launch below api-version 2025-01-01. Standard (V1, also where absent) can become Enhanced, never the other way round.',
  sources: [
    'Enhanced policy for Azure VM backup, 2025-06',
    'Support matrix for Azure VM backups, 2026-03-26',
    'What is new in Azure Backup, 2026',
  ],
  reviewed: '2026-11-21',
  needs: {
    items: (items) => ({ policyName: judgedItem(items)?.policyName }),
    policy: (policy) => (policy === 'none' ? {} : { policy: policy.name, policyType: policy.subtype }),
  },
  pass: {
    Enhanced: 'Policy {policy} is Enhanced.',
    NothingNeeded: 'Nothing about the VM needs an Enhanced policy instead of {policy}.',
  },
  fail: {
    StandardAssigned: 'The VM needs an Enhanced policy because {reasons}; {policy} is Standard.',
    StandardIntended: 'The VM needs an Enhanced policy because {reasons}; {policy}, which it would get, is Standard.',
  },
  remedies: {
    StandardAssigned: {
      text: "Assign an Enhanced policy such as {enhanced} (create one if the vault has none); there is no way back. Crash-consistent backup also needs a size with premium storage ('s' in its name) that is no Azure Boost v6 Intel or v7 AMD size, and no Ultra, Premium SSD v2, ephemeral, shared or Write Accelerator disk.",
      commands: [
        'az backup policy list --subscription {targetSubscription} -g {targetResourceGroup} --vault-name {targetVault} --policy-sub-type Enhanced --workload-type VM',
        'az backup item set-policy --subscription {targetSubscription} -g {targetResourceGroup} --vault-name {targetVault} -c {container} -n {item} -p {enhanced} --backup-management-type AzureIaasVM --workload-type VM',
      ],
    },
    StandardIntended: {
      text: 'Make an Enhanced policy of vault {targetVault} the default (defaultPolicyName), for example {enhanced}.',
      commands: [
        'az backup policy list --subscription {targetSubscription} -g {targetResourceGroup} --vault-name {targetVault} --policy-sub-type Enhanced --workload-type VM',
      ],
    },
  },
  check(_, { settings }, sheet) {
    const question = policyInQuestion(sheet, settings);
    if (question.kind === 'unknown') {
      return question;
    }
    if (question.kind === 'none') {
      return notApplicable('The item has no policy: protection is stopped.');
    }
    const { policy } = question;
    if (policy.subtype === 'Enhanced') {
      return { kind: 'pass', reason: 'Enhanced', details: { policy: policy.name } };
    }
    const { reasons, doubt } = enhancedNeed(sheet, policy, settings);
    if (reasons.length === 0) {
      return doubt
        ? { kind: 'unknown', because: doubt }
        : { kind: 'pass', reason: 'NothingNeeded', details: { policy: policy.name } };
    }
    if (policy.subtype !== 'Standard') {
      return cannotTell('not-reported', `The subtype of policy ${policy.name} could not be understood.`);
    }
    return {
      kind: 'fail',
      reason: question.kind === 'assigned' ? 'StandardAssigned' : 'StandardIntended',
      details: { policy: policy.name, reasons: reasons.join(', ') },
      commandDetails: enhancedTarget(sheet, settings),
    };
  },
});
