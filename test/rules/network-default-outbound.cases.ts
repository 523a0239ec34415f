import type { networkDefaultOutbound } from '../../lib/rules/network-default-outbound.ts';
import type { Cases, Differing } from './case.ts';
import { fact, unread } from './healthy-vm.ts';
import { type Changes, network, networkId, nsg, routeTable, rule, vnetId } from './network/sample.ts';
import { mayNeedNetwork, needsNetwork, writesFast } from './network-need.ts';

function around(changes: Changes): Differing {
  return { network: fact(network(changes)) };
}

/** Gateways teach no routes; the table has none of its own. */
const still = { ...routeTable(), properties: { disableBgpRoutePropagation: true, routes: [] } };
const privateSubnet: Changes = { subnet: { defaultOutboundAccess: false }, routeTable: still };

function privateWith(changes: Changes): Differing {
  return around({ ...privateSubnet, ...changes, subnet: { defaultOutboundAccess: false, ...changes.subnet } });
}

const poolId = `${networkId('loadBalancers', 'lb')}/backendAddressPools/pool`;
const inPool = { loadBalancerBackendAddressPools: [{ id: poolId }] };
const internalBalancer = {
  id: networkId('loadBalancers', 'lb'),
  sku: { name: 'Standard' },
  properties: { frontendIPConfigurations: [], outboundRules: [], loadBalancingRules: [] },
};
const outboundBalancer = {
  ...internalBalancer,
  properties: {
    frontendIPConfigurations: [{ id: 'fe', properties: { publicIPAddress: { id: 'pip' } } }],
    outboundRules: [{ properties: { backendAddressPool: { id: poolId } } }],
    loadBalancingRules: [],
  },
};
const natGateway = {
  id: networkId('natGateways', 'ng'),
  properties: { publicIpAddresses: [{ id: 'pip' }] },
};
const expressRoute = {
  id: networkId('virtualNetworkGateways', 'gw'),
  properties: {
    gatewayType: 'ExpressRoute',
    ipConfigurations: [{ properties: { subnet: { id: `${vnetId}/subnets/GatewaySubnet` } } }],
  },
};

const exits = { outcome: 'pass', reason: 'HasWayOut' } as const;
const byRoutes = { ...exits, message: 'The VM gets out by its routes.' } as const;
const closed = { outcome: 'fail', reason: 'PrivateSubnet', severity: 'warning' } as const;
const group = '--subscription 11111111-1111-1111-1111-111111111111 -g rg-net';
const commands = [
  `az network public-ip create ${group} -n pip-ng-vnet -l westeurope --sku Standard --allocation-method Static`,
  `az network nat gateway create ${group} -n ng-vnet -l westeurope --public-ip-addresses pip-ng-vnet`,
  `az network vnet subnet update ${group} --vnet-name vnet -n app --nat-gateway ng-vnet`,
];

