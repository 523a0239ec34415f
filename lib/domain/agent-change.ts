import { agentReadiness, isOlder, parseVersion } from './agent.ts';
import type { UnknownBecause } from './fact.ts';
import type { FactSheet } from './fact-sheet.ts';
import type { AgentReport, Machine } from './machine.ts';
import type { JudgementSettings } from './settings.ts';

/** Whether the agent of a VM is to be installed, repaired or updated. */
export type AgentChange =
  | { readonly kind: 'wanted' | 'not-wanted' }
  | { readonly kind: 'unknown'; readonly because: UnknownBecause };

function minimaOf({ osType }: Machine, settings: JudgementSettings): readonly string[] {
  if (osType === 'Windows') {
    return [settings.minWindowsAgent, settings.minWindowsAgentForBackup];
  }
  return osType === 'Linux' ? [settings.minLinuxAgent] : [];
}

function isTooOld(vm: Machine, agent: AgentReport, settings: JudgementSettings): boolean {
  const running = parseVersion(agent.version);
  return minimaOf(vm, settings).some((each) => {
    const minimum = parseVersion(each);
    return running !== undefined && minimum !== undefined && isOlder(running, minimum);
  });
}

/**
 * Whether a rule about the agent fails (`agent-provisioned`, `agent-ready`, `agent-version-*`): the remedy of each of them
 * changes the agent.
 */
export function agentChange(
  { vm, agent }: Pick<FactSheet, 'vm' | 'agent'>,
  settings: JudgementSettings,
  now: Date,
): AgentChange {
  if (vm.kind === 'unknown') {
    return vm;
  }
  if (vm.value.provisionVmAgent === false) {
    return { kind: 'wanted' };
  }
  if (agent.kind === 'unknown') {
    return agent;
  }
  if (isTooOld(vm.value, agent.value, settings)) {
    return { kind: 'wanted' };
  }
  const readiness = agentReadiness(vm.value, agent.value, now);
  if (readiness.kind === 'unknown') {
    return readiness;
  }
  return { kind: readiness.kind === 'ready' ? 'not-wanted' : 'wanted' };
}
