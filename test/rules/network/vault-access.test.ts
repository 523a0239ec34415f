import { describe, expect, it } from 'vitest';

import { judgeReachability } from '../../../lib/rules/network/reachability.ts';
import { isLinkedToBackupZone, type VaultAccess, vaultAccess } from '../../../lib/rules/network/vault-access.ts';
import { readVnet } from '../../../lib/rules/network/vnet.ts';
import { backupEndpoint, type Changes, network, networkId, nsg, routeTable, rule, vnetId } from './sample.ts';

describe('a vault with a private endpoint', () => {
  const vaultId = networkId('vaults', 'rsv');
  const endpoint = backupEndpoint(vaultId);
  const vault = (publicNetworkAccess: string) => ({ id: vaultId, properties: { publicNetworkAccess } });

  it.each([
    ['open by the public path if its zone is not linked', 'Enabled', [], 'open OPEN'],
    [
      'unknown if its zone is not linked and the vault refuses public networks',
      'Disabled',
      [],
      'unknown PRIVATE_ENDPOINT_DNS_UNVERIFIED',
    ],
    [
      'blocked if a group denies it and the public path, linked or not',
      'Enabled',
      [rule('d', 100, 'Deny')],
      'blocked NSG_DENY',
    ],
    [
      'blocked if a group denies its address',
      'Disabled',
      [rule('d', 100, 'Deny', { destinationAddressPrefix: '10.0.9.4' })],
      'blocked NSG_DENY',
    ],
  ])('is %s', (_, access, rules, expected) => {
    const rest = { vault: vault(access), privateEndpoints: [endpoint], privateDnsZoneLinks: [] };

    const path = judgeReachability(network({ subnetNsg: nsg('n', rules), rest })).destinations.AzureBackup;

    expect(`${path.verdict} ${path.reason}`).toBe(expected);
  });

  it('is unknown if the endpoints cannot be read', () => {
    const rest = { vault: vault('Disabled'), privateEndpoints: null, privateDnsZoneLinks: [] };

    expect(judgeReachability(network({ rest })).destinations.AzureBackup).toEqual({
      verdict: 'unknown',
      reason: 'DATA_MISSING',
      missing: 'privateEndpoints',
    });
  });
});

const vaultId = networkId('vaults', 'rsv');
const peId = networkId('privateEndpoints', 'pe');
const hubId = networkId('virtualNetworks', 'hub');
const state = (status: string) => ({ privateLinkServiceConnectionState: { status } });
const zone = {
  id: `${networkId('privateDnsZones', 'privatelink.we.backup.windowsazure.com')}/virtualNetworkLinks/l`,
  properties: { virtualNetwork: { id: vnetId } },
};

/** A connection to the vault that is approved. */
function connection(fields: object = {}): object {
  return { properties: { privateLinkServiceId: vaultId, groupIds: ['AzureBackup'], ...state('Approved'), ...fields } };
}

/** A private endpoint in the network of the VM. */
function endpointWith(privateLinkServiceConnections: unknown, fields: object = {}): object {
  return {
    id: peId,
    properties: {
      subnet: { id: `${vnetId}/subnets/pe` },
      customDnsConfigs: [{ ipAddresses: ['10.0.9.4'] }],
      privateLinkServiceConnections,
      ...fields,
    },
  };
}

function vaultWith(properties: object = {}): object {
  return { id: vaultId, properties };
}

/** A vault that knows the endpoint by a connection of this status. */
function vaultThatSays(status: string): object {
  return vaultWith({
    privateEndpointConnections: [{ properties: { privateEndpoint: { id: peId.toUpperCase() }, ...state(status) } }],
  });
}

function accessTo(vault: unknown, privateEndpoints: unknown, vnet: unknown = network().vnet): VaultAccess {
  const input = { ...network(), vault, privateEndpoints, privateDnsZoneLinks: [zone] };
  return vaultAccess(input, readVnet(vnet));
}

