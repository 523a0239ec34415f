import { judgedItem } from '../domain/protection.ts';
import { cannotTell, defineRule, notApplicable } from '../domain/rule.ts';

export const healthPolicyConsistent = defineRule({
  id: 'health-policy-consistent',
  title: 'The item follows its policy',
  category: 'backup-health',
  severity: 'info',
  rationale:
    'policyInconsistent, or an empty policy id, means that the item does not follow the policy that the vault stores.',
  sources: ['ARM type definitions of recoveryservicesbackup, 2026-07-01'],
  reviewed: '2026-11-20',
  needs: {
    items: (items) => ({
      policyInconsistent: judgedItem(items)?.policyInconsistent,
      policyId: judgedItem(items)?.policyId,
    }),
  },
  pass: { Consistent: 'The item follows policy {policyName}.' },
  fail: {
    NoPolicy: 'The item has no policy.',
    Inconsistent: 'The item does not follow its policy {policyName}.',
  },
  remedies: {
    NoPolicy: {
      text: 'Give the item a policy by resuming its protection.',
      commands: [
        'az backup protection resume --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault} -c {container} -i {item} --policy-name {policy}',
      ],
    },
    Inconsistent: {
      text: 'Set the policy of the item again.',
      commands: [
        'az backup item set-policy --subscription {vaultSubscription} -g {vaultResourceGroup} --vault-name {vault} -c {container} -n {item} --policy-name {policy}',
      ],
    },
  },
  check({ items }) {
    const item = judgedItem(items);
    if (!item) {
      return notApplicable('No item exists.');
    }
    if (!item.policyId) {
      return { kind: 'fail', reason: 'NoPolicy', details: {} };
    }
    const details = { policyName: item.policyName ?? item.policyId };
    if (item.policyInconsistent === undefined) {
      return cannotTell('not-reported', 'Azure does not tell whether the item follows its policy.');
    }
    return item.policyInconsistent
      ? { kind: 'fail', reason: 'Inconsistent', details }
      : { kind: 'pass', reason: 'Consistent', details };
  },
});
