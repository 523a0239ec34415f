import { describe, expect, it } from 'vitest';

import { type EgressRows, publicIpOnOthers, scaleSetMembership, wayOut } from '../../../lib/rules/network/egress.ts';
import { readNic } from '../../../lib/rules/network/nic.ts';
import { readSubnet } from '../../../lib/rules/network/subnet.ts';
import { type Changes, network, networkId } from './sample.ts';

const gatewayId = networkId('natGateways', 'NG');
const poolId = `${networkId('loadBalancers', 'lb')}/backendAddressPools/pool`;
const behindPool = { loadBalancerBackendAddressPools: [{ id: poolId }] };
const internal = {
  id: networkId('loadBalancers', 'lb'),
  sku: { name: 'Standard' },
  properties: { frontendIPConfigurations: [{ id: 'fe', properties: { privateIPAddress: '10.0.1.9' } }] },
};
const isPrivate = { defaultOutboundAccess: false };
const flexible = { properties: { virtualMachineScaleSet: { id: '/ss' } } };
const publicNic = network({ ipConfiguration: { publicIPAddress: { id: '/pip' } } }).nic;
const plainNic = network().nic;

function wayOutOf(changes: Changes, rows: Partial<EgressRows> = {}) {
  const { nic, subnet } = network(changes);
  return wayOut(readNic(nic), readSubnet(subnet, 'westeurope'), { otherNics: [], ...rows });
}

const implicit = { kind: 'open', egress: 'defaultOutbound', note: 'DEFAULT_OUTBOUND_IMPLICIT' };
const withGateway = { subnet: { ...isPrivate, natGateway: { id: gatewayId } } };
const byGateway = { kind: 'open', egress: 'natGateway' };
const noAddress = { kind: 'unknown', reason: 'NAT_GATEWAY_WITHOUT_IP' };

function missing(part: string): object {
  return { kind: 'unknown', reason: 'DATA_MISSING', missing: part };
}

