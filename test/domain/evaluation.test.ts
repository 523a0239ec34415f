import { describe, expect, it } from 'vitest';

import { type Evaluation, evaluate } from '../../lib/domain/evaluation.ts';
import type { FactSheet } from '../../lib/domain/fact-sheet.ts';
import { cannotTell, defineRule } from '../../lib/domain/rule.ts';
import { catalogue } from '../../lib/rules/catalogue.ts';
import { healthProtected } from '../../lib/rules/health-protected.ts';
import { healthProtectionState } from '../../lib/rules/health-protection-state.ts';
import { osWindowsSupported } from '../../lib/rules/os-windows-supported.ts';
import type { Differing } from '../rules/case.ts';
import {
  diskResource,
  diskResources,
  disks,
  fact,
  gap,
  healthyVm,
  hoursAgo,
  item,
  itemWithoutPoint,
  live,
  machine,
  noItem,
  now,
  otherSubscription,
  settings,
  unread,
  vault,
} from '../rules/healthy-vm.ts';

function evaluated({ settings: own = {}, now: at = now, ...facts }: Differing): Evaluation {
  return evaluate(machine(), healthyVm(facts), catalogue, { settings: { ...settings, ...own }, now: at });
}

/**
 * Rules with an outcome, of severity blocker or warning unless all are asked for. What nobody outside the guest can know is
 * left out, as in the contract of verdicts.
 */
function rulesOf({ findings }: Evaluation, outcome: string, all = false): readonly string[] {
  return findings
    .filter((finding) => finding.outcome === outcome && (all || finding.severity !== 'info'))
    .filter((finding) => finding.outcome !== 'unknown' || finding.cause !== 'not-exposed')
    .map(({ rule }) => rule);
}

const stopped = item({ protectionState: 'ProtectionStopped' });
const exempt = fact({ 'backstop-exclude': 'true', 'backstop-exclude-until': '2026-12-31' });
const platformOwned = fact(machine({ resourceGroup: 'MC_shop' }));
const tooManyDisks = {
  disks: fact(disks(33)),
  diskResources: diskResources(...disks(33).map(({ name }) => diskResource(name))),
};
const noPoint = { items: live(itemWithoutPoint()), protectedSince: fact(hoursAgo(1)) };

describe('the verdict of a whole evaluation', () => {
  it.each<[string, Differing, string, readonly string[], readonly string[]]>([
    ['a healthy VM', {}, 'protected', [], []],
    ['its first backup is not due (ruling 6)', noPoint, 'pending', [], ['health-initial-backup', 'health-last-backup']],
    [
      'its first backup is overdue',
      { ...noPoint, protectedSince: fact(hoursAgo(99)) },
      'at-risk',
      ['health-initial-backup'],
      ['health-last-backup'],
    ],
    ['protection stopped', { items: live(stopped) }, 'at-risk', ['health-protection-state'], []],
    [
      'the newest point beyond the RPO (ruling 11)',
      { items: live(item({ lastRecoveryPoint: hoursAgo(40) })) },
      'at-risk',
      ['health-rpo'],
      [],
    ],
    [
      'the state Invalid (ruling 14)',
      { items: live(item({ protectionState: 'Invalid' })) },
      'undetermined',
      [],
      ['health-protection-state'],
    ],
    [
      'the state Invalid, and no first backup is due (ruling 14 wins over the first match)',
      { ...noPoint, items: live(itemWithoutPoint({ protectionState: 'Invalid' })) },
      'undetermined',
      [],
      ['health-protection-state', 'health-initial-backup', 'health-last-backup'],
    ],
    [
      'an active item of which Azure tells neither a point nor a policy',
      { ...noPoint, policy: fact('none') },
      'undetermined',
      [],
      ['health-initial-backup', 'health-last-backup'],
    ],
    ['jobs that could not be read, beside a recovery point', { protectedSince: unread }, 'protected', [], []],
    [
      'two live items, one of them stopped (ruling 13)',
      {
        items: live(stopped, item({}, vault('rsv-two'))),
        vaults: fact({ vaults: [vault('rsv-weu'), vault('rsv-two')] }),
      },
      'protected',
      ['vault-single-protection'],
      [],
    ],
    [
      'an item, and others may be hidden (ruling 4)',
      { items: fact({ live: [item()], softDeleted: [], gap }) },
      'protected',
      [],
      ['vault-single-protection'],
    ],
    ['an item, and too many disks', tooManyDisks, 'protected', ['disk-count'], []],
    ['no item', noItem, 'protectable', ['health-protected'], []],
    [
      'no item where items may be hidden (ruling 4)',
      { ...noItem, items: fact({ live: [], softDeleted: [], gap }) },
      'undetermined',
      [],
      ['vault-item-soft-deleted', 'vault-single-protection', 'health-protected'],
    ],
    [
      'no item, and vaults that could not be read',
      { ...noItem, vaults: unread },
      'undetermined',
      ['health-protected'],
      [
        'vault-capacity',
        'vault-same-region',
        'vault-subscription-scope',
        'vault-writable',
        'policy-capacity',
        'policy-type-fit',
      ],
    ],
    [
      'no item, no vault in the region (ruling 1)',
      { ...noItem, vaults: fact({ vaults: [] }) },
      'blocked',
      ['vault-same-region', 'health-protected'],
      [],
    ],
    [
      'no item, a vault in another subscription (ruling 1)',
      { ...noItem, vaults: fact({ vaults: [vault('rsv-hub', { subscriptionId: otherSubscription })] }) },
      'blocked',
      ['vault-subscription-scope', 'health-protected'],
      [],
    ],
    [
      'no item, only a Backup vault in the settings (ruling 1)',
      {
        ...noItem,
        vaults: fact({ vaults: [] }),
        settings: { expectedVaults: ['/subscriptions/s/providers/Microsoft.DataProtection/backupVaults/b'] },
      },
      'blocked',
      ['vault-kind-recovery-services', 'health-protected'],
      [],
    ],
    [
      'a soft-deleted item',
      { ...noItem, items: fact({ live: [], softDeleted: [item({ softDeleted: true })] }) },
      'blocked',
      ['vault-item-soft-deleted', 'health-protected'],
      [],
    ],
    [
      'nothing may be read of its disks',
      { ...noItem, disks: unread },
      'undetermined',
      ['health-protected'],
      [
        'disk-auth-and-security-type',
        'disk-count',
        'disk-managed',
        'disk-shared',
        'disk-size',
        'disk-sku-enhanced',
        'encryption-ade',
        'disk-ephemeral-os',
        'disk-write-accelerator',
      ],
    ],
    ['an exemption (ruling 19)', { ...noItem, tags: exempt }, 'exempt', [], []],
    ['an exemption of a VM at risk (ruling 19)', { items: live(stopped), tags: exempt }, 'exempt', [], []],
    ['a platform service owns it (ruling 19)', { ...noItem, vm: platformOwned }, 'excluded', [], []],
    ['a platform service owns it, and it is exempt', { vm: platformOwned, tags: exempt }, 'excluded', [], []],
  ])('%s', (_what, differing, verdict, failing, unknown) => {
    const evaluation = evaluated(differing);

    expect(evaluation.verdict).toBe(verdict);
    expect(rulesOf(evaluation, 'fail')).toEqual(failing);
    expect(rulesOf(evaluation, 'unknown')).toEqual(unknown);
  });
});