describe('the access to a vault', () => {
  const peered = {
    id: vnetId,
    properties: {
      addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
      virtualNetworkPeerings: [{ properties: { peeringState: 'Connected', remoteVirtualNetwork: { id: hubId } } }],
    },
  };
  const inHub = endpointWith([connection()], { subnet: { id: `${hubId}/subnets/pe` } });
  const pending = { properties: { privateEndpoint: { id: peId }, ...state('Pending') } };

  it('is not judged if no vault is asked about', () => {
    expect(accessTo(undefined, null)).toEqual({ kind: 'notJudged' });
  });

  it.each<readonly [what: string, vault: unknown]>([
    ['has no row', null],
    ['has no properties', { id: vaultId }],
    ['has no id', { properties: {} }],
    ['has a setting for public networks that is new', vaultWith({ publicNetworkAccess: 'SecuredByPerimeter' })],
  ])('is not known if the vault %s', (_what, vault) => {
    expect(accessTo(vault, [])).toEqual({ kind: 'missing', part: 'vault' });
  });

  it.each([
    [undefined, false],
    [null, false],
    ['Enabled', false],
    ['DISABLED', true],
  ])('with public networks %s is refused to them: %s', (publicNetworkAccess, isPublicDenied) => {
    expect(accessTo(vaultWith({ publicNetworkAccess }), undefined)).toEqual({ kind: 'publicOnly', isPublicDenied });
  });

  it.each<readonly [what: string, vault: unknown, endpoint: object, vnet?: unknown]>([
    ['approved by itself', vaultWith(), endpointWith([connection()])],
    ['approved in another letter case', vaultWith(), endpointWith([connection(state('APPROVED'))])],
    [
      'for the vault in another letter case',
      { id: vaultId.toUpperCase(), properties: {} },
      endpointWith([connection()]),
    ],
    ['made by hand', vaultWith(), endpointWith([], { manualPrivateLinkServiceConnections: [connection()] })],
    [
      'with other connections besides',
      vaultWith(),
      endpointWith([connection({ privateLinkServiceId: networkId('vaults', 'other') }), connection()]),
    ],
    [
      'without a state, approved by the vault',
      vaultThatSays('Approved'),
      endpointWith([connection({ privateLinkServiceConnectionState: undefined })]),
    ],
    ['in a peered network', vaultWith(), inHub, peered],
  ])('leads through an endpoint %s', (_what, vault, endpoint, vnet) => {
    expect(accessTo(vault, [endpoint], vnet)).toMatchObject({
      kind: 'endpoint',
      isPublicDenied: false,
      isLinked: true,
      addresses: [{ length: 32 }],
    });
  });

  it.each<readonly [what: string, vault: unknown, endpoint: object]>([
    ['of another vault', vaultWith(), endpointWith([connection({ privateLinkServiceId: networkId('vaults', 'x') })])],
    ['for another group', vaultWith(), endpointWith([connection({ groupIds: ['AzureSiteRecovery'] })])],
    ['for no group', vaultWith(), endpointWith([connection({ groupIds: 'AzureBackup' })])],
    ['without connections', vaultWith(), endpointWith('garbage')],
    ['that waits for approval', vaultWith(), endpointWith([connection(state('Pending'))])],
    [
      'that was rejected, though the vault approved it once',
      vaultThatSays('Approved'),
      endpointWith([connection(state('Rejected'))]),
    ],
    [
      'without a state, which the vault has not approved',
      vaultThatSays('Pending'),
      endpointWith([connection({ privateLinkServiceConnectionState: undefined })]),
    ],
    ['in a network out of reach', vaultWith(), inHub],
    ['in a subnet that is not told', vaultWith(), endpointWith([connection()], { subnet: undefined })],
  ])('does not lead through an endpoint %s', (_what, vault, endpoint) => {
    expect(accessTo(vault, [endpoint])).toEqual({ kind: 'publicOnly', isPublicDenied: false });
  });

  it.each<readonly [what: string, vault: unknown, endpoints: unknown, part: string, vnet?: unknown]>([
    ['the endpoints could not be read', vaultWith(), null, 'privateEndpoints'],
    ['the endpoints are no list', vaultWith(), 'garbage', 'privateEndpoints'],
    ['an endpoint that the vault approved has no row', vaultThatSays('approved'), [], 'privateEndpoints'],
    [
      'an endpoint that the vault approved has no row among those of others',
      vaultThatSays('Approved'),
      [{ ...inHub, id: networkId('privateEndpoints', 'other') }],
      'privateEndpoints',
    ],
    [
      'an endpoint has no addresses',
      vaultWith(),
      [endpointWith([connection()], { customDnsConfigs: [] })],
      'privateEndpoints',
    ],
    [
      'an endpoint has an address that makes no sense',
      vaultWith(),
      [endpointWith([connection()], { customDnsConfigs: [{ ipAddresses: ['10.0.9.4', 'x'] }] })],
      'privateEndpoints',
    ],
    [
      'the addresses of an endpoint are no list',
      vaultWith(),
      [endpointWith([connection()], { customDnsConfigs: [{ ipAddresses: '10.0.9.4' }] })],
      'privateEndpoints',
    ],
    [
      'there is an endpoint and no network to compare its own with',
      vaultWith(),
      [endpointWith([connection()])],
      'vnet',
      null,
    ],
  ])('is not known if %s', (_what, vault, endpoints, part, vnet) => {
    expect(accessTo(vault, endpoints, vnet)).toEqual({ kind: 'missing', part });
  });

  it('does not need the network where the vault has no endpoint', () => {
    expect(accessTo(vaultWith(), [], null)).toEqual({ kind: 'publicOnly', isPublicDenied: false });
  });

  it('does not wait for an endpoint that the vault has not approved', () => {
    const vault = vaultWith({ privateEndpointConnections: [pending, null, { properties: state('Approved') }] });

    expect(accessTo(vault, [])).toEqual({ kind: 'publicOnly', isPublicDenied: false });
  });
});

