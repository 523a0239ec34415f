import { isOlder, parseVersion } from '../domain/agent.ts';
import { cannotTell, defineRule } from '../domain/rule.ts';

export const agentVersionLinux = defineRule({
  id: 'agent-version-linux',
  title: 'The Linux agent is new enough',
  category: 'agent',
  severity: 'warning',
  rationale:
    'Old agents break extensions; below the support minimum (setting minLinuxAgent, 2.2.53.1 since July 2022) Microsoft declines help. An agent with auto-update reports the version that runs.',
  sources: [
    'Minimum version support for VM agents, 2025-09-15',
    'Troubleshoot failures caused by agent or extension issues, 2025-11-12',
  ],
  reviewed: '2026-11-21',
  needs: {
    vm: (vm) => ({ osType: vm.osType }),
    agent: (agent) => ({ 'vmAgent.vmAgentVersion': agent.version }),
  },
  pass: { NewEnough: 'Linux VM agent {version} is new enough.' },
  fail: { BelowSupportMinimum: 'Linux VM agent {version} is older than {minimum}.' },
  remedies: {
    BelowSupportMinimum: {
      text: "Update it with the distribution's package manager (apt-get install --only-upgrade walinuxagent, dnf update WALinuxAgent) and switch AutoUpdate on.",
      commands: [
        'az vm get-instance-view --subscription {vmSubscription} -g {vmResourceGroup} -n {vmName} --query instanceView.vmAgent.vmAgentVersion',
      ],
    },
  },
  concerns({ vm }) {
    return vm.kind === 'unknown' || vm.value.osType === 'Linux' || 'The VM does not run Linux.';
  },
  check({ agent }, { settings }) {
    const version = parseVersion(agent.version);
    const minimum = parseVersion(settings.minLinuxAgent);
    if (!version) {
      return cannotTell('not-reported', `The agent's version is reported as ${agent.version ?? 'nothing'}.`);
    }
    if (!minimum) {
      return cannotTell('not-reported', `Setting minLinuxAgent is no version: ${settings.minLinuxAgent}.`);
    }
    const details = { version: version.join('.') };
    return isOlder(version, minimum)
      ? { kind: 'fail', reason: 'BelowSupportMinimum', details: { ...details, minimum: minimum.join('.') } }
      : { kind: 'pass', reason: 'NewEnough', details };
  },
});
