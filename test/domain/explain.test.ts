import { describe, expect, it } from 'vitest';

import { type Evaluation, evaluate } from '../../lib/domain/evaluation.ts';
import type { FactSheet } from '../../lib/domain/fact-sheet.ts';
import { catalogue } from '../../lib/rules/catalogue.ts';
import {
  disks,
  fact,
  healthyVm,
  hoursAgo,
  item,
  live,
  machine,
  noItem,
  now,
  settings,
  unread,
} from '../rules/healthy-vm.ts';

function evaluated(facts: Partial<FactSheet>): Evaluation {
  return evaluate(machine(), healthyVm(facts), catalogue, { settings, now });
}

describe('the order of findings', () => {
  it('is fail, unknown, pass, not applicable; then severity; then what comes first on the way to protection', () => {
    const evaluation = evaluated({
      ...noItem,
      vaults: fact({ vaults: [] }),
      disks: fact(disks(33)),
      guestOs: fact({ version: '6.3' }),
      tags: fact({ 'backstop-exclude': 'true', 'backstop-exclude-until': '2020-01-01' }),
      agent: unread,
    });

    const expected = [
      'fail blocker vault-same-region',
      'fail blocker disk-count',
      'fail blocker health-protected',
      'fail warning os-windows-supported',
      'fail info gov-exclusion-tag',
      'unknown warning agent-ready',
      'unknown warning agent-version-windows',
      'pass blocker vault-item-soft-deleted',
      'pass blocker vault-single-protection',
      'pass blocker disk-managed',
      'pass warning agent-provisioned',
      'pass info gov-platform-managed-vm',
      'notApplicable blocker vault-kind-recovery-services',
      'notApplicable blocker vault-subscription-scope',
      'notApplicable blocker health-protection-state',
      'notApplicable blocker health-rpo',
      'notApplicable warning os-linux-supported',
      'notApplicable warning health-initial-backup',
      'notApplicable warning agent-version-linux',
    ];
    const said = evaluation.findings.map(({ rule, outcome, severity }) => `${outcome} ${severity} ${rule}`);
    expect(said.filter((line) => expected.includes(line))).toEqual(expected);
  });
});

describe('a finding', () => {
  it('shows the values that were looked at, where and when they were read', () => {
    const { findings } = evaluated({});

    expect(findings.find(({ rule }) => rule === 'disk-count')?.evidence).toEqual([
      { fact: 'disks', values: { 'storageProfile.dataDisks': 2 }, where: 'Resource Graph', readAt: now.toISOString() },
    ]);
  });

  it('shows the evidence that it has where another fact is missing, and the permission to grant', () => {
    const { findings } = evaluated({ agent: unread });

    expect(findings.find(({ rule }) => rule === 'agent-ready')).toMatchObject({
      outcome: 'unknown',
      cause: 'no-permission',
      message: 'The identity may not read it.',
      action: 'Microsoft.Compute/virtualMachines/read',
      evidence: [{ fact: 'vm' }],
    });
  });

  it('carries the severity of what was found, not of the rule (ruling 11)', () => {
    const { findings } = evaluated({ items: live(item({ lastRecoveryPoint: hoursAgo(40) })) });

    expect(findings.find(({ rule }) => rule === 'health-rpo')?.severity).toBe('warning');
  });
});

it('keeps apart what is open: the findings that failed or could not be told, in the same order', () => {
  const { findings, open } = evaluated({ ...noItem, vaults: unread, disks: fact(disks(33)) });

  expect(open).toEqual(findings.filter(({ outcome }) => outcome === 'fail' || outcome === 'unknown'));
  expect(open.length).toBeGreaterThan(2);
});

describe('the commands of a fix', () => {
  it.each([
    ['of the item where there is one', { policyName: 'Gold' }, '--policy-name Gold'],
    ['of the settings where the item has none', {}, '--policy-name EnhancedPolicy'],
  ])('name the policy %s', (_what, policy, words) => {
    const { policyId: _id, policyName: _name, ...bare } = item({ protectionState: 'ProtectionStopped' });

    const { open } = evaluated({ items: live({ ...bare, ...policy }) });

    const finding = open.find(({ rule }) => rule === 'health-protection-state');
    expect(finding).toMatchObject({ fix: { commands: [expect.stringContaining(words)] } });
  });
});