describe('the findings of an exempt VM (ruling 19)', () => {
  it('are those that settle the verdict, an info where the exemption has no end', () => {
    const { findings } = evaluated({ items: live(stopped), tags: fact({ 'backstop-exclude': 'true' }) });

    expect(findings).toMatchObject([
      { rule: 'gov-exclusion-tag', outcome: 'fail', severity: 'info', reason: 'NoEndDate' },
    ]);
  });

  it('are those of an ordinary VM once the exemption has expired, plus an info (ruling 20)', () => {
    const evaluation = evaluated({ items: live(stopped), tags: exempt, now: new Date('2027-01-01T00:00:00Z') });

    expect(evaluation.verdict).toBe('at-risk');
    expect(rulesOf(evaluation, 'fail', true)).toContain('gov-exclusion-tag');
  });
});

describe('the severity that a rule raises or lowers at run time (ruling 11)', () => {
  const lowered = defineRule({
    ...healthProtectionState,
    fail: { Odd: 'Odd.' },
    remedies: { Odd: { text: 'Wait.', commands: [] } },
    check: () => ({ kind: 'fail', reason: 'Odd', details: {}, severity: 'info' }),
  });
  const raised = defineRule({
    ...osWindowsSupported,
    fail: { Odd: 'Odd.' },
    remedies: { Odd: { text: 'Wait.', commands: [] } },
    check: () => ({ kind: 'fail', reason: 'Odd', details: {}, severity: 'blocker' }),
  });
  const context = { settings, now };

  it('decides the verdict of a VM with an item', () => {
    const { verdict, findings } = evaluate(machine(), healthyVm(), [healthProtected, lowered], context);

    expect(verdict).toBe('protected');
    expect(findings[0]).toMatchObject({ rule: 'health-protection-state', severity: 'info' });
  });

  const notDue = defineRule({
    ...healthProtectionState,
    check: () => cannotTell('not-due-yet', 'Not yet.'),
  });

  it.each<[string, Partial<FactSheet>, string]>([
    ['is pending without a recovery point', { items: live(itemWithoutPoint()) }, 'pending'],
    ['is protected with one', { items: live(item()) }, 'protected'],
  ])('a VM of which something is not due yet %s (ruling 6)', (_what, facts, verdict) => {
    expect(evaluate(machine(), healthyVm(facts), [healthProtected, notDue], context).verdict).toBe(verdict);
  });

  it('decides the verdict of a VM without an item', () => {
    const { verdict, findings } = evaluate(machine(), healthyVm(noItem), [healthProtected, raised], context);

    expect(verdict).toBe('blocked');
    expect(findings[0]).toMatchObject({ rule: 'os-windows-supported', severity: 'blocker' });
  });
});

it('tells the VM and the instant of the evaluation', () => {
  expect(evaluated({})).toMatchObject({ vm: { name: 'vm-pay-01' }, evaluatedAt: '2026-11-20T06:00:00.000Z' });
});
