import { cannotTell, defineRule } from '../domain/rule.ts';
import { isTooNew } from '../domain/vm-age.ts';

const transitions = ['creating', 'updating', 'deleting', 'migrating'];

export const vmProvisioningState = defineRule({
  id: 'vm-provisioning-state',
  title: 'The VM is in no failed state',
  category: 'agent',
  severity: 'warning',
  rationale:
    'A failed VM disturbs its backup (UserErrorVmProvisioningStateFailed): one page says that the job fails, another that the points are crash-consistent, hence a warning. A VM that is being changed, or is younger than 30 minutes, is asked again later.',
  sources: [
    'Troubleshooting backup failures on Azure VMs, 2025-11-12',
    'Troubleshoot failures caused by agent or extension issues, 2025-11-12',
    'An overview of Azure VM backup, 2026-01-28',
  ],
  reviewed: '2026-11-21',
  needs: { vm: (vm) => ({ provisioningState: vm.provisioningState, timeCreated: vm.timeCreated }) },
  pass: { Succeeded: 'The provisioning state of the VM is Succeeded.' },
  fail: { Failed: 'The provisioning state of the VM is Failed.' },
  remedies: {
    Failed: {
      text: 'Repair the extension that failed, then apply the state of the VM again.',
      commands: ['az vm reapply --subscription {vmSubscription} -g {vmResourceGroup} -n {vmName}'],
    },
  },
  check({ vm }, { now }) {
    const state = vm.provisioningState?.toLowerCase() ?? '';
    if (transitions.includes(state)) {
      return cannotTell('in-transition', `The provisioning state of the VM is ${vm.provisioningState}.`);
    }
    if (isTooNew(vm, now)) {
      return cannotTell('too-new', 'The VM is younger than 30 minutes; its provisioning state may still change.');
    }
    switch (state) {
      case 'succeeded':
        return { kind: 'pass', reason: 'Succeeded', details: {} };
      case 'failed':
        return { kind: 'fail', reason: 'Failed', details: {} };
      default:
        return cannotTell(
          'not-reported',
          `The provisioning state of the VM is reported as ${vm.provisioningState ?? 'nothing'}.`,
        );
    }
  },
});
