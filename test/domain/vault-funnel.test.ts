import { describe, expect, it } from 'vitest';

import { evaluate } from '../../lib/domain/evaluation.ts';
import type { FactSheet } from '../../lib/domain/fact-sheet.ts';
import type { Finding } from '../../lib/domain/finding.ts';
import { armId } from '../../lib/domain/ids.ts';
import type { Vault } from '../../lib/domain/protection.ts';
import type { Rule } from '../../lib/domain/rule.ts';
import type { JudgementSettings } from '../../lib/domain/settings.ts';
import { allowedVaults, roomStep, vaultsInRegion, vaultToUse, writableStep } from '../../lib/domain/vault-funnel.ts';
import { vaultCapacity } from '../../lib/rules/vault-capacity.ts';
import { vaultKindRecoveryServices } from '../../lib/rules/vault-kind-recovery-services.ts';
import { vaultNameValid } from '../../lib/rules/vault-name-valid.ts';
import { vaultSameRegion } from '../../lib/rules/vault-same-region.ts';
import { vaultSubscriptionScope } from '../../lib/rules/vault-subscription-scope.ts';
import { vaultWritable } from '../../lib/rules/vault-writable.ts';
import {
  fact,
  gap,
  healthyVm,
  machine,
  noItem,
  now,
  otherSubscription,
  ownSubscription,
  settings,
  unread,
  vault,
} from '../rules/healthy-vm.ts';

const wrongKind = ['/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/backupVaults/b'];
const elsewhere = vault('rsv-neu', { region: 'northeurope' });
const hub = vault('rsv-hub', { subscriptionId: otherSubscription });
const own = vault('rsv-weu');
const unlockable = vault('rsv-unlockable', { locks: unread });
const failed = vault('rsv-failed', { provisioningState: 'Failed' });
const lockedByGroup = vault('rsv-locked', {
  locks: fact([
    {
      id: '/l',
      name: 'l',
      level: 'ReadOnly',
      scope: armId(`/subscriptions/${ownSubscription}/resourceGroups/rg-backup`),
    },
  ]),
});
const tenantless = vault('rsv-tenantless', { subscriptionId: otherSubscription, tenantId: '' });
const crossing = { ...settings, allowCrossSubscriptionVaults: true };

/** The vaults in question, each with the VMs that it holds. */
function loads(...held: readonly (readonly [Vault, number])[]): FactSheet['loads'] {
  const vaults = new Map(held.map(([{ key }, vms]) => [key, { vms, dataSources: vms }]));
  return fact({ vaults, policies: new Map() });
}

const funnel: readonly Rule[] = [
  vaultKindRecoveryServices,
  vaultSameRegion,
  vaultSubscriptionScope,
  vaultWritable,
  vaultCapacity,
];

/** What each step of the funnel says, in their order; the VM has no item. */
function steps(sheet: Partial<FactSheet>, own: Partial<JudgementSettings> = {}): readonly Finding['outcome'][] {
  const context = { settings: { ...settings, ...own }, now };
  return funnel.flatMap((rule) =>
    evaluate(machine(), healthyVm({ ...noItem, ...sheet }), [rule], context).findings.map(({ outcome }) => outcome),
  );
}

