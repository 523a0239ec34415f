import { isOlder, parseVersion } from '../domain/agent.ts';
import { cannotTell, defineRule } from '../domain/rule.ts';

export const agentVersionWindows = defineRule({
  id: 'agent-version-windows',
  title: 'The Windows agent is new enough',
  category: 'agent',
  severity: 'warning',
  rationale:
    'Old agents break extensions; below the support minimum (setting minWindowsAgent, 2.7.41491.1010 since September 2025) Microsoft declines help, below minWindowsAgentForBackup (2.6.1198.718 since 2015) backup itself does not support the agent.',
  sources: [
    'Back up Azure VMs in a Recovery Services vault, 2026-03-25',
    'Minimum version support for VM agents, 2025-09-15',
  ],
  reviewed: '2026-11-21',
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
  check({ agent }, { settings }) {
    const version = parseVersion(agent.version);
    const support = parseVersion(settings.minWindowsAgent);
    const backup = parseVersion(settings.minWindowsAgentForBackup);
    if (!version) {
      return cannotTell('not-reported', `The agent's version is reported as ${agent.version ?? 'nothing'}.`);
    }
    if (!support || !backup) {
      const values = `${settings.minWindowsAgent} and ${settings.minWindowsAgentForBackup}`;
      return cannotTell(
        'not-reported',
        `Settings minWindowsAgent and minWindowsAgentForBackup are no versions: ${values}.`,
      );
    }
    const details = { version: version.join('.') };
    if (isOlder(version, backup)) {
      return { kind: 'fail', reason: 'BelowBackupMinimum', details: { ...details, minimum: backup.join('.') } };
    }
    return isOlder(version, support)
      ? { kind: 'fail', reason: 'BelowSupportMinimum', details: { ...details, minimum: support.join('.') } }
      : { kind: 'pass', reason: 'NewEnough', details };
  },
});
