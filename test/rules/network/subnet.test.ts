import { describe, expect, it } from 'vitest';

import type { Match } from '../../../lib/rules/network/match.ts';
import { readSubnet, subnetNames, subnetPlace } from '../../../lib/rules/network/subnet.ts';
import { vnetId } from './sample.ts';

const region = 'westeurope';

function subnet(properties: unknown): unknown {
  return { id: `${vnetId}/subnets/app`, name: 'app', properties };
}

function withEndpoints(...serviceEndpoints: readonly unknown[]): unknown {
  return subnet({ addressPrefix: '10.0.1.0/24', serviceEndpoints });
}

describe('a subnet', () => {
  it('has its prefixes in the singular or the plural form, or in both', () => {
    const lengths = (properties: object) =>
      readSubnet(subnet(properties), region)?.prefixes.map((prefix) => prefix.length);

    expect(lengths({ addressPrefix: '10.0.1.0/24', addressPrefixes: [] })).toEqual([24]);
    expect(lengths({ addressPrefix: null, addressPrefixes: ['10.0.1.0/25', 'fd00::/64'] })).toEqual([25]);
    expect(lengths({ addressPrefix: '10.0.1.0/24', addressPrefixes: ['10.0.2.0/26'] })).toEqual([26, 24]);
  });

  it('has nothing of what its row leaves out', () => {
    expect(readSubnet(subnet({ addressPrefix: '10.0.1.0/24', defaultOutboundAccess: null }), region)).toMatchObject({
      networkSecurityGroup: 'none',
      routeTable: 'none',
      natGateway: 'none',
      defaultOutboundAccess: undefined,
      storageEndpoint: 'no',
      entraEndpoint: false,
    });
  });

  it.each<readonly [what: string, raw: unknown]>([
    ['it has no row', null],
    ['it has no properties', { id: `${vnetId}/subnets/app` }],
    ['it has no prefix', subnet({})],
    ['it has IPv6 prefixes only', subnet({ addressPrefixes: ['fd00::/64'] })],
    ['a prefix makes no sense', subnet({ addressPrefix: 'garbage' })],
    ['its prefixes are no list', subnet({ addressPrefixes: 7, addressPrefix: '10.0.1.0/24' })],
    ['its endpoints are no list', subnet({ addressPrefix: '10.0.1.0/24', serviceEndpoints: 'garbage' })],
  ])('is not read if %s', (_what, raw) => {
    expect(readSubnet(raw, region)).toBeUndefined();
  });
});

describe('a service endpoint', () => {
  const storage = { service: 'Microsoft.Storage', locations: ['westeurope'], provisioningState: 'Succeeded' };

  it.each<readonly [what: string, endpoints: readonly unknown[], expected: Match]>([
    ['for the region of the VM', [storage], 'yes'],
    ['in any letter case', [{ ...storage, service: 'MICROSOFT.STORAGE', locations: ['West Europe'] }], 'yes'],
    ['for all regions', [{ ...storage, locations: ['*'] }], 'yes'],
    ['for storage of all regions by its name', [{ service: 'Microsoft.Storage.Global' }], 'yes'],
    ['without a state', [{ ...storage, provisioningState: undefined }], 'yes'],
    ['beside one that failed', [{ ...storage, provisioningState: 'Failed' }, storage], 'yes'],
    ['beside a location that makes no sense', [{ ...storage, locations: [7, 'westeurope'] }], 'yes'],
    ['that failed', [{ ...storage, provisioningState: 'Failed' }], 'maybe'],
    ['that is being made', [{ ...storage, provisioningState: 'Updating' }], 'maybe'],
    ['for another region', [{ ...storage, locations: ['northeurope'] }], 'no'],
    ['whose locations make no sense', [{ ...storage, locations: 'westeurope' }], 'no'],
    ['for another service', [{ ...storage, service: 'Microsoft.Sql' }], 'no'],
    ['that is none', [null], 'no'],
  ])('%s carries traffic to storage', (_what, endpoints, expected) => {
    expect(readSubnet(withEndpoints(...endpoints), region)?.storageEndpoint).toBe(expected);
  });

  it('of a region is of no use as long as the region of the VM is not known', () => {
    expect(readSubnet(withEndpoints(storage), undefined)?.storageEndpoint).toBe('no');
    expect(readSubnet(withEndpoints({ ...storage, locations: ['*'] }), undefined)?.storageEndpoint).toBe('yes');
  });

  it('for Entra ID is noticed among others', () => {
    const read = readSubnet(withEndpoints(storage, { service: 'microsoft.azureActiveDirectory' }), region);

    expect(read?.entraEndpoint).toBe(true);
  });
});

describe('the names of a subnet', () => {
  it('are those of its id, as they are spelled there', () => {
    const id = '/subscriptions/s/resourceGroups/Rg/providers/Microsoft.Network/VIRTUALNETWORKS/Hub/Subnets/App';

    expect(subnetNames({ id })).toEqual({ id, vnet: 'Hub', subnet: 'App' });
    expect(subnetPlace({ id })).toEqual({
      vnet: 'Hub',
      subnet: 'App',
      subnetSubscription: 's',
      subnetResourceGroup: 'Rg',
    });
  });

  it.each([
    ['it has no id', {}],
    ['its id is that of a network', { id: vnetId }],
    ['its id goes on', { id: `${vnetId}/subnets/app/ipConfigurations/c` }],
  ])('are not known if %s', (_what, row) => {
    expect(subnetNames(row)).toBeUndefined();
  });

  it('are words in angle brackets where the row does not tell', () => {
    expect(subnetPlace(null)).toEqual({
      vnet: '<virtual network>',
      subnet: '<name>',
      subnetSubscription: '<subscription>',
      subnetResourceGroup: '<resource group>',
    });
  });
});
