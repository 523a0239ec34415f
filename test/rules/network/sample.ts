import type { NetworkInput } from '../../../lib/domain/network-rows.ts';

const prefix = '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-net/providers/Microsoft.Network';

/** ARM id of a network resource of the sample. */
export function networkId(type: string, name: string): string {
  return `${prefix}/${type}/${name}`;
}

export const vnetId = networkId('virtualNetworks', 'vnet');

type Fields = Readonly<Record<string, unknown>>;

/** An outbound rule for everything, with the given fields in place of its own. */
export function rule(name: string, priority: number, access: string, fields: Fields = {}): Fields {
  const everything = {
    protocol: '*',
    direction: 'Outbound',
    sourceAddressPrefix: '*',
    sourcePortRange: '*',
    destinationAddressPrefix: '*',
    destinationPortRange: '*',
  };
  return { name, properties: { ...everything, priority, access, ...fields } };
}

/** A security admin rule that denies everything outbound, with the given fields in place of its own. */
export function adminRule(name: string, fields: object = {}): Fields {
  return {
    id: `/rules/${name}`,
    name,
    properties: {
      access: 'Deny',
      direction: 'Outbound',
      priority: 10,
      protocol: 'Any',
      sources: [{ addressPrefix: '*' }],
      destinations: [{ addressPrefix: '*' }],
      sourcePortRanges: ['0-65535'],
      destinationPortRanges: ['0-65535'],
      ...fields,
    },
  };
}

/** An approved private endpoint to the backup service of a vault, in the network of the sample. */
export function backupEndpoint(vaultId: string): Fields {
  return {
    id: networkId('privateEndpoints', 'pe'),
    properties: {
      subnet: { id: `${vnetId}/subnets/pe` },
      customDnsConfigs: [{ ipAddresses: ['10.0.9.4'] }],
      privateLinkServiceConnections: [
        {
          properties: {
            privateLinkServiceId: vaultId,
            groupIds: ['AzureBackup'],
            privateLinkServiceConnectionState: { status: 'Approved' },
          },
        },
      ],
    },
  };
}

/** A network security group with these rules. */
export function nsg(name: string, securityRules: unknown): Fields {
  return { id: networkId('networkSecurityGroups', name), name, properties: { securityRules } };
}

/** A route table with these routes. */
export function routeTable(...routes: readonly (readonly [prefix: string, hop: string, address?: string])[]): Fields {
  return {
    id: networkId('routeTables', 'rt'),
    name: 'rt',
    properties: {
      disableBgpRoutePropagation: false,
      routes: routes.map(([addressPrefix, nextHopType, nextHopIpAddress]) => ({
        name: `to-${addressPrefix}`,
        properties: { addressPrefix, nextHopType, ...(nextHopIpAddress ? { nextHopIpAddress } : {}) },
      })),
    },
  };
}

/** Changes to the sample; a group or a table is also referred to by its interface or subnet. */
export interface Changes {
  readonly nicNsg?: Fields;
  readonly subnetNsg?: Fields;
  readonly routeTable?: Fields;
  readonly nic?: Fields;
  readonly ipConfiguration?: Fields;
  readonly subnet?: Fields;
  readonly vnet?: Fields;
  readonly rest?: Partial<NetworkInput>;
}

/** A VM with nothing special around it: every path is open by default outbound access. */
export function network(changes: Changes = {}): NetworkInput {
  const refer = (name: string, row?: Fields) => (row ? { [name]: { id: row['id'] } } : {});
  const ipConfiguration = {
    primary: true,
    privateIPAddress: '10.0.1.4',
    privateIPAddressVersion: 'IPv4',
    subnet: { id: `${vnetId}/subnets/app` },
    ...changes.ipConfiguration,
  };
  return {
    region: 'westeurope',
    nic: {
      id: networkId('networkInterfaces', 'nic'),
      name: 'nic',
      properties: {
        primary: true,
        ipConfigurations: [{ name: 'ipconfig1', properties: ipConfiguration }],
        ...refer('networkSecurityGroup', changes.nicNsg),
        ...changes.nic,
      },
    },
    nicNsg: changes.nicNsg ?? null,
    subnet: {
      id: `${vnetId}/subnets/app`,
      name: 'app',
      properties: {
        addressPrefix: '10.0.1.0/24',
        ...refer('networkSecurityGroup', changes.subnetNsg),
        ...refer('routeTable', changes.routeTable),
        ...changes.subnet,
      },
    },
    subnetNsg: changes.subnetNsg ?? null,
    routeTable: changes.routeTable ?? null,
    vnet: {
      id: vnetId,
      name: 'vnet',
      properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] }, ...changes.vnet },
    },
    ...changes.rest,
  };
}
