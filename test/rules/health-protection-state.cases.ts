import type { healthProtectionState } from '../../lib/rules/health-protection-state.ts';
import type { Cases, Differing } from './case.ts';
import { item, live, noItem, unread, vault } from './healthy-vm.ts';

function state(protectionState: string): Differing {
  return { items: live(item({ protectionState })) };
}

const notActive = { outcome: 'fail', reason: 'NotActive', severity: 'blocker' } as const;
const unlisted = { outcome: 'unknown', cause: 'not-reported' } as const;

export const cases: Cases<typeof healthProtectionState> = [
  [
    'Protected',
    state('Protected'),
    { outcome: 'pass', reason: 'Active', message: 'Protection of this VM is Protected.' },
  ],
  ['IRPending', state('IRPending'), { outcome: 'pass', reason: 'Active' }],
  [
    'ProtectionStopped',
    state('ProtectionStopped'),
    {
      ...notActive,
      message: 'Protection of this VM is ProtectionStopped.',
      fix: {
        commands: [
          "az backup protection resume --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu -c 'IaasVMContainer;iaasvmcontainerv2;rg-pay;vm-pay-01' -i 'VM;iaasvmcontainerv2;rg-pay;vm-pay-01' --policy-name EnhancedPolicy",
        ],
      },
    },
  ],
  ['ProtectionPaused', state('ProtectionPaused'), notActive],
  ['BackupsSuspended', state('BackupsSuspended'), notActive],
  ['ProtectionError', state('ProtectionError'), notActive],
  ['Invalid (ruling 14)', state('Invalid'), { ...unlisted, message: 'Azure reports the protection state as Invalid.' }],
  ['a state that is not on the list', state('ProtectionResting'), unlisted],
  ['no state', state(''), { ...unlisted, message: 'Azure reports the protection state as nothing.' }],
  [
    'two live items: the better one is judged (ruling 13)',
    { items: live(item({ protectionState: 'ProtectionStopped' }, vault('rsv-old')), item()) },
    { outcome: 'pass', reason: 'Active' },
  ],
  ['no item', noItem, { outcome: 'notApplicable', message: 'No item exists.' }],
  ['items that may not be read', { items: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
