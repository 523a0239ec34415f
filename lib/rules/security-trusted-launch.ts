import { enhancedOrNot } from '../domain/enhanced-policy.ts';
import { enhancedTarget } from '../domain/enhanced-target.ts';
import { policyInQuestion } from '../domain/intended-policy.ts';
import { defineRule, notApplicable } from '../domain/rule.ts';
import { isWord } from '../domain/word.ts';

/** First api-version with which a Standard policy takes a Trusted Launch VM. */
const firstApiVersion = '2025-01-01';

/** Api-versions are days; that of a preview is followed by a word. */
function isNewEnough(apiVersion: string): boolean {
  return apiVersion.slice(0, firstApiVersion.length) >= firstApiVersion;
}

export const securityTrustedLaunch = defineRule({
  id: 'security-trusted-launch',
  title: 'The Trusted Launch VM gets a policy, or a client, that takes it',
  category: 'limitation',
  severity: 'blocker',
  rationale:
    'An Enhanced policy takes a Trusted Launch VM with any client; a Standard one only with REST api-version 2025-01-01 or later (setting backupApiVersion). New VMs have Trusted Launch unless asked otherwise. A Gen2 VM under a Standard policy must move to Enhanced before it is converted.',
  sources: [
    'Support matrix for Azure VM backups, 2026-03-26',
    'Back up an Azure VM by using the Enhanced policy, 2025-06-11',
    'Package @azure/arm-recoveryservicesbackup 12.0.0 (api-version 2023-06-01)',
  ],
  reviewed: '2026-11-21',
  needs: { vm: (vm) => ({ 'securityProfile.securityType': vm.securityType }) },
  pass: {
    EnhancedPolicy: 'Policy {policy} is an Enhanced one, which takes Trusted Launch VMs.',
    NewClient:
      'Protection is enabled with api-version {apiVersion}, which takes Trusted Launch VMs under either policy.',
  },
  fail: {
    StandardPolicy:
      'Policy {policy} is a Standard one, and the api-version {apiVersion} is older than {minimum}: a Trusted Launch VM needs an Enhanced policy or a newer client.',
    StandardPolicyIntended:
      'Policy {policy}, which the VM would get, is a Standard one, and the api-version {apiVersion} is older than {minimum}: a Trusted Launch VM needs an Enhanced policy or a newer client.',
  },
  remedies: {
    StandardPolicy: {
      text: 'Give the VM an Enhanced policy such as {enhanced}; there is no way back to a Standard one. Or raise backupApiVersion.',
      commands: [
        'az backup policy list --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault} --policy-sub-type Enhanced --workload-type VM',
        'az backup item set-policy --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault} -c {container} -n {item} -p {enhanced}',
      ],
    },
    StandardPolicyIntended: {
      text: 'Protect the VM with an Enhanced policy such as {enhanced}, name one in defaultPolicyName, or raise backupApiVersion.',
      commands: [
        'az backup policy list --subscription {targetSubscription} -g {targetResourceGroup} --vault-name {targetVault} --policy-sub-type Enhanced --workload-type VM',
        'az backup protection enable-for-vm --subscription {targetSubscription} -g {targetResourceGroup} --vault-name {targetVault} --vm {vmId} --policy-name {enhanced}',
      ],
    },
  },
  concerns({ vm }) {
    return vm.kind === 'unknown' || isWord(vm.value.securityType, 'TrustedLaunch') || 'The VM has no Trusted Launch.';
  },
  check(_facts, { settings }, sheet) {
    const apiVersion = settings.backupApiVersion;
    if (isNewEnough(apiVersion)) {
      return { kind: 'pass', reason: 'NewClient', details: { apiVersion } };
    }
    const question = policyInQuestion(sheet, settings);
    const answer = enhancedOrNot(question);
    switch (answer.kind) {
      case 'none':
        return notApplicable('The item has no policy: protection is stopped.');
      case 'unknown':
        return answer;
      case 'enhanced':
        return { kind: 'pass', reason: 'EnhancedPolicy', details: { policy: answer.policy.name } };
      case 'standard':
        return {
          kind: 'fail',
          reason: question.kind === 'assigned' ? 'StandardPolicy' : 'StandardPolicyIntended',
          details: { policy: answer.policy.name, apiVersion, minimum: firstApiVersion },
          commandDetails: enhancedTarget(sheet, settings),
        };
      default: {
        const never: never = answer;
        return never;
      }
    }
  },
});
