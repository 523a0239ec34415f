import { expect, it } from 'vitest';

import type { Destination } from '../../../lib/rules/network/destination.ts';
import { judgeReachability } from '../../../lib/rules/network/reachability.ts';
import { type Changes, network, networkId, nsg, routeTable, rule, vnetId } from './sample.ts';

type Row = readonly [what: string, expected: string, changes: Changes, destination?: Destination];

const denyInternet = rule('deny', 4000, 'Deny', { destinationAddressPrefix: 'Internet' });
const gateway = (properties: object, vnet = vnetId) => ({
  id: networkId('virtualNetworkGateways', 'gw'),
  properties: {
    ipConfigurations: [{ properties: { subnet: { id: `${vnet}/subnets/GatewaySubnet` } } }],
    ...properties,
  },
});
const hubId = networkId('virtualNetworks', 'hub');
const peering = (fields: object) => ({
  virtualNetworkPeerings: [
    {
      properties: {
        peeringState: 'Connected',
        useRemoteGateways: true,
        remoteVirtualNetwork: { id: hubId },
        remoteAddressSpace: { addressPrefixes: ['10.100.0.0/16'] },
        ...fields,
      },
    },
  ],
});
const poolId = `${networkId('loadBalancers', 'lb')}/backendAddressPools/pool`;
const balancer = (sku: string, disableOutboundSnat: boolean, isPublic = true) => ({
  id: networkId('loadBalancers', 'lb'),
  sku: { name: sku },
  properties: {
    frontendIPConfigurations: [
      { id: 'fe', properties: isPublic ? { publicIPAddress: { id: 'pip' } } : { privateIPAddress: '10.0.1.9' } },
    ],
    loadBalancingRules: [
      {
        properties: { backendAddressPool: { id: poolId }, frontendIPConfiguration: { id: 'fe' }, disableOutboundSnat },
      },
    ],
  },
});
const behindBalancer = (...loadBalancers: unknown[]): Changes => ({
  ipConfiguration: { loadBalancerBackendAddressPools: [{ id: poolId }] },
  rest: { loadBalancers },
});
const endpointTo = (service: string, fields: object = {}) => ({
  serviceEndpoints: [{ service, locations: ['westeurope'], provisioningState: 'Succeeded', ...fields }],
});

