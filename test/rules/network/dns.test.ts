import { describe, expect, it } from 'vitest';

import { parseCidr } from '../../../lib/rules/network/cidr.ts';
import { dnsState, nameServersOf } from '../../../lib/rules/network/dns.ts';
import { readNic } from '../../../lib/rules/network/nic.ts';
import { readVnet } from '../../../lib/rules/network/vnet.ts';
import { network, nsg, rule } from './sample.ts';

const own = parseCidr('10.0.1.4');
const source = { addresses: own ? [own] : [], applicationSecurityGroups: [] };
const toDns = { destinationAddressPrefix: 'AzurePlatformDNS' };

function nic(...dnsServers: readonly string[]) {
  return readNic(network({ nic: { dnsSettings: { dnsServers } } }).nic);
}

function vnet(...dnsServers: readonly string[]) {
  return readVnet(network({ vnet: { addressSpace: { addressPrefixes: [] }, dhcpOptions: { dnsServers } } }).vnet);
}

const denied = [nsg('n', [rule('d', 100, 'Deny', toDns)])];

describe('name servers', () => {
  it('are those of the network, of the interface, or those of Azure by its wish', () => {
    const all = [undefined, nic(), nic('10.0.0.4'), nic('AzureProvidedDNS'), nic('AzureProvidedDNS', '10.0.0.4')];

    expect(all.map(nameServersOf)).toEqual(['network', 'network', 'own', 'azure', 'own']);
  });

  it('decide whether a rule about those of Azure matters', () => {
    const states = [
      dnsState(nic(), vnet(), denied, source),
      dnsState(nic(), vnet('10.0.0.5'), denied, source),
      dnsState(nic('10.0.0.4'), vnet(), denied, source),
      dnsState(nic('AzureProvidedDNS'), vnet('10.0.0.5'), denied, source),
      dnsState(nic(), undefined, denied, source),
    ];

    expect(states).toEqual(['denied', 'custom', 'custom', 'denied', 'denied']);
  });
});

describe("Azure's name service", () => {
  it.each<readonly [what: string, rules: readonly unknown[], expected: string]>([
    ['no rule', [], 'ok'],
    ['a rule that denies its tag', [rule('d', 100, 'Deny', toDns)], 'denied'],
    [
      'a rule that denies its tag among others',
      [
        rule('d', 100, 'Deny', {
          destinationAddressPrefix: '',
          destinationAddressPrefixes: ['Sql', 'AZUREPLATFORMDNS'],
        }),
      ],
      'denied',
    ],
    ['a rule that denies everything', [rule('d', 100, 'Deny')], 'ok'],
    ['a rule that denies its address', [rule('d', 100, 'Deny', { destinationAddressPrefix: '168.63.129.16' })], 'ok'],
    ['a rule that allows its tag', [rule('a', 100, 'Allow', toDns)], 'ok'],
    ['a rule for UDP', [rule('d', 100, 'Deny', { ...toDns, protocol: 'UDP' })], 'denied'],
    ['a rule for TCP', [rule('d', 100, 'Deny', { ...toDns, protocol: 'Tcp' })], 'ok'],
    ['a rule for its port', [rule('d', 100, 'Deny', { ...toDns, destinationPortRange: '53' })], 'denied'],
    ['a rule for another port', [rule('d', 100, 'Deny', { ...toDns, destinationPortRange: '443' })], 'ok'],
    [
      'a rule for several ports, its own among them',
      [rule('d', 100, 'Deny', { ...toDns, destinationPortRange: '', destinationPortRanges: ['80', '50-60'] })],
      'denied',
    ],
    [
      'a rule for several other ports',
      [rule('d', 100, 'Deny', { ...toDns, destinationPortRange: '', destinationPortRanges: ['80', '443'] })],
      'ok',
    ],
    ['a rule for other sources', [rule('d', 100, 'Deny', { ...toDns, sourceAddressPrefix: '10.7.0.0/16' })], 'ok'],
    ['a rule that may be for it', [rule('d', 100, 'Deny', { ...toDns, protocol: 'Quantum' })], 'denied'],
    [
      'a rule that may allow it, before one that denies',
      [rule('a', 100, 'Allow', { ...toDns, protocol: 'Quantum' }), rule('d', 200, 'Deny', toDns)],
      'denied',
    ],
    [
      'a rule that allows it, before one that denies, in any order of the row',
      [rule('d', 200, 'Deny', toDns), rule('a', 100, 'Allow', toDns)],
      'ok',
    ],
    [
      'a rule that allows it, behind one that denies, in any order of the row',
      [rule('a', 200, 'Allow', toDns), rule('d', 100, 'Deny', toDns)],
      'denied',
    ],
    ['a rule that cannot be placed', [rule('d', 99, 'Deny', toDns)], 'ok'],
  ])('is judged with %s: %s', (_what, rules, expected) => {
    expect(dnsState(nic(), vnet(), [null, nsg('n', rules)], source)).toBe(expected);
  });

  it('is denied if one of two groups denies it', () => {
    const open = nsg('open', [rule('a', 100, 'Allow', toDns)]);

    expect(dnsState(nic(), vnet(), [open, ...denied], source)).toBe('denied');
    expect(dnsState(nic(), vnet(), [...denied, open], source)).toBe('denied');
  });
});
