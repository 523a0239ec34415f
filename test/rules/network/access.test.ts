import { describe, expect, it } from 'vitest';

import { judgeReachability } from '../../../lib/rules/network/reachability.ts';
import { type Changes, network, nsg, rule } from './sample.ts';

function accessOf(changes: Changes) {
  return judgeReachability(network(changes)).halves.AzureBackup.access;
}

function adminRule(name: string, priority: number, access: string, addressPrefix = '*', protocol = 'Any'): object {
  return {
    name,
    properties: {
      access,
      direction: 'Outbound',
      priority,
      protocol,
      sources: [{ addressPrefix: '*' }],
      destinations: [{ addressPrefix }],
      sourcePortRanges: ['0-65535'],
      destinationPortRanges: ['443'],
    },
  };
}

const lowHalf = { destinationAddressPrefix: '0.0.0.0/1' };
const highHalf = { destinationAddressPrefix: '128.0.0.0/1' };
const denyAll = nsg('closed', [rule('all', 4000, 'Deny')]);

describe('traffic that is let through', () => {
  it.each<readonly [what: string, changes: Changes, names: readonly string[]]>([
    ['nothing, where there are no rules', {}, []],
    [
      'the rules of both groups, that of the interface first',
      { nicNsg: nsg('a', [rule('on-nic', 300, 'Allow')]), subnetNsg: nsg('b', [rule('on-subnet', 200, 'Allow')]) },
      ['on-nic', 'on-subnet'],
    ],
    [
      'the rules that together hold all addresses, by priority',
      { subnetNsg: nsg('n', [rule('late', 300, 'Allow', lowHalf), rule('early', 200, 'Allow', highHalf)]) },
      ['early', 'late'],
    ],
    ['no security admin rule that merely allows', { rest: { adminRules: [adminRule('a', 1, 'Allow')] } }, []],
    [
      'a security admin rule that always allows, and nothing behind it',
      { subnetNsg: denyAll, rest: { adminRules: [adminRule('always', 1, 'AlwaysAllow')] } },
      ['always'],
    ],
    [
      'the rule of the group behind a security admin rule that merely allows',
      { subnetNsg: nsg('n', [rule('own', 200, 'Allow')]), rest: { adminRules: [adminRule('a', 1, 'Allow')] } },
      ['own'],
    ],
  ])('is allowed by %s', (_what, changes, names) => {
    const access = accessOf(changes);

    expect(access.verdict === 'open' ? access.allowedBy.map(({ name }) => name) : access).toEqual(names);
  });
});

describe('traffic that is stopped', () => {
  it.each<readonly [what: string, changes: Changes, name: string]>([
    [
      'the rule with the lowest number of those that deny parts',
      { subnetNsg: nsg('n', [rule('low', 300, 'Deny', lowHalf), rule('high', 200, 'Deny', highHalf)]) },
      'high',
    ],
    [
      'the group of the interface before that of the subnet',
      { nicNsg: nsg('a', [rule('on-nic', 4000, 'Deny')]), subnetNsg: nsg('b', [rule('on-subnet', 100, 'Deny')]) },
      'on-nic',
    ],
    [
      'a security admin rule before both groups',
      { nicNsg: denyAll, rest: { adminRules: [adminRule('first', 99, 'Deny')] } },
      'first',
    ],
    [
      'the group behind a security admin rule that only perhaps denies',
      { nicNsg: denyAll, rest: { adminRules: [adminRule('perhaps', 5, 'Deny', '*', 'Quantum')] } },
      'all',
    ],
  ])('is stopped by %s', (_what, changes, name) => {
    expect(accessOf(changes)).toMatchObject({ verdict: 'blocked', decidingRule: { name } });
  });
});

describe('traffic of which it is not certain', () => {
  const maybeClient = { sourcePortRange: '49152-65535' };

  it.each<readonly [what: string, changes: Changes, reason: string, decides: object]>([
    [
      'a rule for a part of the addresses',
      { subnetNsg: nsg('n', [rule('part', 300, 'Deny', { destinationAddressPrefix: '20.0.0.0/8' })]) },
      'NSG_PARTIAL',
      { decidingRule: { name: 'part' } },
    ],
    [
      'a rule that may be for the traffic, to a part of the addresses',
      {
        subnetNsg: nsg('n', [rule('perhaps', 300, 'Deny', { destinationAddressPrefix: '20.0.0.0/8', ...maybeClient })]),
      },
      'NSG_AMBIGUOUS',
      { decidingRule: { name: 'perhaps' } },
    ],
    [
      'the one with the lowest number of the rules that may deny',
      {
        subnetNsg: nsg('n', [
          rule('low', 300, 'Deny', { destinationAddressPrefix: '20.0.0.0/8' }),
          rule('high', 200, 'Deny', { destinationAddressPrefix: '40.0.0.0/8' }),
        ]),
      },
      'NSG_PARTIAL',
      { decidingRule: { name: 'high' } },
    ],
    [
      'a security admin rule for a part of the addresses',
      { rest: { adminRules: [adminRule('part', 5, 'Deny', '20.0.0.0/8')] } },
      'ADMIN_RULE_PARTIAL',
      { decidingRule: { name: 'part' } },
    ],
    [
      'a group that cannot be read',
      { nic: { networkSecurityGroup: { id: '/hidden' } } },
      'DATA_MISSING',
      { missing: 'nicNsg' },
    ],
    [
      'a group of the subnet that cannot be read, behind one that may deny',
      {
        nicNsg: nsg('n', [rule('part', 300, 'Deny', { destinationAddressPrefix: '20.0.0.0/8' })]),
        subnet: { networkSecurityGroup: { id: '/hidden' } },
      },
      'NSG_PARTIAL',
      { decidingRule: { name: 'part' } },
    ],
    ['a subnet that cannot be read', { rest: { subnet: null } }, 'DATA_MISSING', { missing: 'subnet' }],
    ['an interface that cannot be read', { rest: { nic: null } }, 'DATA_MISSING', { missing: 'nic' }],
    [
      'security admin rules that cannot be read',
      { rest: { adminRules: null } },
      'DATA_MISSING',
      { missing: 'adminRules' },
    ],
  ])('is decided by %s', (_what, changes, reason, decides) => {
    expect(accessOf(changes)).toMatchObject({ verdict: 'unknown', reason, ...decides });
  });
});
