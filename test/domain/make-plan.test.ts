import { describe, expect, test } from 'vitest';

import { evaluate } from '../../lib/domain/evaluation.ts';
import type { FactSheet } from '../../lib/domain/fact-sheet.ts';
import { armId } from '../../lib/domain/ids.ts';
import { makePlan } from '../../lib/domain/make-plan.ts';
import type { Plan, Planned } from '../../lib/domain/plan.ts';
import type { JudgementSettings } from '../../lib/domain/settings.ts';
import { EngagementDocument } from '../../lib/engagement-schema.ts';
import { catalogue } from '../../lib/rules/catalogue.ts';
import {
  daily,
  diskResource,
  diskResources,
  fact,
  gap,
  healthyVm,
  hoursAgo,
  item,
  live,
  machine,
  noItem,
  now,
  otherSubscription,
  ownSubscription,
  settings,
  unread,
  vault,
} from '../rules/healthy-vm.ts';
import { assignment, azurePolicy, backupDeployment } from './policy-sample.ts';

const all = { name: 'all', subscription: ownSubscription, mode: 'on' };

interface Asked {
  readonly sheet?: Partial<FactSheet>;
  readonly scope?: object;
  readonly settings?: Partial<JudgementSettings>;
  readonly bornAt?: string;
}

/** What is planned for a VM that nobody protects, in a scope that is on. */
function planned(asked: Asked = {}): Planned | undefined {
  const sheet = healthyVm({ ...noItem, ...asked.sheet });
  const context = { settings: { ...settings, autoEnable: true, ...asked.settings }, now };
  const vm = sheet.vm.kind === 'known' ? sheet.vm.value : machine();
  const engagement = EngagementDocument.parse({ scopes: [{ ...all, ...asked.scope }] });
  const evaluation = evaluate(vm, sheet, catalogue, context);
  const bornAt = asked.bornAt ?? hoursAgo(24);
  return makePlan({ sheet, evaluation, engagement, managementGroups: fact([]), bornAt }, context);
}

function planOf(asked: Asked = {}): Plan {
  const plan = planned(asked);
  expect.assert(plan?.kind === 'plan', JSON.stringify(plan));
  return plan;
}

function refusal(asked: Asked = {}): string {
  const plan = planned(asked);
  expect.assert(plan?.kind === 'none', JSON.stringify(plan));
  return plan.why;
}

const standard = { ...daily, name: 'Silver', subtype: 'Standard', instantRestoreDays: 2 } as const;

function policies(...named: readonly (typeof daily)[]): FactSheet['policies'] {
  const key = ({ name }: typeof daily) => armId(`${vault('rsv-weu').id}/backupPolicies/${name}`);
  return fact(new Map(named.map((policy) => [key(policy), { ...policy, id: key(policy) }])));
}

test('a VM that can be protected gets the vault of its region and the policy of the scope', () => {
  expect(planOf()).toEqual({
    kind: 'plan',
    action: 'enable',
    scope: 'all',
    mode: 'on',
    vault: {
      id: vault('rsv-weu').id,
      name: 'rsv-weu',
      isNew: false,
      why: 'The only vault of the region that will do; it holds 0 of 1000 VMs.',
    },
    policy: { id: daily.id, name: 'EnhancedPolicy', isNew: false },
    needsApproval: false,
    backupNow: false,
    cost: { expected: 20.71, highest: 36.77, redundancy: 'GeoRedundant', pricesOf: '2026-04' },
  });
});

describe('nothing is planned', () => {
  test.each([
    ['in a scope that is off', { scope: { mode: 'off' } }],
    ['for a VM of another scope', { scope: { subscription: otherSubscription } }],
    ['for a VM that is protected', { sheet: { ...healthyVm() } }],
    [
      'for an exempt VM',
      { sheet: { tags: fact({ 'backstop-exclude': 'true', 'backstop-exclude-until': '2027-01-01' }) } },
    ],
    ['where enabling is none of the actions', { scope: { actions: ['resume'] } }],
  ])('%s', (_, asked: Asked) => {
    expect(planned(asked)).toBeUndefined();
  });
});

