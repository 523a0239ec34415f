import { describe, expect, it } from 'vitest';

import type { NetworkInput } from '../../../lib/domain/network-rows.ts';
import { privateDns } from '../../../lib/rules/network/private-dns.ts';
import { openNetwork } from '../healthy-vm.ts';

const vnet = {
  id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v',
  properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } },
};
const nic = { id: '/nic', properties: { primary: true, ipConfigurations: [{ name: 'c', properties: {} }] } };
const links = [
  {
    id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/privatelink.we.backup.windowsazure.com/virtualNetworkLinks/l',
    properties: { virtualNetwork: { id: vnet.id.toUpperCase() } },
  },
];
const network: NetworkInput = { nic, vnet, privateDnsZoneLinks: links };

function withServers(row: { readonly properties: object }, name: string, dnsServers: readonly string[]): object {
  return { ...row, properties: { ...row.properties, [name]: { dnsServers } } };
}

describe('privateDns', () => {
  it.each<[string, NetworkInput, ReturnType<typeof privateDns>]>([
    ['a linked zone', network, 'linked'],
    ['no link at all', { nic, vnet }, 'notLinked'],
    ['links of other networks', { ...openNetwork, privateDnsZoneLinks: links }, 'notLinked'],
    ['servers of the network', { ...network, vnet: withServers(vnet, 'dhcpOptions', ['10.0.0.53']) }, 'ownServers'],
    ['servers of the interface', { ...network, nic: withServers(nic, 'dnsSettings', ['10.0.0.53']) }, 'ownServers'],
    [
      'an interface that goes back to the name service of Azure',
      {
        ...network,
        nic: withServers(nic, 'dnsSettings', ['AzureProvidedDNS']),
        vnet: withServers(vnet, 'dhcpOptions', ['10.0.0.53']),
      },
      'linked',
    ],
    ['links that could not be read', { ...network, privateDnsZoneLinks: null }, 'unread'],
    ['a network that could not be read', { ...network, vnet: null }, 'unread'],
    ['an interface that could not be read', { ...network, nic: null }, 'unread'],
  ])('%s', (_what, input, expected) => {
    expect(privateDns(input)).toBe(expected);
  });
});
