import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readNetworkRules } from '../../lib/azure/network-rule-rows.ts';
import { armId } from '../../lib/domain/ids.ts';
import { mutationsOf } from './mutations.ts';

const vnet = (name: string) => `/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/${name}`;
const manager = '/subscriptions/m/resourceGroups/g/providers/Microsoft.Network/networkManagers/nm';
const configuration = (name: string, snapshot = 3) =>
  `${manager}/securityAdminConfigurations/${name}/snapshots/${snapshot}`;

const rule = (of: string, name: string, snapshot = 3) => ({
  id: `${manager}/securityAdminConfigurations/${of}/ruleCollections/rc/rules/${name}/snapshots/${snapshot}`,
  type: 'microsoft.network/networkmanagers/securityadminconfigurations/rulecollections/rules/snapshots',
  properties: { access: 'Deny' },
});
const effective = (of: string, properties: unknown) => ({
  id: `${vnet(of)}/providers/Microsoft.Network/effectiveSecurityAdminRules/default`,
  type: 'microsoft.network/effectivesecurityadminrules',
  properties,
});
const applied = (...names: readonly string[]) => ({
  effectiveSecurityAdminConfigurations: names.map((name) => ({ id: configuration(name) })),
});
const group = { id: '/p/ruleCollectionGroups/g', type: 'microsoft.network/firewallpolicies/rulecollectiongroups' };

const rulesOf = (name: string, rows: readonly unknown[]) => readNetworkRules(rows).adminRules.get(armId(vnet(name)));

test('a network has the rules of the snapshots that apply to it, and firewall groups stand beside', () => {
  const rows = [
    effective('a', applied('base', 'extra')),
    rule('BASE', 'r1'),
    rule('base', 'r1', 2),
    rule('extra', 'r2'),
    rule('other', 'r3'),
    group,
  ];

  const read = readNetworkRules(rows);

  expect(read.adminRules.get(armId(vnet('a')))).toMatchObject([
    { id: rule('BASE', 'r1').id },
    { id: rule('extra', 'r2').id },
  ]);
  expect(read.firewallRuleCollectionGroups).toMatchObject([group]);
});

test('the keys may begin with a capital letter', () => {
  const properties = { EffectiveSecurityAdminConfigurations: [{ Id: configuration('base').toUpperCase() }] };

  expect(rulesOf('a', [effective('a', properties), rule('base', 'r1')])).toHaveLength(1);
});

test('networks with the same configurations share one list', () => {
  const rows = [effective('a', applied('base')), effective('b', applied('base')), rule('base', 'r1')];

  expect(rulesOf('a', rows)).not.toBeUndefined();
  const { adminRules } = readNetworkRules(rows);
  expect(adminRules.get(armId(vnet('a')))).toBe(adminRules.get(armId(vnet('b'))));
});

test('a network that no row names has none', () => {
  expect(rulesOf('a', [effective('b', applied('base')), rule('base', 'r1')])).toBeUndefined();
  expect(rulesOf('a', [effective('a', applied())])).toEqual([]);
});

describe('rules that cannot be read are not none', () => {
  test.each([
    ['a configuration without a visible rule', [effective('a', applied('base'))]],
    ['one of two configurations', [effective('a', applied('base', 'extra')), rule('base', 'r1')]],
    ['another snapshot only', [effective('a', applied('base')), rule('base', 'r1', 2)]],
    ['a row without configurations', [effective('a', {})]],
    ['a configuration without an id', [effective('a', { effectiveSecurityAdminConfigurations: [{}] })]],
  ])('%s', (_, rows) => {
    expect(rulesOf('a', rows)).toBeNull();
  });

  test('whatever is broken, nothing throws', () => {
    const rows = [effective('a', applied('base')), rule('base', 'r1'), group];

    fc.assert(
      fc.property(mutationsOf(rows), (raw) => {
        const read = readNetworkRules(Array.isArray(raw) ? raw : []);
        expect(read.adminRules.size).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });
});