describe('a private DNS zone of Azure Backup', () => {
  const vnet = readVnet(network().vnet);

  it.each<readonly [what: string, links: unknown, expected: boolean]>([
    ['is linked', [zone], true],
    ['is linked in another letter case', [{ ...zone, id: zone.id.toUpperCase() }], true],
    ['is linked without a region in its name', [{ ...zone, id: zone.id.replace('.we.', '.') }], true],
    ['is linked to another network', [{ ...zone, properties: { virtualNetwork: { id: hubId } } }], false],
    ['is not linked, but one of another service is', [{ ...zone, id: zone.id.replace('backup', 'blob') }], false],
    ['is not linked if the links make no sense', [null, {}, 'garbage'], false],
    ['is not linked if there are no links', null, false],
  ])('%s', (_what, links, expected) => {
    expect(isLinkedToBackupZone(links, vnet)).toBe(expected);
  });

  it('is not known to be linked to a network that is not known', () => {
    expect(isLinkedToBackupZone([zone, { id: zone.id }], undefined)).toBe(false);
  });
});

describe('a path past a vault', () => {
  const toAppliance = routeTable(['0.0.0.0/0', 'VirtualAppliance', '10.9.9.9']);
  const denyEndpoint = rule('d', 100, 'Deny', { destinationAddressPrefix: '10.0.9.4' });
  const denyInternet = rule('d', 100, 'Deny', { destinationAddressPrefix: 'Internet' });
  const enabled = vaultWith();
  const disabled = vaultWith({ publicNetworkAccess: 'Disabled' });
  const rest = (
    vault: unknown,
    links: readonly unknown[],
    privateEndpoints: unknown = [endpointWith([connection()])],
  ) => ({
    vault,
    privateEndpoints,
    privateDnsZoneLinks: links,
  });

  it.each<readonly [what: string, changes: Changes, backup: string, storage: string]>([
    [
      'that is read by no one: what is blocked may still lead through an endpoint',
      { subnetNsg: nsg('n', [denyInternet]), rest: rest(null, []) },
      'unknown DATA_MISSING',
      'unknown DATA_MISSING',
    ],
    ['that is read by no one, storage open', { rest: rest(null, []) }, 'unknown DATA_MISSING', 'open OPEN'],
    [
      'with an endpoint, the Internet denied: storage may go by the vault',
      { subnetNsg: nsg('n', [denyInternet]), rest: rest(disabled, [zone]) },
      'open OPEN',
      'unknown PRIVATE_ENDPOINT_STORAGE_UNVERIFIED',
    ],
    [
      'with an endpoint, the Internet behind an appliance',
      { routeTable: toAppliance, rest: rest(disabled, [zone]) },
      'open OPEN',
      'unknown ROUTE_VIRTUAL_APPLIANCE',
    ],
    [
      'with an endpoint that no zone leads to, the Internet behind an appliance',
      { routeTable: toAppliance, rest: rest(enabled, []) },
      'unknown PRIVATE_ENDPOINT_DNS_UNVERIFIED',
      'unknown ROUTE_VIRTUAL_APPLIANCE',
    ],
    [
      'with a denied endpoint that no zone leads to, the Internet behind an appliance',
      { routeTable: toAppliance, subnetNsg: nsg('n', [denyEndpoint]), rest: rest(enabled, []) },
      'unknown PRIVATE_ENDPOINT_DNS_UNVERIFIED',
      'unknown ROUTE_VIRTUAL_APPLIANCE',
    ],
    [
      'with an endpoint that is perhaps denied',
      {
        subnetNsg: nsg('n', [rule('d', 100, 'Deny', { destinationAddressPrefix: '10.0.9.4', protocol: 'Sctp' })]),
        rest: rest(disabled, [zone]),
      },
      'unknown NSG_AMBIGUOUS',
      'open OPEN',
    ],
    [
      'with an endpoint in a network whose own tag is denied',
      {
        subnetNsg: nsg('n', [rule('d', 100, 'Deny', { destinationAddressPrefix: 'VirtualNetwork' })]),
        rest: rest(disabled, [zone]),
      },
      'blocked NSG_DENY',
      'open OPEN',
    ],
  ])('%s', (_what, changes, backup, storage) => {
    const paths = judgeReachability(network(changes)).destinations;
    const said = [paths.AzureBackup, paths.Storage].map(({ verdict, reason }) => `${verdict} ${reason}`);

    expect(said).toEqual([backup, storage]);
  });

  it('names the endpoint as what leaves it open whether names lead there', () => {
    const { AzureBackup } = judgeReachability(network({ rest: rest(disabled, []) })).destinations;

    expect(AzureBackup).toMatchObject({ decidingResource: 'privateEndpoint' });
  });
});