describe('the funnel of a VM without an item (ruling 1): the first step that leaves no vault fails, alone', () => {
  const notAsked = 'notApplicable';

  it.each<[string, readonly Vault[], Partial<JudgementSettings>, readonly Finding['outcome'][]]>([
    [
      'no vault of the right kind',
      [own],
      { expectedVaults: wrongKind },
      ['fail', notAsked, notAsked, notAsked, notAsked],
    ],
    ['no vault at all', [], {}, [notAsked, 'fail', notAsked, notAsked, notAsked]],
    ['no vault in the region', [elsewhere], {}, [notAsked, 'fail', notAsked, notAsked, notAsked]],
    ['only a vault of another subscription', [elsewhere, hub], {}, [notAsked, 'pass', 'fail', notAsked, notAsked]],
    ['only a vault that takes no changes', [hub, failed], {}, [notAsked, 'pass', 'pass', 'fail', notAsked]],
    ['only a locked vault', [lockedByGroup], {}, [notAsked, 'pass', 'pass', 'fail', notAsked]],
    ['a vault to use', [elsewhere, hub, failed, own], {}, [notAsked, 'pass', 'pass', 'pass', 'pass']],
    [
      'one of another subscription behind a locked one',
      [hub, lockedByGroup],
      { allowCrossSubscriptionVaults: true },
      [notAsked, 'pass', 'pass', 'pass', 'pass'],
    ],
  ])('%s', (_what, vaults, change, expected) => {
    expect(steps({ vaults: fact({ vaults }) }, change)).toEqual(expected);
  });

  it.each<[string, readonly Vault[], FactSheet['loads'], readonly Finding['outcome'][]]>([
    ['only a full vault', [own, failed], loads([own, 1000]), ['pass', 'pass', 'pass', 'fail']],
    ['a vault with one place left', [own, failed], loads([own, 999]), ['pass', 'pass', 'pass', 'pass']],
    ['a full vault that is failed', [failed], loads([failed, 1000]), ['pass', 'pass', 'fail', notAsked]],
    ['locks that nobody could read', [unlockable], loads(), ['pass', 'pass', 'unknown', 'pass']],
    [
      'a full vault whose locks nobody could read',
      [unlockable],
      loads([unlockable, 1000]),
      ['pass', 'pass', 'unknown', 'fail'],
    ],
    ['loads that nobody could read', [own], unread, ['pass', 'pass', 'pass', 'unknown']],
  ])('%s', (_what, vaults, load, expected) => {
    expect(steps({ vaults: fact({ vaults }), loads: load }).slice(1)).toEqual(expected);
  });

  it('judges the name of the vault to be created besides', () => {
    const context = { settings: { ...settings, createVaults: true, newVaultNames: { westeurope: '9rsv' } }, now };
    const sheet = healthyVm({ ...noItem, vaults: fact({ vaults: [] }) });

    const { findings } = evaluate(machine(), sheet, [...funnel, vaultNameValid], context);

    const failing = findings.filter(({ outcome }) => outcome === 'fail').map(({ rule }) => rule);
    expect(failing).toEqual(['vault-name-valid', 'vault-same-region']);
  });
});

describe('vaultsInRegion', () => {
  it('lists vaults of the VM’s own subscription before others, then by id, whatever the order they come in', () => {
    const earlier = vault('rsv-early', { subscriptionId: '00000000-0000-0000-0000-000000000000' });
    const vaults = [hub, earlier, vault('rsv-b'), elsewhere, vault('rsv-a')];

    const names = (list: readonly Vault[]) => vaultsInRegion(machine(), { vaults: list }).map(({ name }) => name);

    expect(names(vaults)).toEqual(['rsv-a', 'rsv-b', 'rsv-early', 'rsv-hub']);
    expect(names(vaults.toReversed())).toEqual(['rsv-a', 'rsv-b', 'rsv-early', 'rsv-hub']);
  });

  it('puts them in order once for all VMs of a subscription and region', () => {
    const inventory = { vaults: [hub, own, elsewhere] };
    const first = vaultsInRegion(machine(), inventory);

    expect(vaultsInRegion(machine({ subscriptionId: otherSubscription }), inventory)).toEqual([hub, own]);
    expect(vaultsInRegion(machine({ region: 'northeurope' }), inventory)).toEqual([elsewhere]);
    expect(vaultsInRegion(machine({ name: 'vm-pay-02' }), inventory)).toBe(first);
  });
});

describe('what one VM may use', () => {
  it.each<[string, ReturnType<typeof machine>, JudgementSettings, readonly Vault[]]>([
    ['tenant', machine({ tenantId: 'other' }), crossing, [own]],
    ['security type', machine({ securityType: 'ConfidentialVM' }), crossing, [own]],
    ['subscription', machine({ subscriptionId: otherSubscription }), crossing, [hub, own]],
    ['region', machine({ region: 'northeurope' }), crossing, [elsewhere]],
    ['setting', machine(), settings, [own]],
  ])('says nothing about a VM of another %s', (_what, other, otherSettings, expected) => {
    const inventory = { vaults: [hub, own, elsewhere] };

    expect(allowedVaults(machine(), inventory, crossing)).toEqual([own, hub]);
    expect(allowedVaults(other, inventory, otherSettings)).toEqual(expected);
    expect(allowedVaults(machine(), inventory, crossing)).toEqual([own, hub]);
  });

  it('says nothing about what vaults hold at another time', () => {
    const inventory = { vaults: [own] };
    const kindWith = (load: FactSheet['loads']) => roomStep(machine(), inventory, settings, load).kind;

    expect([kindWith(loads()), kindWith(loads([own, 1000])), kindWith(unread)]).toEqual(['yes', 'no', 'unknown']);
  });

  it('is found out once for all VMs that are alike', () => {
    const inventory = { vaults: [hub, own, elsewhere] };
    const first = allowedVaults(machine(), inventory, crossing);

    expect(allowedVaults(machine({ tenantId: 'other' }), inventory, crossing)).not.toBe(first);
    expect(allowedVaults(machine({ name: 'vm-pay-02' }), inventory, crossing)).toBe(first);
  });
});

