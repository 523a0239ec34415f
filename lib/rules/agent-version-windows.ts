import { isOlder, parseVersion } from '../domain/agent.ts';
import { cannotTell, defineRule } from '../domain/rule.ts';

/** Minimum of the backup documentation, unchanged since 2015. */
const backupMinimum = [2, 6, 1198, 718];
/** Minimum for support by Microsoft since September 2025. */
const supportMinimum = [2, 7, 41491, 1010];

export const agentVersionWindows = defineRule({
  id: 'agent-version-windows',
  title: 'The Windows agent is new enough',
  category: 'agent',
  severity: 'warning',
  rationale:
    'Old agents break extensions; below the support minimum 2.7.41491.1010 Microsoft declines help, below 2.6.1198.718 backup itself does not support the agent.',
  sources: [
    'Back up Azure VMs in a Recovery Services vault, 2026-03-25',
    'Minimum version support for VM agents, 2025-09-15',
  ],
  reviewed: '2026-11-20',
  needs: {
    vm: (vm) => ({ osType: vm.osType }),
    agent: (agent) => ({ 'vmAgent.vmAgentVersion': agent.version }),
  },
  pass: { NewEnough: 'Windows VM agent {version} is new enough.' },
  fail: {
    BelowSupportMinimum: 'Windows VM agent {version} is older than {minimum}: an unsupported version.',
    BelowBackupMinimum: 'Windows VM agent {version} is older than {minimum}, the least that backup works with.',
  },
  remedies: {
    BelowSupportMinimum: {
      text: 'Reinstall the current agent MSI while no backup job runs.',
      commands: [
        'az vm get-instance-view --subscription {vmSubscription} -g {vmResourceGroup} -n {vmName} --query instanceView.vmAgent.vmAgentVersion',
      ],
    },
    BelowBackupMinimum: {
      text: 'Reinstall the current agent MSI while no backup job runs.',
      commands: [
        'az vm get-instance-view --subscription {vmSubscription} -g {vmResourceGroup} -n {vmName} --query instanceView.vmAgent.vmAgentVersion',
      ],
    },
  },
  concerns({ vm }) {
    return vm.kind === 'unknown' || vm.value.osType === 'Windows' || 'The VM does not run Windows.';
  },
  check({ agent }) {
    const version = parseVersion(agent.version);
    if (!version) {
      return cannotTell('not-reported', `The agent's version is reported as ${agent.version ?? 'nothing'}.`);
    }
    const details = { version: version.join('.') };
    if (isOlder(version, backupMinimum)) {
      return { kind: 'fail', reason: 'BelowBackupMinimum', details: { ...details, minimum: backupMinimum.join('.') } };
    }
    if (isOlder(version, supportMinimum)) {
      return {
        kind: 'fail',
        reason: 'BelowSupportMinimum',
        details: { ...details, minimum: supportMinimum.join('.') },
      };
    }
    return { kind: 'pass', reason: 'NewEnough', details };
  },
});