describe('the way out', () => {
  it.each<readonly [what: string, changes: Changes, rows: Partial<EgressRows>, expected: object]>([
    ['nothing special', {}, {}, implicit],
    ['access by default that is null', { subnet: { defaultOutboundAccess: null } }, {}, implicit],
    ['access by default that is allowed', { subnet: { defaultOutboundAccess: true } }, {}, implicit],
    ['access by default that makes no sense', { subnet: { defaultOutboundAccess: 'no' } }, {}, missing('subnet')],
    ['a private subnet', { subnet: isPrivate }, {}, { kind: 'none', isPrivateSubnet: true }],
    [
      'a private subnet, where the interface still has its address',
      { subnet: isPrivate, nic: { defaultOutboundConnectivityEnabled: true } },
      {},
      { kind: 'open', egress: 'defaultOutbound', note: 'DEFAULT_OUTBOUND_UNTIL_DEALLOCATED' },
    ],
    [
      'an interface that has no address yet',
      { nic: { defaultOutboundConnectivityEnabled: false } },
      {},
      { kind: 'unknown', reason: 'EGRESS_PENDING_DEALLOCATION' },
    ],
    [
      'a public address',
      { subnet: isPrivate, ipConfiguration: { publicIPAddress: { id: '/pip' } } },
      {},
      { kind: 'open', egress: 'publicIp' },
    ],
    [
      'a balancer that is not visible',
      { ipConfiguration: behindPool },
      {},
      { kind: 'unknown', reason: 'EGRESS_LB_UNRESOLVED' },
    ],
    [
      'an internal balancer of the Standard SKU',
      { ipConfiguration: behindPool },
      { loadBalancers: [internal] },
      { kind: 'none', isPrivateSubnet: false },
    ],
    [
      'an internal balancer of the Basic SKU',
      { ipConfiguration: behindPool },
      { loadBalancers: [{ ...internal, sku: { name: 'Basic' } }] },
      implicit,
    ],
    [
      'a public address on another interface',
      {},
      { otherNics: [publicNic] },
      { kind: 'unknown', reason: 'EGRESS_ON_OTHER_NIC' },
    ],
    ['another interface without one', {}, { otherNics: [plainNic] }, implicit],
    ['another interface that could not be read', {}, { otherNics: [plainNic, null] }, missing('otherNics')],
    ['other interfaces that could not be read', {}, { otherNics: undefined }, missing('otherNics')],
    ['a flexible scale set', {}, { vm: flexible }, { kind: 'none', isPrivateSubnet: false }],
    ['a VM that could not be read', {}, { vm: { id: '/vm' } }, missing('vm')],
    ['a VM in no scale set', {}, { vm: { properties: {} } }, implicit],
  ])('is judged with %s', (_what, changes, rows, expected) => {
    expect(wayOutOf(changes, rows)).toEqual(expected);
  });

  it.each<readonly [what: string, natGateway: unknown, expected: object]>([
    ['its row was not loaded', undefined, byGateway],
    ['its row is null', null, byGateway],
    ['the row is of another gateway', { id: networkId('natGateways', 'other'), properties: {} }, byGateway],
    ['it has an address', { id: gatewayId, properties: { publicIpAddresses: [{ id: '/pip' }] } }, byGateway],
    ['it has a prefix', { id: gatewayId, properties: { publicIpPrefixes: [{ id: '/prefix' }] } }, byGateway],
    [
      'its row has the id in another case',
      { id: gatewayId.toUpperCase(), properties: { publicIpPrefixes: [] } },
      noAddress,
    ],
    ['its row has no id', { properties: {} }, noAddress],
    [
      'its addresses are for IPv6 only',
      { id: gatewayId, properties: { publicIpAddressesV6: [{ id: '/6' }] } },
      noAddress,
    ],
    ['its row has no properties', { id: gatewayId }, missing('natGateway')],
  ])('by a NAT gateway is judged if %s', (_what, natGateway, expected) => {
    expect(wayOutOf(withGateway, { natGateway })).toEqual(expected);
  });

  it('by a NAT gateway that the subnet does not name legibly is that of the row', () => {
    const changes = { subnet: { natGateway: {} } };

    expect(wayOutOf(changes, { natGateway: { id: gatewayId, properties: {} } })).toEqual(noAddress);
    expect(wayOutOf(changes, { natGateway: { id: gatewayId } })).toEqual(missing('natGateway'));
  });

  it('is not known without the interface or its subnet', () => {
    const nic = readNic(plainNic);

    expect(wayOut(undefined, undefined, { otherNics: [] })).toEqual(missing('nic'));
    expect(wayOut(nic, undefined, { otherNics: [] })).toEqual(missing('subnet'));
  });
});

describe('what tells VMs apart', () => {
  it.each<readonly [vm: unknown, expected: string]>([
    [undefined, 'none'],
    [{ properties: {} }, 'none'],
    [{ properties: { virtualMachineScaleSet: null } }, 'none'],
    [flexible, 'member'],
    [{ id: '/vm' }, 'unreadable'],
    [null, 'unreadable'],
  ])('is whether %j belongs to a scale set: %s', (vm, expected) => {
    expect(scaleSetMembership(vm)).toBe(expected);
  });

  it.each<readonly [what: string, rows: readonly unknown[] | undefined, expected: string]>([
    ['no others', [], 'no'],
    ['others that were not read', undefined, 'unread'],
    ['one without a public address', [plainNic], 'no'],
    ['one with a public address', [plainNic, publicNic], 'yes'],
    ['one that could not be read', [plainNic, null], 'unread'],
    ['one that could not be read beside one with a public address', [null, publicNic], 'yes'],
  ])('is the public address of %s', (_what, rows, expected) => {
    expect(publicIpOnOthers(rows)).toBe(expected);
  });
});