describe('writableStep', () => {
  it('asks nothing where no vault came so far', () => {
    expect(writableStep(machine(), { vaults: [hub], gap }, settings)).toEqual({ kind: 'none' });
  });

  it('names every vault that it stops, in the order of preference', () => {
    const step = writableStep(machine(), { vaults: [lockedByGroup, failed] }, settings);

    expect(step).toMatchObject({
      kind: 'no',
      refused: [
        { vault: { name: 'rsv-failed' }, why: { kind: 'not-provisioned' } },
        { vault: { name: 'rsv-locked' }, why: { kind: 'locked' } },
      ],
    });
  });

  it.each<[string, readonly Vault[], object]>([
    ['a vault that accepts changes wins over one that cannot be told', [unlockable, own], { kind: 'yes', vault: own }],
    [
      'one that cannot be told wins over one that is stopped',
      [failed, unlockable],
      { kind: 'unknown', because: { cause: 'no-permission' } },
    ],
    [
      'one that may not be allowed wins over one that is stopped',
      [failed, tenantless],
      { kind: 'unknown', because: { cause: 'not-reported' } },
    ],
    ['where all may not be allowed, all must accept changes', [tenantless], { kind: 'yes', vault: tenantless }],
    [
      'where all may not be allowed, all must be stopped',
      [{ ...tenantless, provisioningState: 'Failed' }],
      { kind: 'no' },
    ],
    [
      'where all may not be allowed and they differ, it cannot be told',
      [tenantless, { ...tenantless, key: armId(`${tenantless.key}-2`), provisioningState: 'Failed' }],
      { kind: 'unknown', because: { cause: 'not-reported' } },
    ],
  ])('%s', (_what, vaults, expected) => {
    expect(writableStep(machine(), { vaults }, crossing)).toMatchObject(expected);
  });

  it('cannot be told where a hidden vault might accept changes', () => {
    expect(writableStep(machine(), { vaults: [failed], gap }, settings)).toEqual({ kind: 'unknown', because: gap });
  });
});

describe('roomStep', () => {
  it('asks only vaults that accept changes', () => {
    expect(roomStep(machine(), { vaults: [failed] }, settings, loads())).toEqual({ kind: 'none' });
    expect(roomStep(machine(), { vaults: [failed, own] }, settings, loads([failed, 1], [own, 1000]))).toMatchObject({
      kind: 'no',
      refused: [{ vault: own }],
    });
  });

  it('cannot be told where only a vault that may accept no changes has room', () => {
    const step = roomStep(machine(), { vaults: [own, unlockable] }, settings, loads([own, 1000]));

    expect(step).toMatchObject({ kind: 'unknown', because: { cause: 'no-permission' } });
  });

  it('keeps the doubt of the first step that had one', () => {
    const doubtful = { ...tenantless, locks: unread };
    const step = roomStep(machine(), { vaults: [own, doubtful] }, crossing, loads([own, 1000]));

    expect(step).toMatchObject({ kind: 'unknown', because: { cause: 'not-reported' } });
  });
});

describe('vaultToUse', () => {
  it.each<[string, readonly Vault[], boolean, string | undefined]>([
    ['none', [], true, undefined],
    ['one of its own subscription', [hub, own], true, 'rsv-weu'],
    ['one of another subscription, not allowed', [hub], false, undefined],
    ['one of another subscription, allowed', [hub], true, 'rsv-hub'],
    ['one of another tenant', [{ ...hub, tenantId: 'other' }], true, undefined],
    ['one whose tenant is not told', [tenantless], true, undefined],
    ['one of another region', [elsewhere], true, undefined],
    ['one that accepts no changes', [failed], true, undefined],
    ['one behind a locked one', [lockedByGroup, own], false, 'rsv-weu'],
    ['one that certainly accepts changes before one that may', [unlockable, own], false, 'rsv-weu'],
    ['one that may accept changes, if there is no other', [unlockable, failed], false, 'rsv-unlockable'],
  ])('%s', (_what, vaults, allowCrossSubscriptionVaults, name) => {
    const found = vaultToUse(machine(), { vaults }, { ...settings, allowCrossSubscriptionVaults }, loads());

    expect(found?.name).toBe(name);
  });

  it.each<[string, FactSheet['loads'], string | undefined]>([
    ['the first has room', loads([vault('rsv-a'), 999]), 'rsv-a'],
    ['the first is full', loads([vault('rsv-a'), 1000]), 'rsv-b'],
    ['all are full', loads([vault('rsv-a'), 1000], [vault('rsv-b'), 1000]), undefined],
    ['nobody knows', unread, 'rsv-a'],
  ])('%s', (_what, load, name) => {
    const found = vaultToUse(machine(), { vaults: [vault('rsv-b'), vault('rsv-a')] }, settings, load);

    expect(found?.name).toBe(name);
  });
});