export const cases: Cases<typeof networkDefaultOutbound> = [
  [
    'an old subnet, which says nothing',
    needsNetwork,
    { ...exits, message: 'The VM gets out by default outbound access.' },
  ],
  [
    'a subnet with default outbound access',
    { ...needsNetwork, ...around({ subnet: { defaultOutboundAccess: true } }) },
    exits,
  ],
  [
    'a private subnet without anything, and workload backup in the VM',
    { ...needsNetwork, ...around(privateSubnet) },
    {
      ...closed,
      message:
        'Subnet app is private and has no outbound method. The VM needs one because a workload in it is backed up.',
      fix: { commands },
    },
  ],
  ['a private subnet without anything, and Write Accelerator', { ...writesFast, ...around(privateSubnet) }, closed],
  [
    'a private subnet without anything, and plain VM backup (ruling 37)',
    around(privateSubnet),
    {
      outcome: 'pass',
      reason: 'NotNeeded',
      message: 'Subnet app gives this VM no way out. Plain VM backup does not need it.',
    },
  ],
  [
    'a private subnet with a NAT gateway',
    {
      ...needsNetwork,
      ...privateWith({ subnet: { natGateway: { id: natGateway.id } }, rest: { natGateway } }),
    },
    { ...exits, message: 'The VM gets out by a NAT gateway.' },
  ],
  [
    'a private subnet with a NAT gateway without address',
    {
      ...needsNetwork,
      ...privateWith({
        subnet: { natGateway: { id: natGateway.id } },
        rest: { natGateway: { id: natGateway.id, properties: {} } },
      }),
    },
    { outcome: 'unknown', cause: 'not-exposed', message: 'NAT gateway ng has no public address.' },
  ],
  [
    'a private subnet, and a public address of the NIC',
    { ...needsNetwork, ...privateWith({ ipConfiguration: { publicIPAddress: { id: '/pip' } } }) },
    { ...exits, message: 'The VM gets out by a public address.' },
  ],
  [
    'a private subnet, and a public address of another NIC',
    {
      ...needsNetwork,
      ...privateWith({
        rest: { otherNics: [{ nic: network({ ipConfiguration: { publicIPAddress: { id: '/pip' } } }).nic }] },
      }),
    },
    { outcome: 'unknown', cause: 'docs-disagree' },
  ],
  [
    'a private subnet, and a load balancer with an outbound rule',
    { ...needsNetwork, ...privateWith({ ipConfiguration: inPool, rest: { loadBalancers: [outboundBalancer] } }) },
    { ...exits, message: 'The VM gets out by a load balancer.' },
  ],
  [
    'a private subnet, and a load balancer that may not be read',
    { ...needsNetwork, ...privateWith({ ipConfiguration: inPool, rest: { loadBalancers: [] } }) },
    {
      outcome: 'unknown',
      cause: 'partial-inventory',
      message: 'A load balancer behind this VM is not readable by this identity. Grant Reader on its subscription.',
    },
  ],
  [
    'a Standard load balancer without outbound rule takes default access away',
    {
      ...needsNetwork,
      ...around({ ipConfiguration: inPool, rest: { loadBalancers: [internalBalancer] }, routeTable: still }),
    },
    {
      outcome: 'fail',
      reason: 'NoDefaultAccess',
      severity: 'warning',
      message:
        'Subnet app gives this VM no way out: members of flexible scale sets and of Standard load balancers have no default outbound access. The VM needs one because a workload in it is backed up.',
      fix: { text: 'Attach a NAT gateway, or give the load balancer an outbound rule.', commands },
    },
  ],
  [
    'a private subnet, and an address that lives until the VM is deallocated',
    { ...needsNetwork, ...privateWith({ nic: { defaultOutboundConnectivityEnabled: true } }) },
    {
      outcome: 'pass',
      reason: 'UntilDeallocated',
      message: 'The VM gets out by an address that it was given by default and loses when it is deallocated.',
    },
  ],
  [
    'a private subnet whose default route leads to an appliance',
    {
      ...needsNetwork,
      ...privateWith({ routeTable: routeTable(['0.0.0.0/0', 'VirtualAppliance', '10.9.1.4']) }),
    },
    byRoutes,
  ],
  [
    'a private subnet whose default route leads to nowhere: another rule',
    { ...needsNetwork, ...privateWith({ routeTable: routeTable(['0.0.0.0/0', 'None']) }) },
    byRoutes,
  ],
  [
    'a private subnet whose default route leads to the Internet: it needs a way out itself',
    { ...needsNetwork, ...privateWith({ routeTable: routeTable(['0.0.0.0/0', 'Internet']) }) },
    closed,
  ],
  [
    'a private subnet, and a default route that ExpressRoute may teach',
    {
      ...needsNetwork,
      ...around({ subnet: { defaultOutboundAccess: false }, rest: { gateways: [expressRoute] } }),
    },
    { outcome: 'unknown', cause: 'not-exposed' },
  ],
  [
    'a private subnet whose route table may not be read',
    {
      ...needsNetwork,
      ...around({
        subnet: { defaultOutboundAccess: false, routeTable: { id: '/rt' } },
        rest: { routeTable: null },
      }),
    },
    { outcome: 'unknown', cause: 'partial-inventory' },
  ],
  [
    'a NAT gateway, whatever the routes',
    {
      ...needsNetwork,
      ...around({
        subnet: { natGateway: { id: natGateway.id }, routeTable: { id: '/rt' } },
        rest: { natGateway, routeTable: null },
      }),
    },
    { ...exits, message: 'The VM gets out by a NAT gateway.' },
  ],
  ['NSGs do not matter here', { ...needsNetwork, ...around({ subnetNsg: nsg('n', [rule('d', 100, 'Deny')]) }) }, exits],
  [
    'a private subnet, and an agent that was not read',
    { ...mayNeedNetwork, ...around(privateSubnet) },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  [
    'not sure, and an agent that was not read',
    { ...mayNeedNetwork, ...privateWith({ ipConfiguration: inPool, rest: { loadBalancers: [] } }) },
    { outcome: 'unknown', cause: 'partial-inventory' },
  ],
  ['a network that may not be read', { network: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
