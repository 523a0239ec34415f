import type { healthPolicyConsistent } from '../../lib/rules/health-policy-consistent.ts';
import type { Cases } from './case.ts';
import { item, live, noItem, unread } from './healthy-vm.ts';

const { policyId: _policyId, policyName: _policyName, ...withoutPolicy } = item();
const { policyInconsistent: _inconsistent, ...untold } = item();

export const cases: Cases<typeof healthPolicyConsistent> = [
  [
    'an item that follows its policy',
    {},
    { outcome: 'pass', reason: 'Consistent', message: 'The item follows policy EnhancedPolicy.' },
  ],
  [
    'an item that does not',
    { items: live(item({ policyInconsistent: true })) },
    {
      outcome: 'fail',
      reason: 'Inconsistent',
      severity: 'info',
      message: 'The item does not follow its policy EnhancedPolicy.',
      fix: {
        commands: [
          "az backup item set-policy --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu -c 'IaasVMContainer;iaasvmcontainerv2;rg-pay;vm-pay-01' -n 'VM;iaasvmcontainerv2;rg-pay;vm-pay-01' --policy-name EnhancedPolicy",
        ],
      },
    },
  ],
  [
    'an item without a policy',
    { items: live(withoutPolicy) },
    { outcome: 'fail', reason: 'NoPolicy', severity: 'info', message: 'The item has no policy.' },
  ],
  ['an item of which Azure does not tell', { items: live(untold) }, { outcome: 'unknown', cause: 'not-reported' }],
  ['no item', noItem, { outcome: 'notApplicable', message: 'No item exists.' }],
  ['items that may not be read', { items: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
