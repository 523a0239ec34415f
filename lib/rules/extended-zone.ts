import { enhancedOrNot } from '../domain/enhanced-policy.ts';
import { enhancedTarget } from '../domain/enhanced-target.ts';
import { policyInQuestion } from '../domain/intended-policy.ts';
import { defineRule, notApplicable } from '../domain/rule.ts';

export const extendedZone = defineRule({
  id: 'extended-zone',
  title: 'The VM in an Azure Extended Zone is under an Enhanced policy',
  category: 'limitation',
  severity: 'blocker',
  rationale:
    'A VM in an Azure Extended Zone is backed up only under an Enhanced policy, only crash-consistent, and into a vault of the parent region (of the same subscription, according to that page). Without an item the policy is judged that the VM would get.',
  sources: ['Support matrix for Azure VM backups, 2026-03-26', 'Back up a VM in Azure Extended Zones, 2026-01-21'],
  reviewed: '2026-11-21',
  needs: { vm: (vm) => ({ 'extendedLocation.name': vm.extendedZone }) },
  pass: { EnhancedPolicy: 'Policy {policy} is an Enhanced one, as a VM in Extended Zone {zone} needs it.' },
  fail: {
    StandardPolicy:
      'The VM is in Extended Zone {zone}, and policy {policy} is a Standard one: only an Enhanced one takes it.',
    StandardPolicyIntended:
      'The VM is in Extended Zone {zone}, and policy {policy}, which it would get, is a Standard one: only an Enhanced one takes it.',
  },
  remedies: {
    StandardPolicy: {
      text: 'Give the VM an Enhanced policy such as {enhanced}. There is no way back to a Standard one.',
      commands: [
        'az backup policy list --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault} --policy-sub-type Enhanced --workload-type VM',
        'az backup item set-policy --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault} -c {container} -n {item} -p {enhanced}',
      ],
    },
    StandardPolicyIntended: {
      text: 'Protect the VM with an Enhanced policy such as {enhanced}, or name one in defaultPolicyName.',
      commands: [
        'az backup policy list --subscription {targetSubscription} -g {targetResourceGroup} --vault-name {targetVault} --policy-sub-type Enhanced --workload-type VM',
        'az backup protection enable-for-vm --subscription {targetSubscription} -g {targetResourceGroup} --vault-name {targetVault} --vm {vmId} --policy-name {enhanced}',
      ],
    },
  },
  concerns({ vm }) {
    return vm.kind === 'unknown' || vm.value.extendedZone !== undefined || 'The VM is in no Extended Zone.';
  },
  check({ vm }, { settings }, sheet) {
    const zone = vm.extendedZone ?? '';
    const question = policyInQuestion(sheet, settings);
    const answer = enhancedOrNot(question);
    switch (answer.kind) {
      case 'none':
        return notApplicable('The item has no policy: protection is stopped.');
      case 'unknown':
        return answer;
      case 'enhanced':
        return { kind: 'pass', reason: 'EnhancedPolicy', details: { policy: answer.policy.name, zone } };
      case 'standard':
        return {
          kind: 'fail',
          reason: question.kind === 'assigned' ? 'StandardPolicy' : 'StandardPolicyIntended',
          details: { policy: answer.policy.name, zone },
          commandDetails: enhancedTarget(sheet, settings),
        };
      default: {
        const never: never = answer;
        return never;
      }
    }
  },
});
