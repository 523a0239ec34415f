import { describe, expect, it } from 'vitest';

import type { Destination } from '../../../lib/rules/network/destination.ts';
import { judgeReachability } from '../../../lib/rules/network/reachability.ts';
import { type Changes, network, networkId, nsg, routeTable, rule } from './sample.ts';

/** A download that lists these tags. */
function tagData(tags: Readonly<Record<string, readonly string[]>>): object {
  const values = Object.entries(tags).map(([name, addressPrefixes]) => ({ name, properties: { addressPrefixes } }));
  return { serviceTagData: { values } };
}

const backup = '20.36.107.32/29';
const storage = '20.60.0.0/16';
const listed = tagData({ AzureBackup: [backup], 'Storage.WestEurope': [storage], AzureCloud: [backup, '40.0.0.0/8'] });
const endpoint = (provisioningState = 'Succeeded') => ({
  serviceEndpoints: [{ service: 'Microsoft.Storage', locations: ['westeurope'], provisioningState }],
});
const expressRoute = { gateways: [{ properties: { gatewayType: 'ExpressRoute' } }] };
const ownSpace = (...addressPrefixes: readonly string[]) => ({ addressSpace: { addressPrefixes } });

/** An Azure Firewall where the route leads, with a network rule that lets traffic to these addresses through. */
function firewallTo(...destinationAddresses: readonly string[]): object {
  const rules = [{ sourceAddresses: ['*'], protocols: ['TCP'], destinationPorts: ['443'], destinationAddresses }];
  return {
    id: networkId('azureFirewalls', 'fw'),
    properties: {
      ipConfigurations: [{ properties: { privateIPAddress: '10.9.1.4' } }],
      networkRuleCollections: [{ properties: { action: { type: 'Allow' }, rules } }],
    },
  };
}

type Row = readonly [what: string, expected: string, changes: Changes, destination?: Destination];

