import fc from 'fast-check';

import type { NetworkInput } from '../../../lib/domain/network-rows.ts';
import { type Changes, network, networkId, nsg, routeTable, rule, vnetId } from './sample.ts';

const prefixes = [
  '*',
  'Internet',
  'AzureCloud',
  'AzureCloud.westeurope',
  'AzureBackup',
  'AzureBackup.westeurope',
  'Storage',
  'Storage.northeurope',
  'AzureActiveDirectory',
  'VirtualNetwork',
  'Sql',
  '0.0.0.0/1',
  '128.0.0.0/1',
  '20.0.0.0/8',
  '20.36.0.0/14',
  '40.126.0.0/18',
  '10.0.0.0/8',
  '::/0',
];

/** A rule of a network security group, with a priority of its own. */
export const arbitraryRule = fc
  .record({
    priority: fc.integer({ min: 100, max: 4096 }),
    access: fc.constantFrom('Allow', 'Deny'),
    destinationAddressPrefix: fc.constantFrom(...prefixes),
    destinationPortRange: fc.constantFrom('*', '443', '80-443', '8443'),
    protocol: fc.constantFrom('*', 'Tcp', 'Udp'),
    sourceAddressPrefix: fc.constantFrom('*', 'VirtualNetwork', '10.0.1.0/24', '10.0.2.0/24', '10.0.1.4'),
    sourcePortRange: fc.constantFrom('*', '*', '49152-65535', '443'),
  })
  .map(({ priority, access, ...fields }) => rule(`rule-${priority}`, priority, access, fields));

export const arbitraryRules = fc.uniqueArray(arbitraryRule, { maxLength: 6, selector: (each) => each['name'] });

const arbitraryRoutes = fc.uniqueArray(
  fc.tuple(
    fc.constantFrom('0.0.0.0/0', '0.0.0.0/1', '20.0.0.0/8', '20.36.0.0/14', 'AzureBackup', 'Storage', 'AzureCloud'),
    fc.constantFrom('None', 'Internet', 'VirtualAppliance', 'VirtualNetworkGateway'),
  ),
  { maxLength: 4, selector: ([prefix]) => prefix },
);

const gateway = {
  id: networkId('virtualNetworkGateways', 'gw'),
  properties: {
    gatewayType: 'ExpressRoute',
    ipConfigurations: [{ properties: { subnet: { id: `${vnetId}/subnets/GatewaySubnet` } } }],
  },
};

/** An input whose parts are all readable. */
export const arbitraryNetwork: fc.Arbitrary<NetworkInput> = fc
  .record({
    nicRules: fc.option(arbitraryRules),
    subnetRules: fc.option(arbitraryRules),
    routes: fc.option(arbitraryRoutes),
    isPrivate: fc.boolean(),
    hasPublicIp: fc.boolean(),
    hasEndpoint: fc.boolean(),
    hasGateway: fc.boolean(),
  })
  .map(({ nicRules, subnetRules, routes, isPrivate, hasPublicIp, hasEndpoint, hasGateway }) => {
    const changes: Changes = {
      ...(nicRules ? { nicNsg: nsg('nsg-nic', nicRules) } : {}),
      ...(subnetRules ? { subnetNsg: nsg('nsg-subnet', subnetRules) } : {}),
      ...(routes ? { routeTable: routeTable(...routes) } : {}),
      ipConfiguration: hasPublicIp ? { publicIPAddress: { id: networkId('publicIPAddresses', 'pip') } } : {},
      subnet: {
        defaultOutboundAccess: !isPrivate,
        serviceEndpoints: hasEndpoint
          ? [{ service: 'Microsoft.Storage', locations: ['westeurope'], provisioningState: 'Succeeded' }]
          : [],
      },
      rest: { gateways: hasGateway ? [gateway] : [] },
    };
    return network(changes);
  });