const cases: readonly Row[] = [
  [
    'a region of another tag',
    'blocked NSG_DENY',
    {
      subnetNsg: nsg('n', [rule('a', 100, 'Allow', { destinationAddressPrefix: 'Storage.northeurope' }), denyInternet]),
    },
    'Storage',
  ],
  [
    'an application security group that the VM is not in',
    'open OPEN',
    {
      subnetNsg: nsg('n', [
        rule('d', 100, 'Deny', { sourceAddressPrefix: '', sourceApplicationSecurityGroups: [{ id: '/asg' }] }),
      ]),
    },
  ],
  [
    'an IPv6 destination',
    'open OPEN',
    { subnetNsg: nsg('n', [rule('d', 100, 'Deny', { destinationAddressPrefix: '::/0' })]) },
  ],
  [
    'a source that is part of the subnet, address not known',
    'unknown NSG_AMBIGUOUS',
    {
      ipConfiguration: { privateIPAddress: undefined },
      subnetNsg: nsg('n', [rule('d', 100, 'Deny', { sourceAddressPrefix: '10.0.1.0/25' })]),
    },
  ],
  [
    'a source that holds the subnet, address not known',
    'blocked NSG_DENY',
    {
      ipConfiguration: { privateIPAddress: undefined },
      subnetNsg: nsg('n', [rule('d', 100, 'Deny', { sourceAddressPrefix: '10.0.0.0/16' })]),
    },
  ],
  [
    'groups that allow different halves',
    'blocked NSG_DENY',
    {
      nicNsg: nsg('a', [rule('a', 100, 'Allow', { destinationAddressPrefix: '20.0.0.0/8' }), denyInternet]),
      subnetNsg: nsg('b', [rule('b', 100, 'Allow', { destinationAddressPrefix: '40.0.0.0/8' }), denyInternet]),
    },
  ],
  [
    'a rule without any destination',
    'unknown NSG_AMBIGUOUS',
    { subnetNsg: nsg('n', [rule('d', 100, 'Deny', { destinationAddressPrefix: '' })]) },
  ],
  ['a group without its rules', 'unknown DATA_MISSING', { subnetNsg: nsg('n', undefined) }],
  [
    'public space that the network uses as its own',
    'unknown ROUTE_MIXED',
    { vnet: { addressSpace: { addressPrefixes: ['20.0.0.0/8'] } } },
  ],
  [
    'two actions of one priority',
    'unknown ADMIN_RULE_PARTIAL',
    { rest: { adminRules: [adminRule('a', 10, 'Deny'), adminRule('b', 10, 'AlwaysAllow')] } },
  ],
  [
    'admin rules that cannot be read',
    'unknown DATA_MISSING',
    { subnetNsg: nsg('n', [denyInternet]), rest: { adminRules: [{ id: 'effective' }] } },
  ],
  [
    'an admin rule that always allows part, above a deny',
    'unknown NSG_PARTIAL',
    { subnetNsg: nsg('n', [denyInternet]), rest: { adminRules: [adminRule('a', 1, 'AlwaysAllow', '20.0.0.0/8')] } },
  ],
  [
    'a VPN gateway with BGP',
    'unknown ROUTE_BGP_POSSIBLE',
    { rest: { gateways: [gateway({ gatewayType: 'Vpn', enableBgp: true })] } },
  ],
  ['a Route Server', 'unknown ROUTE_BGP_POSSIBLE', { rest: { gateways: [{ ...gateway({}), kind: 'RouteServer' }] } }],
  [
    'a gateway in a network that is not used',
    'open OPEN',
    { rest: { gateways: [gateway({ gatewayType: 'ExpressRoute' }, hubId)] } },
  ],
  [
    'a remote gateway that teaches routes',
    'unknown ROUTE_BGP_POSSIBLE',
    { vnet: peering({}), rest: { gateways: [gateway({ gatewayType: 'ExpressRoute' }, hubId)] } },
  ],
  [
    'a remote gateway that is static',
    'open OPEN',
    { vnet: peering({}), rest: { gateways: [gateway({ gatewayType: 'Vpn', enableBgp: false }, hubId)] } },
  ],
  ['a remote gateway over a peering that is down', 'open OPEN', { vnet: peering({ peeringState: 'Disconnected' }) }],
  [
    'a tag route beside a longer prefix',
    'unknown ROUTE_MIXED',
    { routeTable: routeTable(['20.36.0.0/16', 'None'], ['AzureBackup', 'Internet']) },
  ],
  [
    'a tag route beside a short prefix',
    'open OPEN',
    { routeTable: routeTable(['20.0.0.0/8', 'None'], ['AzureBackup', 'Internet']) },
  ],
  ['a route to a tag that routes cannot have', 'open OPEN', { routeTable: routeTable(['Internet', 'None']) }],
  [
    'the global storage endpoint',
    'open OPEN',
    {
      subnet: endpointTo('Microsoft.Storage.Global', { locations: ['*'] }),
      routeTable: routeTable(['0.0.0.0/0', 'None']),
    },
    'Storage',
  ],
  [
    'a storage endpoint for another region',
    'blocked ROUTE_NONE',
    {
      subnet: endpointTo('Microsoft.Storage', { locations: ['eastus'] }),
      routeTable: routeTable(['0.0.0.0/0', 'None']),
    },
    'Storage',
  ],
  [
    'a storage endpoint that failed',
    'unknown ROUTE_MIXED',
    {
      subnet: endpointTo('Microsoft.Storage', { provisioningState: 'Failed' }),
      routeTable: routeTable(['0.0.0.0/0', 'None']),
    },
    'Storage',
  ],
  ['a balancer that does not translate', 'blocked NO_EGRESS', behindBalancer(balancer('Standard', true))],
  ['a basic internal balancer', 'open OPEN', behindBalancer(balancer('Basic', false, false))],
  ['a balancer with no stock-keeping unit', 'unknown EGRESS_LB_UNRESOLVED', behindBalancer({ ...balancer('', true) })],
  [
    'a NAT gateway of which no row was loaded',
    'open OPEN',
    { subnet: { natGateway: { id: 'ng' }, defaultOutboundAccess: false } },
  ],
  ['default outbound access that is null', 'open OPEN', { subnet: { defaultOutboundAccess: null } }],
  [
    'default outbound access that is no boolean',
    'unknown DATA_MISSING',
    { subnet: { defaultOutboundAccess: 'false' } },
  ],
];

function adminRule(name: string, priority: number, access: string, addressPrefix = '*') {
  const any = [{ addressPrefixType: 'IPPrefix', addressPrefix: '*' }];
  const ports = { sourcePortRanges: ['0-65535'], destinationPortRanges: ['443'] };
  const destinations = [{ addressPrefixType: 'IPPrefix', addressPrefix }];
  return {
    name,
    properties: { direction: 'Outbound', protocol: 'Tcp', sources: any, destinations, priority, access, ...ports },
  };
}

it.each(cases.map(([what, expected, changes, destination]) => ({ what, expected, changes, destination })))(
  '$what: $expected',
  ({ expected, changes, destination = 'AzureBackup' }) => {
    const path = judgeReachability(network(changes)).destinations[destination];

    expect(`${path.verdict} ${path.reason}`).toBe(expected);
  },
);
