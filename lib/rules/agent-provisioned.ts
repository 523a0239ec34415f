import { agentReadiness } from '../domain/agent.ts';
import { defineRule } from '../domain/rule.ts';

export const agentProvisioned = defineRule({
  id: 'agent-provisioned',
  title: 'The VM agent is declared on the VM',
  category: 'agent',
  severity: 'warning',
  rationale:
    'provisionVMAgent=false says that no agent was provisioned; a VM made from a specialised disk has no osProfile, which says nothing, so there the agent itself is asked. Without an agent only crash-consistent backup is possible (Enhanced policy).',
  sources: ['Back up Azure VMs in a Recovery Services vault, 2026-03-25', 'ARM type definitions of Microsoft.Compute'],
  reviewed: '2026-11-20',
  needs: { vm: (vm) => ({ provisionVMAgent: vm.provisionVmAgent }) },
  pass: {
    Provisioned: 'The VM was created with the agent.',
    Reports: 'The VM was made from a specialised disk, and its agent reports.',
  },
  fail: {
    NotProvisioned: 'The VM was created without the Azure VM agent.',
    NoReport: 'The VM was made from a specialised disk, and no agent reports: {message}.',
  },
  remedies: {
    NotProvisioned: {
      text: 'Install the agent inside the guest: Windows agent MSI as administrator; Linux package walinuxagent or WALinuxAgent of the distribution.',
      commands: [],
    },
    NoReport: {
      text: 'Install or repair the agent inside the guest: Windows agent MSI as administrator; Linux package walinuxagent or WALinuxAgent of the distribution.',
      commands: [],
    },
  },
  check({ vm }, { now }, sheet) {
    if (vm.provisionVmAgent !== undefined) {
      return vm.provisionVmAgent
        ? { kind: 'pass', reason: 'Provisioned', details: {} }
        : { kind: 'fail', reason: 'NotProvisioned', details: {} };
    }
    if (sheet.agent.kind === 'unknown') {
      return { kind: 'unknown', because: sheet.agent.because };
    }
    const readiness = agentReadiness(vm, sheet.agent.value, now);
    switch (readiness.kind) {
      case 'ready':
        return { kind: 'pass', reason: 'Reports', details: {} };
      case 'not-ready':
        return { kind: 'fail', reason: 'NoReport', details: { message: readiness.message } };
      case 'unknown':
        return { kind: 'unknown', because: readiness.because };
      default: {
        const never: never = readiness;
        return never;
      }
    }
  },
});
