import { agentReadiness } from '../domain/agent.ts';
import { defineRule } from '../domain/rule.ts';

export const agentReady = defineRule({
  id: 'agent-ready',
  title: 'The VM agent reports Ready',
  category: 'agent',
  severity: 'warning',
  rationale:
    'Without a ready agent backup falls back to crash-consistent or fails with UserErrorGuestAgentStatusUnavailable. A VM that does not run reports nothing: that is unknown, not a failure.',
  sources: ['Troubleshoot failures caused by agent or extension issues, 2025-11-12'],
  reviewed: '2026-11-20',
  needs: {
    vm: (vm) => ({ timeCreated: vm.timeCreated }),
    agent: (agent) => ({ 'vmAgent.statuses': agent.statusCode, time: agent.time, message: agent.message }),
  },
  pass: { Ready: 'The VM agent is ready.' },
  fail: { NotReady: 'The VM agent is {displayStatus}: {message}.' },
  remedies: {
    NotReady: {
      text: "Restart or reinstall the agent (Windows: service 'Windows Azure Guest Agent'; Linux: systemctl restart walinuxagent or waagent).",
      commands: [
        'az vm get-instance-view --subscription {vmSubscription} -g {vmResourceGroup} -n {vmName} --query instanceView.vmAgent',
      ],
    },
  },
  check({ vm, agent }, { now }) {
    const readiness = agentReadiness(vm, agent, now);
    switch (readiness.kind) {
      case 'ready':
        return { kind: 'pass', reason: 'Ready', details: {} };
      case 'not-ready': {
        const { displayStatus, message } = readiness;
        return { kind: 'fail', reason: 'NotReady', details: { displayStatus, message } };
      }
      case 'unknown':
        return { kind: 'unknown', because: readiness.because };
      default: {
        const never: never = readiness;
        return never;
      }
    }
  },
});
