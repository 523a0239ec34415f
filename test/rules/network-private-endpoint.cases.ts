import type { NetworkInput } from '../../lib/domain/network-rows.ts';
import type { Vault } from '../../lib/domain/protection.ts';
import type { networkPrivateEndpoint } from '../../lib/rules/network-private-endpoint.ts';
import type { Cases, Differing } from './case.ts';
import { fact, noItem, openNetwork, ownSubscription, unread, vault } from './healthy-vm.ts';

const connection = `${vault('rsv-weu').id}/privateEndpointConnections/pe-weu`;

function endpoints(publicNetworkAccess: string, ...states: readonly string[]): Differing {
  const privateEndpoints = states.map((status, index) => ({ id: `${connection}.${index}`, status }));
  return { vaults: fact({ vaults: [vault('rsv-weu', { publicNetworkAccess, privateEndpoints })] }) };
}

const vnetId = `/subscriptions/${ownSubscription}/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/vnet-pay`;

function linked(zone: string, to = vnetId): NetworkInput {
  const id = `/subscriptions/${ownSubscription}/resourceGroups/rg-dns/providers/Microsoft.Network/privateDnsZones/${zone}/virtualNetworkLinks/l`;
  return { ...openNetwork, privateDnsZoneLinks: [{ id, properties: { virtualNetwork: { id: to } } }] };
}

const backupZone = 'privatelink.we.backup.windowsazure.com';
const ownDns: NetworkInput = {
  ...linked(backupZone),
  vnet: {
    id: vnetId,
    properties: {
      addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
      dhcpOptions: { dnsServers: ['10.0.0.53'] },
    },
  },
};

const { publicNetworkAccess: _access, ...vaultCore }: Vault = vault('rsv-weu');
const isLinked = { outcome: 'pass', reason: 'Linked' } as const;
const publicNetworks = { outcome: 'pass', reason: 'PublicNetworks' } as const;
const fails = { outcome: 'fail', reason: 'NotApproved', severity: 'info' } as const;
const notReported = { outcome: 'unknown', cause: 'not-reported' } as const;
const notExposed = { outcome: 'unknown', cause: 'not-exposed' } as const;
const partial = { outcome: 'unknown', cause: 'partial-inventory' } as const;
const noPermission = { outcome: 'unknown', cause: 'no-permission' } as const;
const notAsked = {
  outcome: 'notApplicable',
  message: 'The vault has no private endpoint and is open to public networks.',
} as const;

