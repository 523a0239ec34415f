import { describe, expect, it } from 'vitest';

import type { NetworkInput } from '../../../lib/domain/network-rows.ts';
import { createLikeness } from '../../../lib/rules/network/likeness.ts';
import { type Changes, network, networkId, nsg, rule } from './sample.ts';

const pool = (name: string) => ({ id: `${networkId('loadBalancers', 'lb')}/backendAddressPools/${name}` });
const around = network({ nicNsg: nsg('n', [rule('d', 100, 'Deny', { sourceAddressPrefix: '10.0.1.0/24' })]) });

/** An interface among others in the same network: the rows around it are the same objects. */
function inNetwork(changes: Changes): NetworkInput {
  return { ...around, nic: network(changes).nic };
}

/** Whether two inputs, given in this order to one sweep, are told to be alike. */
function areAlike(one: NetworkInput, other: NetworkInput): boolean {
  const likenessOf = createLikeness();
  return likenessOf(one, one) === likenessOf(other, other);
}

describe('the surroundings of interfaces', () => {
  it.each([
    'region',
    'vnet',
    'adminRules',
    'gateways',
    'natGateway',
    'loadBalancers',
    'azureFirewalls',
    'firewallRuleCollectionGroups',
    'firewallPolicies',
    'vault',
    'privateEndpoints',
    'privateDnsZoneLinks',
    'serviceTagData',
    'nicNsg',
    'subnet',
    'subnetNsg',
    'routeTable',
  ])('are not alike if their %s differ, whichever comes first and last', (part) => {
    const other = { ...around, [part]: { id: 'other' } };
    const likenessOf = createLikeness();

    const [first, second, again, both] = [around, other, around, other].map((input) => likenessOf(input, input));

    expect(second).not.toBe(first);
    expect([again, both]).toEqual([first, second]);
  });

  it('are alike if their rows are the same, whatever the addresses that no rule tells apart', () => {
    const [one, other] = ['10.0.1.4', '10.0.1.5'].map((privateIPAddress) =>
      inNetwork({ ipConfiguration: { privateIPAddress } }),
    );

    expect(one && other && areAlike(one, other)).toBe(true);
  });
});

describe('interfaces of one network', () => {
  it.each<readonly [what: string, one: Changes, other: Changes]>([
    ['one refers to a group', {}, { nic: { networkSecurityGroup: { id: '/hidden' } } }],
    [
      'they are behind different load balancers',
      { ipConfiguration: { loadBalancerBackendAddressPools: [pool('a')] } },
      { ipConfiguration: { loadBalancerBackendAddressPools: [pool('b')] } },
    ],
    ['one has a public address', {}, { ipConfiguration: { publicIPAddress: { id: '/pip' } } }],
    ['one has servers of its own for names', {}, { nic: { dnsSettings: { dnsServers: ['10.0.0.4'] } } }],
    ['a rule holds one of them', {}, { ipConfiguration: { privateIPAddress: '10.0.2.4' } }],
  ])('are not alike if %s', (_what, one, other) => {
    expect(areAlike(inNetwork(one), inNetwork(other))).toBe(false);
  });

  it('are not alike if one of them could not be read', () => {
    expect(areAlike(inNetwork({}), { ...around, nic: null })).toBe(false);
  });

  it('are alike if every rule holds the whole subnet, though the address of one is not known', () => {
    expect(areAlike(inNetwork({}), inNetwork({ ipConfiguration: { privateIPAddress: undefined } }))).toBe(true);
  });
});