const cases: readonly Row[] = [
  [
    'a tag route beats a shorter prefix',
    'blocked ROUTE_NONE',
    { routeTable: routeTable(['20.36.107.0/24', 'Internet'], ['AzureBackup', 'None']), rest: listed },
  ],
  [
    'a tag route beats the default route',
    'open OPEN',
    { routeTable: routeTable(['0.0.0.0/0', 'None'], ['AzureBackup', 'Internet']), rest: listed },
  ],
  [
    'an explicit prefix beats an equal one of a tag',
    'open OPEN',
    { routeTable: routeTable([backup, 'Internet'], ['AzureBackup', 'None']), rest: listed },
  ],
  [
    'a longer prefix beats part of a tag',
    'unknown ROUTE_MIXED',
    { routeTable: routeTable(['20.36.107.32/30', 'Internet'], ['AzureBackup', 'None']), rest: listed },
  ],
  [
    'a tag beats AzureCloud with an equal prefix',
    'open OPEN',
    { routeTable: routeTable(['AzureCloud', 'None'], ['AzureBackup', 'Internet']), rest: listed },
  ],
  [
    'the regional tag beats the tag of all regions with an equal prefix',
    'open OPEN',
    {
      routeTable: routeTable(['Storage', 'None'], ['Storage.WestEurope', 'Internet']),
      rest: tagData({ 'Storage.WestEurope': [storage], Storage: [storage] }),
    },
    'Storage',
  ],
  [
    'a tag that is not listed still beats the default route',
    'blocked ROUTE_NONE',
    { routeTable: routeTable(['AzureCloud', 'None']), rest: tagData({ AzureBackup: [backup] }) },
  ],
  [
    'a tag that is listed still counts for a destination that is not',
    'blocked ROUTE_NONE',
    { routeTable: routeTable(['AzureCloud', 'None']), rest: listed },
    'AzureActiveDirectory',
  ],
  [
    'without prefixes a regional tag beats the tag of all regions',
    'open OPEN',
    { routeTable: routeTable(['Storage', 'None'], ['Storage.WestEurope', 'Internet']) },
    'Storage',
  ],
  [
    'without prefixes a tag beats AzureCloud of the region, which beats AzureCloud',
    'open OPEN',
    {
      routeTable: routeTable(['AzureCloud', 'None'], ['AzureCloud.WestEurope', 'VnetLocal'], ['Storage', 'Internet']),
    },
    'Storage',
  ],
  [
    'a tag that perhaps holds the destination does not beat one that does',
    'unknown ROUTE_MIXED',
    { routeTable: routeTable(['AzureBackup.WestEurope', 'Internet'], ['AzureCloud', 'None']) },
  ],
  [
    'a tag that perhaps holds the destination does not beat the default route',
    'unknown ROUTE_MIXED',
    { routeTable: routeTable(['AzureBackup.WestEurope', 'None']) },
  ],
  [
    'a tag of something else plays no part',
    'open OPEN',
    { routeTable: routeTable(['Sql', 'None'], ['Storage.NorthEurope', 'None']) },
  ],
  [
    'a service endpoint beats a shorter prefix',
    'open OPEN',
    { subnet: endpoint(), routeTable: routeTable(['20.0.0.0/8', 'None']), rest: listed },
    'Storage',
  ],
  [
    'between a service endpoint and an equal prefix nothing is documented',
    'unknown ROUTE_MIXED',
    { subnet: endpoint(), routeTable: routeTable([storage, 'None']), rest: listed },
    'Storage',
  ],
  [
    'longer prefixes beat a service endpoint',
    'blocked ROUTE_NONE',
    {
      subnet: endpoint(),
      routeTable: routeTable(['20.60.0.0/17', 'None'], ['20.60.128.0/17', 'None']),
      rest: listed,
    },
    'Storage',
  ],
  [
    'a longer prefix beats a service endpoint where it holds',
    'unknown ROUTE_MIXED',
    { subnet: endpoint(), routeTable: routeTable(['20.60.0.0/17', 'None']), rest: listed },
    'Storage',
  ],
  [
    'longer prefixes beat a service endpoint, each compared with the one that holds its addresses',
    'blocked ROUTE_NONE',
    {
      subnet: endpoint(),
      routeTable: routeTable(
        ['20.60.0.0/17', 'None'],
        ['20.60.128.0/17', 'None'],
        ['20.150.0.0/25', 'None'],
        ['20.150.0.128/25', 'None'],
      ),
      rest: tagData({ 'Storage.WestEurope': ['20.150.0.0/24', storage] }),
    },
    'Storage',
  ],
  [
    'between a service endpoint and an equal single address nothing is documented',
    'unknown ROUTE_MIXED',
    {
      subnet: endpoint(),
      routeTable: routeTable(['20.60.0.9/32', 'None']),
      rest: tagData({ 'Storage.WestEurope': ['20.60.0.9/32'] }),
    },
    'Storage',
  ],
  [
    'a service endpoint beats every prefix of length 8 as long as its own are not known',
    'open OPEN',
    { subnet: endpoint(), routeTable: routeTable(['20.0.0.0/8', 'None']) },
    'Storage',
  ],
  [
    'a service endpoint may lose to a prefix of length 9 as long as its own are not known',
    'unknown ROUTE_MIXED',
    { subnet: endpoint(), routeTable: routeTable(['20.0.0.0/9', 'None']) },
    'Storage',
  ],
  [
    'between a service endpoint and a tag route nothing is documented',
    'unknown ROUTE_MIXED',
    { subnet: endpoint(), routeTable: routeTable(['Storage', 'None']) },
    'Storage',
  ],
  [
    'a service endpoint that failed does no harm where the way is open without it',
    'open OPEN',
    { subnet: endpoint('Failed') },
    'Storage',
  ],
  [
    'a service endpoint for storage does not carry anything else',
    'blocked ROUTE_NONE',
    { subnet: endpoint(), routeTable: routeTable(['0.0.0.0/0', 'None']) },
  ],
  [
    'a network that uses all addresses of the service as its own keeps them out of reach',
    'unknown ROUTE_VNETLOCAL',
    { vnet: ownSpace('20.0.0.0/8'), rest: listed },
  ],
  [
    'public addresses that the network uses as its own do no harm if the service has others',
    'open OPEN',
    { vnet: ownSpace('30.0.0.0/8'), rest: listed },
  ],
  [
    'Azure Backup has its prefixes even if the region is not known',
    'open OPEN',
    {
      subnetNsg: nsg('n', [rule('d', 100, 'Deny', { destinationAddressPrefix: '30.0.0.0/8' })]),
      rest: { region: undefined, ...listed },
    },
  ],
  [
    'a firewall that lets part of a service through does not let the service through',
    'unknown FIREWALL_NO_ALLOW_FOUND',
    {
      routeTable: routeTable(['0.0.0.0/0', 'VirtualAppliance', '10.9.1.4']),
      rest: { ...listed, azureFirewalls: [firewallTo('20.60.0.0/17')] },
    },
    'Storage',
  ],
  [
    'a firewall that lets all of a service through in parts lets the service through',
    'open OPEN',
    {
      routeTable: routeTable(['0.0.0.0/0', 'VirtualAppliance', '10.9.1.4']),
      rest: { ...listed, azureFirewalls: [firewallTo('20.60.0.0/17', '20.60.128.0/17')] },
    },
    'Storage',
  ],
  [
    'storage without a known region has no prefixes of its own',
    'unknown NSG_PARTIAL',
    {
      subnetNsg: nsg('n', [rule('d', 100, 'Deny', { destinationAddressPrefix: '30.0.0.0/8' })]),
      rest: { region: undefined, ...tagData({ Storage: [storage] }) },
    },
    'Storage',
  ],
];