export const cases: Cases<typeof networkPrivateEndpoint> = [
  ['no endpoint, open to public networks', {}, notAsked],
  ['no endpoint, and nothing is told about public networks', { vaults: fact({ vaults: [vaultCore] }) }, notAsked],
  [
    'no endpoint, closed to public networks: no matter for VM backup',
    endpoints('Disabled'),
    {
      outcome: 'pass',
      reason: 'NoEndpoint',
      message:
        'Vault rsv-weu is closed to public networks and has no private endpoint. VM backup does not mind; recovery of files and in-guest agents would need one.',
    },
  ],
  [
    'a pending endpoint, closed to public networks',
    endpoints('Disabled', 'Pending'),
    {
      ...fails,
      message: 'Vault rsv-weu: private endpoint is Pending; file recovery and in-guest agents will fail.',
      fix: {
        text: 'Approve the endpoint; link the private DNS zones to its network, or forward to 168.63.129.16.',
        commands: [
          `az network private-endpoint-connection approve --subscription ${ownSubscription} --id ${connection}.0`,
        ],
      },
    },
  ],
  ['a rejected endpoint, in other letters', endpoints('disabled', 'REJECTED'), fails],
  ['a disconnected endpoint', endpoints('Disabled', 'Disconnected'), fails],
  [
    'several endpoints, none approved: the pending one can be approved',
    endpoints('Disabled', 'Rejected', 'pending'),
    {
      ...fails,
      message: 'Vault rsv-weu: private endpoint is Rejected, pending; file recovery and in-guest agents will fail.',
      fix: {
        commands: [
          `az network private-endpoint-connection approve --subscription ${ownSubscription} --id ${connection}.1`,
        ],
      },
    },
  ],
  [
    'a pending endpoint, open to public networks',
    endpoints('Enabled', 'Pending'),
    {
      ...publicNetworks,
      message: 'Vault rsv-weu: private endpoint is Pending; the vault is open to public networks besides.',
    },
  ],
  [
    'an endpoint in a state that nobody knows',
    endpoints('Disabled', 'Dreaming'),
    { ...notReported, message: 'Vault rsv-weu reports the state of its private endpoint as Dreaming.' },
  ],
  [
    'an endpoint in a state that nobody knows beside a rejected one: it may be approved',
    endpoints('Disabled', 'Rejected', 'Dreaming'),
    { ...notReported, message: 'Vault rsv-weu reports the state of its private endpoint as Dreaming.' },
  ],
  ['an endpoint whose state is not told', endpoints('Enabled', ''), notReported],
  [
    'an approved endpoint, and the zone is linked',
    { ...endpoints('Disabled', 'Approved'), network: fact(linked(backupZone)) },
    {
      ...isLinked,
      message: 'A private endpoint of vault rsv-weu is approved, and its DNS zone is linked to the network of the VM.',
    },
  ],
  [
    'an approved endpoint beside a pending one, in other letters',
    { ...endpoints('DISABLED', 'Pending', 'approved'), network: fact(linked(backupZone.toUpperCase())) },
    isLinked,
  ],
  [
    'an approved endpoint without a linked zone, closed to public networks',
    endpoints('Disabled', 'Approved'),
    {
      ...notExposed,
      message:
        'No private DNS zone of Azure Backup is linked to the network of the VM; whether it finds vault rsv-weu otherwise cannot be seen.',
    },
  ],
  [
    'an approved endpoint without a linked zone, open to public networks',
    endpoints('Enabled', 'Approved'),
    {
      ...publicNetworks,
      message: 'Vault rsv-weu: private endpoint is Approved; the vault is open to public networks besides.',
    },
  ],
  [
    'an approved endpoint, and only a zone of another service is linked',
    { ...endpoints('Disabled', 'Approved'), network: fact(linked('privatelink.blob.core.windows.net')) },
    notExposed,
  ],
  [
    'an approved endpoint, and the zone is linked to another network',
    { ...endpoints('Disabled', 'Approved'), network: fact(linked(backupZone, `${vnetId}-2`)) },
    notExposed,
  ],
  [
    'an approved endpoint, and DNS servers of its own',
    { ...endpoints('Enabled', 'Approved'), network: fact(ownDns) },
    {
      ...notExposed,
      message: 'The network of the VM uses DNS servers of its own, whose records cannot be seen.',
    },
  ],
  [
    'a pending endpoint, and DNS servers of its own: certain all the same',
    { ...endpoints('Disabled', 'Pending'), network: fact(ownDns) },
    fails,
  ],
  [
    'an approved endpoint, and zones that could not be read',
    { ...endpoints('Disabled', 'Approved'), network: fact({ ...openNetwork, privateDnsZoneLinks: null }) },
    { ...partial, message: 'The network of the VM or its private DNS zones could not be read.' },
  ],
  [
    'an approved endpoint, and a virtual network that could not be read',
    { ...endpoints('Disabled', 'Approved'), network: fact({ ...openNetwork, vnet: null }) },
    partial,
  ],
  [
    'an approved endpoint, and an interface that could not be read',
    { ...endpoints('Disabled', 'Approved'), network: fact({ ...openNetwork, nic: null }) },
    partial,
  ],
  [
    'an approved endpoint, and a network that may not be read',
    { ...endpoints('Disabled', 'Approved'), network: unread },
    noPermission,
  ],
  [
    'a word about public networks that nobody knows',
    endpoints('SecuredByPerimeter', 'Pending'),
    { ...notReported, message: 'Vault rsv-weu reports public network access as SecuredByPerimeter.' },
  ],
  [
    'an empty word about public networks',
    endpoints(''),
    { ...notReported, message: 'Vault rsv-weu reports public network access as nothing.' },
  ],
  ['a vault that could not be read', { vaults: fact({ vaults: [] }) }, partial],
  [
    'no item',
    { ...endpoints('Disabled', 'Pending'), ...noItem },
    { outcome: 'notApplicable', message: 'No vault holds an item of this VM.' },
  ],
  ['items that may not be read', { items: unread }, noPermission],
  ['vaults that may not be read', { vaults: unread }, noPermission],
];
