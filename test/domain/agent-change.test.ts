import { describe, expect, it } from 'vitest';

import { agentChange } from '../../lib/domain/agent-change.ts';
import { unknown } from '../../lib/domain/fact.ts';
import type { FactSheet } from '../../lib/domain/fact-sheet.ts';
import type { AgentReport, Machine } from '../../lib/domain/machine.ts';
import { fact, healthyVm, hoursAgo, machine, now, settings, specialisedMachine, unread } from '../rules/healthy-vm.ts';

function kindOf(change: Partial<FactSheet>): string {
  return agentChange(healthyVm(change), settings, now).kind;
}

const ready = { statusCode: 'ProvisioningState/succeeded', time: hoursAgo(0) };

function of(osType: Machine['osType'], version: string, report: AgentReport = ready): Partial<FactSheet> {
  const { osType: _osType, ...rest } = machine();
  return { vm: fact({ ...rest, ...(osType ? { osType } : {}) }), agent: fact({ ...report, version }) };
}

describe('agentChange', () => {
  it.each<[string, Partial<FactSheet>, string]>([
    ['a ready agent', {}, 'not-wanted'],
    ['a VM without an agent', { vm: fact(machine({ provisionVmAgent: false })), agent: unread }, 'wanted'],
    ['a VM from a specialised disk whose agent reports', { vm: fact(specialisedMachine()) }, 'not-wanted'],
    ['an agent that does not report', { agent: fact({}) }, 'wanted'],
    ['a Windows agent of exactly the minimum', of('Windows', '2.7.41491.1010'), 'not-wanted'],
    ['a Windows agent a little older', of('Windows', '2.7.41491.1009'), 'wanted'],
    ['a Linux agent of exactly the minimum', of('Linux', '2.2.53.1'), 'not-wanted'],
    ['a Linux agent a little older', of('Linux', '2.2.53.0'), 'wanted'],
    ['a version of an agent of neither', of(undefined, '1.0'), 'not-wanted'],
    ['a version that is none', of('Windows', 'Unknown'), 'not-wanted'],
    ['an old agent whose status is stale', of('Windows', '2.6.0', { ...ready, time: hoursAgo(9) }), 'wanted'],
    ['a new agent whose status is stale', of('Windows', '2.8.0', { ...ready, time: hoursAgo(9) }), 'unknown'],
    ['a VM that does not run', { agent: unknown('vm-not-running', 'The VM is stopped.') }, 'unknown'],
    ['a VM that may not be read', { vm: unread }, 'unknown'],
  ])('%s', (_what, change, expected) => {
    expect(kindOf(change)).toBe(expected);
  });

  it('asks for nothing that the settings do not say as a version', () => {
    const vague = { ...settings, minLinuxAgent: 'newest' };

    expect(agentChange(healthyVm(of('Linux', '2.2.53.0')), vague, now).kind).toBe('not-wanted');
  });

  it('asks for the minimum of backup too', () => {
    const strict = { ...settings, minWindowsAgentForBackup: '2.9.0' };

    expect(agentChange(healthyVm(of('Windows', '2.8.0')), strict, now).kind).toBe('wanted');
  });
});