describe('there is no plan, and the reason is told:', () => {
  const vaultsOf = (...vaults: readonly ReturnType<typeof vault>[]) => ({ vaults: fact({ vaults }) });
  const deployment = assignment(backupDeployment, { name: 'deploy-backup' });

  test.each<[string, Asked, string]>([
    ['no vault in the region', { sheet: vaultsOf(vault('rsv-neu', { region: 'northeurope' })) }, 'vault-same-region'],
    [
      'a blocker',
      { sheet: { vm: fact(machine({ securityType: 'ConfidentialVM' })) } },
      'The VM is blocked: security-confidential-vm',
    ],
    ['something could not be read', { sheet: { items: unread } }, 'The VM is undetermined.'],
    [
      'a vault without the tag',
      { scope: { vaults: { tag: 'use=yes' } }, sheet: vaultsOf(vault('rsv-weu', { tags: {} })) },
      'No vault in westeurope will do',
    ],
    ['tags of the vault not told', { scope: { vaults: { tag: 'use=yes' } } }, 'does not tell the tags'],
    ['another redundancy', { scope: { vaults: { redundancy: ['ZoneRedundant'] } } }, 'No vault in westeurope will do'],
    ['a policy that is not there', { scope: { policy: { name: 'Gold' } } }, 'The vault has no policy Gold'],
    [
      'a policy that does not fit',
      {
        scope: { policy: { name: 'Silver' } },
        sheet: {
          policies: policies(standard),
          diskResources: diskResources(
            diskResource('os'),
            diskResource('data-0', { sku: 'UltraSSD_LRS' }),
            diskResource('data-1'),
          ),
        },
      },
      'Policy Silver does not fit',
    ],
    [
      'a policy that is full',
      {
        sheet: { loads: fact({ vaults: new Map(), policies: new Map([[armId(daily.id), 100]]) }) },
      },
      'already has 100 VMs',
    ],
    ['policies that could not be read', { sheet: { policies: unread } }, 'The VM is undetermined.'],
    ['Azure Policy that could not be read', { sheet: { azurePolicy: unread } }, 'may not read'],
    [
      'a policy of Azure that enables backup itself',
      {
        sheet: { azurePolicy: fact(azurePolicy([deployment])) },
      },
      'deploy-backup enables backup here itself',
    ],
    [
      'tags that could not be read, where a scope goes by one',
      { scope: { subscription: undefined, tag: 'a=b' }, sheet: { tags: unread } },
      'may not read',
    ],
  ])('%s', (_, asked, why) => {
    expect(refusal(asked)).toContain(why);
  });
});

describe('of several vaults', () => {
  const holding = (counts: Readonly<Record<string, number>>): FactSheet['loads'] =>
    fact({
      vaults: new Map(Object.entries(counts).map(([name, vms]) => [vault(name).key, { vms, dataSources: vms }])),
      policies: new Map(),
    });
  const create = { policy: { create: true } };

  test('the one with the fewest VMs is taken', () => {
    const vaults = fact({ vaults: [vault('rsv-a'), vault('rsv-b'), vault('rsv-c')] });
    const loads = holding({ 'rsv-a': 12, 'rsv-b': 3, 'rsv-c': 700 });

    expect(planOf({ scope: create, sheet: { vaults, loads } }).vault).toMatchObject({
      name: 'rsv-b',
      why: 'The one with the fewest VMs of 3 vaults that will do; it holds 3 of 1000 VMs.',
    });
  });

  test('a full one is left out', () => {
    const vaults = fact({ vaults: [vault('rsv-a'), vault('rsv-b')] });

    expect(
      planOf({ scope: create, sheet: { vaults, loads: holding({ 'rsv-a': 1000, 'rsv-b': 999 }) } }).vault.name,
    ).toBe('rsv-b');
  });

  test('one with the tag is taken, whatever the others hold', () => {
    const vaults = fact({ vaults: [vault('rsv-a', { tags: {} }), vault('rsv-b', { tags: { Use: 'Yes' } })] });
    const scope = { ...create, vaults: { tag: 'use=yes' } };

    expect(planOf({ scope, sheet: { vaults, loads: holding({ 'rsv-b': 500 }) } }).vault.name).toBe('rsv-b');
  });

  test('one of another subscription will do only where scope and settings allow it', () => {
    const vaults = fact({ vaults: [vault('rsv-far', { subscriptionId: otherSubscription })] });
    const allowed = { allowCrossSubscriptionVaults: true };
    const crossing = { ...create, vaults: { crossSubscription: true } };

    expect(planOf({ scope: crossing, settings: allowed, sheet: { vaults } }).vault.name).toBe('rsv-far');
    expect(refusal({ scope: create, settings: allowed, sheet: { vaults } })).toContain(
      'No vault in westeurope will do',
    );
  });
});

