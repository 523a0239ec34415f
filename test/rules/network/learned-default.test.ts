import { describe, expect, it } from 'vitest';

import { learnedDefault } from '../../../lib/rules/network/learned-default.ts';
import { readVnet } from '../../../lib/rules/network/vnet.ts';
import { networkId, vnetId } from './sample.ts';

const hubId = networkId('virtualNetworks', 'hub');
const remote = { remoteVirtualNetwork: { id: hubId }, remoteAddressSpace: { addressPrefixes: ['10.100.0.0/16'] } };

function vnet(useRemoteGateways?: boolean) {
  const virtualNetworkPeerings =
    useRemoteGateways === undefined ? [] : [{ properties: { ...remote, useRemoteGateways } }];
  const addressSpace = { addressPrefixes: ['10.0.0.0/16'] };
  return readVnet({ id: vnetId, properties: { addressSpace, virtualNetworkPeerings } });
}

function inSubnets(...subnets: readonly unknown[]): object {
  return { ipConfigurations: subnets.map((id) => ({ properties: { subnet: { id } } })) };
}

const ownSubnet = `${vnetId.toUpperCase()}/subnets/GatewaySubnet`;
const remoteSubnet = `${hubId}/subnets/GatewaySubnet`;

function gateway(properties: object, place: object = inSubnets(ownSubnet)): object {
  return { properties: { ...place, ...properties } };
}

const bgp = { gatewayType: 'Vpn', enableBgp: true };
const isStatic = { gatewayType: 'VPN', enableBgp: false };
const tunnel = { gatewayType: 'Vpn', gatewayDefaultSite: { id: '/site' } };

describe('a default route that a gateway may teach', () => {
  it.each<readonly [what: string, gateways: unknown, expected: string]>([
    ['no gateways', [], 'none'],
    ['no gateways, which the row leaves out', undefined, 'none'],
    ['ExpressRoute', [gateway({ gatewayType: 'ExpressRoute' })], 'bgp'],
    ['VPN with BGP', [gateway(bgp)], 'bgp'],
    ['VPN without BGP', [gateway(isStatic)], 'none'],
    ['VPN that says nothing about BGP', [gateway({ gatewayType: 'Vpn' })], 'none'],
    ['a gateway of a type that nobody knows', [gateway({})], 'bgp'],
    ['a default site', [gateway(tunnel)], 'defaultSite'],
    ['a default site beside BGP', [gateway(bgp), gateway(tunnel)], 'defaultSite'],
    ['a gateway elsewhere', [gateway(bgp, inSubnets(remoteSubnet))], 'none'],
    ['a gateway that has one of its addresses here', [gateway(bgp, inSubnets(remoteSubnet, ownSubnet))], 'bgp'],
    ['a gateway that does not say where it is', [gateway(bgp, {})], 'bgp'],
    ['a gateway whose addresses are no list', [gateway(bgp, { ipConfigurations: 'garbage' })], 'bgp'],
    ['a gateway whose subnet makes no sense', [gateway(bgp, inSubnets('/garbage', 7))], 'bgp'],
  ])('is judged with %s', (_what, gateways, expected) => {
    expect(learnedDefault(vnet(), gateways, true)).toEqual({ kind: expected });
  });

  it.each<readonly [what: string, gateways: readonly unknown[], usesRemoteGateways: boolean, expected: string]>([
    ['a peer whose gateway is not visible', [], true, 'bgp'],
    ['a peer whose gateways are not used', [gateway(bgp, inSubnets(remoteSubnet))], false, 'none'],
    ['a peer with a static gateway', [gateway(isStatic, inSubnets(remoteSubnet))], true, 'none'],
    ['a peer with a default site', [gateway(tunnel, inSubnets(remoteSubnet))], true, 'defaultSite'],
  ])('is judged with %s', (_what, gateways, usesRemoteGateways, expected) => {
    expect(learnedDefault(vnet(usesRemoteGateways), gateways, true)).toEqual({ kind: expected });
  });

  it('does not count where the table of the subnet takes none from gateways', () => {
    expect(learnedDefault(undefined, null, false)).toEqual({ kind: 'none' });
  });

  it('is not known without the network or its gateways', () => {
    expect(learnedDefault(undefined, [], true)).toEqual({ kind: 'missing', part: 'vnet' });
    expect(learnedDefault(vnet(), null, true)).toEqual({ kind: 'missing', part: 'gateways' });
    expect(learnedDefault(vnet(), 'garbage', true)).toEqual({ kind: 'missing', part: 'gateways' });
  });
});
