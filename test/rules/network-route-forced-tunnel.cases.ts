import type { networkRouteForcedTunnel } from '../../lib/rules/network-route-forced-tunnel.ts';
import type { Cases, Differing } from './case.ts';
import { fact, unread } from './healthy-vm.ts';
import { type Changes, network, networkId, nsg, routeTable, rule, vnetId } from './network/sample.ts';
import { failedWithoutNetwork, mayNeedNetwork, needsNetwork } from './network-need.ts';

function around(changes: Changes): Differing {
  return { network: fact(network(changes)) };
}

function routes(...all: readonly (readonly [prefix: string, hop: string, address?: string])[]): Differing {
  return around({ routeTable: routeTable(...all) });
}

const out = { outcome: 'pass', reason: 'LeadsOut' } as const;
const notNeeded = { outcome: 'pass', reason: 'NotNeeded' } as const;
const dropped = { outcome: 'fail', reason: 'Dropped', severity: 'warning' } as const;
const unseen = { outcome: 'unknown', cause: 'not-exposed' } as const;
const table = '--subscription 11111111-1111-1111-1111-111111111111 -g rg-net --route-table-name rt';
const expressRoute = {
  id: networkId('virtualNetworkGateways', 'gw'),
  properties: {
    gatewayType: 'ExpressRoute',
    ipConfigurations: [{ properties: { subnet: { id: `${vnetId}/subnets/GatewaySubnet` } } }],
  },
};
const storageEndpoint = {
  serviceEndpoints: [{ service: 'Microsoft.Storage', locations: ['westeurope'], provisioningState: 'Succeeded' }],
};

export const cases: Cases<typeof networkRouteForcedTunnel> = [
  [
    'no route table',
    needsNetwork,
    { ...out, message: 'The routes for backup traffic lead to the Internet or stay in Azure.' },
  ],
  ['a default route to the Internet', { ...needsNetwork, ...routes(['0.0.0.0/0', 'Internet']) }, out],
  [
    'a default route to nowhere, and workload backup in the VM',
    { ...needsNetwork, ...routes(['0.0.0.0/0', 'None']) },
    {
      ...dropped,
      message:
        'Route to-0.0.0.0/0 (0.0.0.0/0) in rt drops TCP 443 to AzureBackup. The VM needs it because a workload in it is backed up.',
      fix: {
        text: 'Add routes for the service tags with next hop Internet; they are more specific than 0.0.0.0/0.',
        commands: [
          `az network route-table route create ${table} -n to-AzureBackup --address-prefix AzureBackup --next-hop-type Internet`,
          `az network route-table route create ${table} -n to-Storage --address-prefix Storage.westeurope --next-hop-type Internet`,
          `az network route-table route create ${table} -n to-AzureActiveDirectory --address-prefix AzureActiveDirectory --next-hop-type Internet`,
        ],
      },
    },
  ],
  [
    'a default route to nowhere in another case, and a backup that failed for want of a network',
    { ...failedWithoutNetwork, ...routes(['0.0.0.0/0', 'NONE']) },
    dropped,
  ],
  [
    'a default route to nowhere, and plain VM backup (ruling 37)',
    routes(['0.0.0.0/0', 'None']),
    {
      ...notNeeded,
      message: 'Route to-0.0.0.0/0 (0.0.0.0/0) in rt drops TCP 443 to AzureBackup. Plain VM backup does not need it.',
    },
  ],
  [
    'a default route to nowhere beside routes for the tags',
    {
      ...needsNetwork,
      ...routes(
        ['0.0.0.0/0', 'None'],
        ['AzureBackup', 'Internet'],
        ['Storage', 'Internet'],
        ['AzureActiveDirectory', 'Internet'],
      ),
    },
    out,
  ],
  [
    'a service endpoint saves the storage only',
    { ...needsNetwork, ...around({ routeTable: routeTable(['0.0.0.0/0', 'None']), subnet: storageEndpoint }) },
    dropped,
  ],
  [
    'a route for one of the tags to nowhere',
    { ...needsNetwork, ...routes(['Storage.westeurope', 'None']) },
    {
      outcome: 'fail',
      reason: 'TagDropped',
      severity: 'warning',
      message:
        'Route to-Storage.westeurope (Storage.westeurope) in rt drops TCP 443 to Storage. The VM needs it because a workload in it is backed up.',
      fix: {
        text: 'Give route to-Storage.westeurope the next hop Internet.',
        commands: [`az network route-table route update ${table} -n to-Storage.westeurope --next-hop-type Internet`],
      },
    },
  ],
  ['a route for a private range to nowhere', { ...needsNetwork, ...routes(['10.0.0.0/8', 'None']) }, out],
  [
    'a default route to an appliance, and workload backup',
    { ...needsNetwork, ...routes(['0.0.0.0/0', 'VirtualAppliance', '10.9.1.4']) },
    {
      ...unseen,
      message:
        'Route to-0.0.0.0/0 (0.0.0.0/0) sends it to 10.9.1.4; allow *.backup.windowsazure.com on 443 there, or bypass it.',
    },
  ],
  [
    'a default route to an appliance, and plain VM backup',
    routes(['0.0.0.0/0', 'VirtualAppliance', '10.9.1.4']),
    notNeeded,
  ],
  ['a forced tunnel', { ...needsNetwork, ...routes(['0.0.0.0/0', 'VirtualNetworkGateway']) }, unseen],
  [
    'a default route that ExpressRoute may teach',
    { ...needsNetwork, ...around({ rest: { gateways: [expressRoute] } }) },
    { ...unseen, message: 'A default route may be learned over a gateway; check the effective routes.' },
  ],
  [
    'a route table that may not be read',
    { ...needsNetwork, ...around({ rest: { routeTable: null }, subnet: { routeTable: { id: '/rt' } } }) },
    { outcome: 'unknown', cause: 'partial-inventory' },
  ],
  [
    'a route to nowhere for a part of the services, as far as can be told',
    { ...needsNetwork, ...routes(['20.0.0.0/8', 'None']) },
    unseen,
  ],
  [
    'a private subnet without a way out: another rule',
    { ...needsNetwork, ...around({ subnet: { defaultOutboundAccess: false } }) },
    out,
  ],
  [
    'a NAT gateway that may not be read: another rule',
    {
      ...needsNetwork,
      ...around({ subnet: { natGateway: { id: '/ng' } }, rest: { natGateway: { id: '/ng' } } }),
    },
    out,
  ],
  ['NSGs do not matter here', { ...needsNetwork, ...around({ subnetNsg: nsg('n', [rule('d', 100, 'Deny')]) }) }, out],
  [
    'a default route to nowhere, and an agent that was not read',
    { ...mayNeedNetwork, ...routes(['0.0.0.0/0', 'None']) },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  [
    'a default route to an appliance, and an agent that was not read',
    { ...mayNeedNetwork, ...routes(['0.0.0.0/0', 'VirtualAppliance', '10.9.1.4']) },
    unseen,
  ],
  ['a network that may not be read', { network: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