describe('what is missing is created where the scope allows it', () => {
  test('a policy, from the template', () => {
    expect(planOf({ scope: { policy: { name: 'Gold', create: true } } }).policy).toEqual({
      id: `${vault('rsv-weu').id}/backupPolicies/Gold`,
      name: 'Gold',
      isNew: true,
    });
  });

  const creating = {
    policy: { create: true },
    vaults: { create: { name: 'rsv-{region}', resourceGroup: 'rg-backup-{region}' } },
  };

  test('a vault, where the region has none', () => {
    const asked = { scope: creating, settings: { createVaults: true }, sheet: { vaults: fact({ vaults: [] }) } };

    expect(planOf(asked)).toMatchObject({
      vault: {
        id: `/subscriptions/${ownSubscription}/resourceGroups/rg-backup-westeurope/providers/Microsoft.RecoveryServices/vaults/rsv-westeurope`,
        isNew: true,
      },
      policy: { isNew: true },
      cost: { redundancy: 'GeoRedundant' },
    });
  });

  test('but nothing where another blocker could not be told: the verdict hides it', () => {
    const asked = { scope: creating, settings: { createVaults: true } };
    const sheet = { vaults: fact({ vaults: [] }), disks: unread };

    expect(planned({ ...asked, sheet })).toMatchObject({ kind: 'none', cause: 'no-permission' });
  });

  test('but none where some vault could not be seen', () => {
    const vaults = fact({ vaults: [], gap });

    expect(planned({ scope: creating, sheet: { vaults } })).toMatchObject({ kind: 'none' });
  });

  test('and none under a name that is taken', () => {
    const taken = vault('rsv-westeurope', {
      id: `/subscriptions/${ownSubscription}/resourceGroups/rg-backup-westeurope/providers/Microsoft.RecoveryServices/vaults/rsv-westeurope`,
      provisioningState: 'Failed',
    });

    expect(refusal({ scope: creating, sheet: { vaults: fact({ vaults: [taken] }) } })).toContain(
      'exists, but will not do',
    );
  });
});

test('the policy may depend on the environment', () => {
  const sheet = { policies: policies(daily, { ...daily, name: 'Gold' }) };
  const scope = { policy: { byEnvironment: { Dev: 'Gold' } } };

  expect(planOf({ scope, sheet: { ...sheet, tags: fact({ environment: 'dev' }) } }).policy.name).toBe('Gold');
  expect(planOf({ scope, sheet }).policy.name).toBe('EnhancedPolicy');
  expect(refusal({ scope, sheet: { ...sheet, inheritedTags: unread } })).toContain('may not read');
});

test('a new VM is left to its owner for a while', () => {
  expect(planOf({ bornAt: hoursAgo(0.5) }).notBefore).toBe(hoursAgo(-0.5));
  expect(planOf({ bornAt: hoursAgo(1) })).not.toHaveProperty('notBefore');
});

describe('a stopped protection', () => {
  const stopped = item({ protectionState: 'ProtectionStopped' });
  const scope = { actions: ['enable', 'resume'] };
  const sheet = { items: live(stopped), policy: fact(daily) };

  test('is resumed under its own policy where the scope resumes', () => {
    expect(planOf({ scope, sheet })).toMatchObject({
      action: 'resume',
      itemId: stopped.id,
      vault: { id: vault('rsv-weu').id, why: 'The item stands in it.' },
      policy: { name: 'EnhancedPolicy', isNew: false },
    });
  });

  test('is left alone where it does not', () => {
    expect(planned({ sheet })).toBeUndefined();
  });

  test('is left alone where its former policy is not told: its points might be kept for a shorter time', () => {
    const { policyId: _, policyName: __, ...without } = stopped;

    expect(refusal({ scope, sheet: { items: live(without), policy: fact('none') } })).toContain(
      'former policy is not told',
    );
  });
});

describe('a policy that does not fit', () => {
  const scope = { actions: ['fix-policy'] };
  const ultra = diskResources(
    diskResource('os'),
    diskResource('data-0', { sku: 'UltraSSD_LRS' }),
    diskResource('data-1'),
  );
  const held = item({ policyId: armId(`${vault('rsv-weu').id}/backupPolicies/Silver`), policyName: 'Silver' });
  const sheet = (after: Partial<typeof daily> = {}) => ({
    items: live(held),
    policy: fact(standard),
    policies: policies(standard, { ...daily, ...after }),
    diskResources: ultra,
  });

  test('is replaced by the policy of the scope, in the same vault', () => {
    expect(planOf({ scope, sheet: sheet() })).toMatchObject({
      action: 'fix-policy',
      itemId: held.id,
      vault: { name: 'rsv-weu' },
      policy: { name: 'EnhancedPolicy' },
    });
  });

  test('but never by one that keeps points for a shorter time', () => {
    expect(refusal({ scope, sheet: sheet({ retention: { kind: 'daily', days: 29 } }) })).toContain(
      'for a shorter time',
    );
    expect(refusal({ scope, sheet: sheet({ retention: { kind: 'weekly', weeks: 9 } }) })).toContain(
      'for a shorter time',
    );
  });

  test('and never where the former one keeps points for months or years: nobody compares those', () => {
    const further = { ...standard, keepsFurther: true } as const;

    expect(refusal({ scope, sheet: { ...sheet(), policies: policies(further, daily) } })).toContain(
      'for a shorter time',
    );
  });

  test('and only where the scope changes policies', () => {
    expect(planned({ sheet: sheet() })).toBeUndefined();
  });
});