it.each(cases.map(([what, expected, changes, destination]) => ({ what, expected, changes, destination })))(
  '$what: $expected',
  ({ expected, changes, destination = 'AzureBackup' }) => {
    const path = judgeReachability(network(changes)).destinations[destination];

    expect(`${path.verdict} ${path.reason}`).toBe(expected);
  },
);

describe('where ways differ, the route is named', () => {
  it.each<readonly [what: string, changes: Changes, named: object]>([
    [
      'that blocks, before those that are not certain',
      { routeTable: routeTable(['4.0.0.0/8', 'VirtualAppliance', '10.9.9.9'], ['20.0.0.0/8', 'None']) },
      { source: 'user', name: 'to-20.0.0.0/8' },
    ],
    [
      'that is not certain, before those that are open',
      { routeTable: routeTable(['4.0.0.0/8', 'Internet'], ['20.0.0.0/8', 'VirtualAppliance', '10.9.9.9']) },
      { source: 'user', name: 'to-20.0.0.0/8' },
    ],
    [
      "of the organisation, before the system's",
      { routeTable: routeTable(['20.0.0.0/8', 'Internet']), rest: expressRoute },
      { source: 'user', name: 'to-20.0.0.0/8' },
    ],
    [
      'of the system that is worst, if there is no other',
      { vnet: ownSpace('20.0.0.0/8') },
      { source: 'system', nextHopType: 'VnetLocal' },
    ],
  ])('%s', (_what, changes, named) => {
    expect(judgeReachability(network(changes)).destinations.AzureBackup).toMatchObject({
      reason: 'ROUTE_MIXED',
      decidingRoute: named,
    });
  });
});

it('a network with the addresses of the service as its own names no gateway and no table', () => {
  const path = judgeReachability(network({ vnet: ownSpace('20.0.0.0/8'), rest: listed })).destinations.AzureBackup;

  expect(path).toEqual({
    verdict: 'unknown',
    reason: 'ROUTE_VNETLOCAL',
    decidingRoute: { source: 'system', nextHopType: 'VnetLocal' },
  });
});

describe('a rule for the tag VirtualNetwork', () => {
  const deny = nsg('n', [rule('d', 100, 'Deny', { destinationAddressPrefix: 'VirtualNetwork' })]);
  const verdictOf = (changes: Changes, destination: Destination) => {
    const path = judgeReachability(network({ subnetNsg: deny, ...changes })).destinations[destination];
    return `${path.verdict} ${path.reason}`;
  };

  it('may hold what a tag route leads to, and nothing else', () => {
    const routes = { routeTable: routeTable(['AzureBackup', 'Internet']) };

    expect(verdictOf(routes, 'AzureBackup')).toBe('unknown NSG_AMBIGUOUS');
    expect(verdictOf(routes, 'AzureActiveDirectory')).toBe('open OPEN');
  });

  it('may hold everything if the routes, the gateways or the network could not be read', () => {
    expect(verdictOf({ subnet: { routeTable: { id: networkId('routeTables', 'lost') } } }, 'Storage')).toMatch(
      'unknown',
    );
    expect(verdictOf({ rest: expressRoute }, 'Storage')).toBe('unknown NSG_AMBIGUOUS');
    expect(verdictOf({ rest: { vnet: null } }, 'Storage')).toMatch('unknown');
  });
});
