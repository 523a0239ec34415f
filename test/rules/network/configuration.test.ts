import { describe, expect, it } from 'vitest';

import type { NetworkInput } from '../../../lib/domain/network-rows.ts';
import { readConfiguration, regionOf, trafficSource } from '../../../lib/rules/network/configuration.ts';
import { readNic } from '../../../lib/rules/network/nic.ts';
import { readSubnet } from '../../../lib/rules/network/subnet.ts';
import { network, networkId, vnetId } from './sample.ts';

const expressRoute = {
  id: networkId('virtualNetworkGateways', 'gw'),
  properties: {
    gatewayType: 'ExpressRoute',
    ipConfigurations: [{ properties: { subnet: { id: `${vnetId}/subnets/GatewaySubnet` } } }],
  },
};

function configurationOf(input: NetworkInput) {
  return readConfiguration(input, input).configuration;
}

describe('what concerns an interface', () => {
  it('are the public ranges that its network and the peers use as their own, not the private ones', () => {
    const peer = { properties: { remoteAddressSpace: { addressPrefixes: ['40.0.0.0/16', '172.16.0.0/12'] } } };
    const vnet = {
      addressSpace: { addressPrefixes: ['10.0.0.0/16', '20.0.0.0/16'] },
      virtualNetworkPeerings: [peer],
    };

    expect(configurationOf(network({ vnet })).ownPublicSpace).toMatchObject([
      { lo: 20 * 256 ** 3, length: 16 },
      { lo: 40 * 256 ** 3, length: 16 },
    ]);
    expect(configurationOf(network()).ownPublicSpace).toEqual([]);
    expect(configurationOf(network({ rest: { vnet: null } })).ownPublicSpace).toBeUndefined();
  });

  it('may be a default route that a gateway teaches, if the table that could refuse it cannot be read', () => {
    const hidden = network({ subnet: { routeTable: { id: '/hidden' } }, rest: { gateways: [expressRoute] } });
    const closed = { ...hidden, routeTable: { properties: { disableBgpRoutePropagation: true, routes: [] } } };

    expect(configurationOf(hidden).learnedDefault).toEqual({ kind: 'bgp' });
    expect(configurationOf(closed).learnedDefault).toEqual({ kind: 'none' });
  });

  it('is not known as far as the subnet tells it, if the subnet cannot be read', () => {
    expect(configurationOf(network({ rest: { subnet: null } }))).toMatchObject({
      storageEndpoint: 'maybe',
      entraEndpoint: false,
      routeTable: { kind: 'missing', part: 'subnet' },
      layers: { nic: { kind: 'none' }, subnet: { kind: 'missing', part: 'subnet' } },
      wayOut: { kind: 'unknown', missing: 'subnet' },
    });
  });

  it.each([
    ['West Europe', 'westeurope'],
    ['', undefined],
    [7, undefined],
  ])('is the region %j as tags write it: %s', (region, expected) => {
    expect(regionOf({ region })).toBe(expected);
  });
});

describe('the source of traffic', () => {
  const { nic, subnet } = network({
    ipConfiguration: { privateIPAddress: '10.0.1.4', applicationSecurityGroups: [{ id: '/ASG' }] },
  });
  const hidden = network({ ipConfiguration: { privateIPAddress: undefined } }).nic;
  const subnetRead = readSubnet(subnet, 'westeurope');
  const address = 10 * 256 ** 3 + 256 + 4;

  it('is the address of the interface, else any of its subnet', () => {
    expect(trafficSource(readNic(nic), subnetRead)).toEqual({
      addresses: [{ lo: address, hi: address }],
      applicationSecurityGroups: ['/asg'],
    });
    expect(trafficSource(readNic(hidden), subnetRead).addresses).toEqual(subnetRead?.prefixes);
  });

  it('is nowhere known without both', () => {
    expect(trafficSource(undefined, undefined)).toEqual({ addresses: [], applicationSecurityGroups: [] });
  });
});
