import { type ArmId, armId } from '../domain/ids.ts';
import { policyInQuestion } from '../domain/intended-policy.ts';
import { judgedItem, type Vault } from '../domain/protection.ts';
import { defineRule } from '../domain/rule.ts';
import { vmsPerPolicy } from '../domain/vault-load.ts';

/** From here on a reader is told (ruling 18). */
const nearlyFull = 0.9 * vmsPerPolicy;

/** The name of a policy with the first number from 02 on that no policy of its vault has: creating one overwrites. */
function cloneName(name: string, vault: Vault, policies: ReadonlyMap<ArmId, unknown>): string {
  const plain = name.replace(/-0\d$/, '');
  const numbered = (number: number) => `${plain}-${String(number).padStart(2, '0')}`;
  let number = 2;
  while (policies.has(armId(`${vault.key}/backuppolicies/${numbered(number)}`))) {
    number += 1;
  }
  return numbered(number);
}

export const policyCapacity = defineRule({
  id: 'policy-capacity',
  title: 'The backup policy that the VM would get has room',
  category: 'policy',
  severity: 'blocker',
  rationale:
    'A backup policy takes at most 100 VMs; assigning it to one more fails. A full policy is cloned in the same vault, which takes up to 5,000 policies for Azure VMs. From 90 VMs on the pass says so.',
  sources: [
    'Support matrix for Azure Backup, 2026-03-25',
    'ARM type definitions of recoveryservicesbackup, 2026-07-01 (protectedItemsCount)',
  ],
  reviewed: '2026-11-21',
  needs: {
    vm: (vm) => ({ location: vm.region }),
    items: () => ({}),
    vaults: ({ vaults }) => ({
      vaults: vaults
        .map(({ name }) => name)
        .toSorted()
        .join(', '),
    }),
  },
  pass: {
    HasRoom: 'Policy {policy} protects {count} of {maximum} VMs.',
    NearlyFull: 'Policy {policy} protects {count} of {maximum} VMs: it is nearly full.',
    NewPolicy: 'The policy does not exist yet; a new one holds nothing.',
  },
  fail: { Full: 'Policy {policy} of vault {vault} already protects {count} of {maximum} VMs.' },
  remedies: {
    Full: {
      text: 'Save the output of the first command as policy.json, create a policy with the same schedule from it, and make that one the default (defaultPolicyName).',
      commands: [
        'az backup policy show --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault} -n {policy}',
        'az backup policy create --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault} -n {clone} --backup-management-type AzureIaasVM --policy @policy.json',
      ],
    },
  },
  concerns({ items }) {
    return items.kind === 'unknown' || judgedItem(items.value) === undefined || 'The VM has its place in a policy.';
  },
  check(_, { settings }, sheet) {
    const question = policyInQuestion(sheet, settings);
    if (question.kind === 'unknown') {
      return question;
    }
    if (question.kind !== 'intended') {
      return { kind: 'pass', reason: 'NewPolicy', details: {} };
    }
    const { loads, policies } = sheet;
    if (loads.kind === 'unknown') {
      return loads;
    }
    if (policies.kind === 'unknown') {
      return policies;
    }
    const { policy, vault } = question;
    const count = loads.value.policies.get(armId(policy.id)) ?? 0;
    const details = { policy: policy.name, count: String(count), maximum: String(vmsPerPolicy) };
    if (count < vmsPerPolicy) {
      return { kind: 'pass', reason: count < nearlyFull ? 'HasRoom' : 'NearlyFull', details };
    }
    return {
      kind: 'fail',
      reason: 'Full',
      details: { ...details, vault: vault.name },
      commandDetails: {
        vaultSubscription: vault.subscriptionId,
        vaultResourceGroup: vault.resourceGroup,
        clone: cloneName(policy.name, vault, policies.value),
      },
    };
  },
});
