import { armId, caseNoise } from './arm-ids.ts';
import type { EstateResource } from './estate.ts';
import { type NsgRule, nsgBody } from './nsg.ts';
import { type Random, randomStream } from './random.ts';

const https = { protocol: 'Tcp', port: '443' } as const;
const outbound = { direction: 'Outbound', access: 'Allow' } as const;

/** Rules of the network security groups, by the last part of their names. */
const nsgRules = {
  web: [{ name: 'AllowHttps', direction: 'Inbound', access: 'Allow', priority: 100, from: 'Internet', ...https }],
  app: [
    { name: 'AllowAzureBackup', priority: 200, to: 'AzureBackup', ...outbound, ...https },
    { name: 'AllowStorage', priority: 210, to: 'Storage', ...outbound, ...https },
    { name: 'AllowEntraId', priority: 220, to: 'AzureActiveDirectory', ...outbound, ...https },
    { name: 'DenyInternet', priority: 4000, direction: 'Outbound', access: 'Deny', to: 'Internet' },
  ],
  locked: [{ name: 'DenyAllOut', direction: 'Outbound', access: 'Deny', priority: 4096 }],
  nic: [
    {
      name: 'AllowRdpFromJumpHosts',
      direction: 'Inbound',
      access: 'Allow',
      priority: 300,
      from: '10.9.0.0/24',
      protocol: 'Tcp',
      port: '3389',
    },
  ],
} as const satisfies Record<string, readonly NsgRule[]>;

type NsgName = keyof typeof nsgRules;
/** `third` is where the third octet of its addresses begins. */
type Subnet = {
  readonly name: string;
  readonly nsg: NsgName | null;
  readonly isForced: boolean;
  readonly third: number;
};

/**
 * Subnets of every network and their share of the NICs: 60 % behind a subnet NSG, 26 % allow the service tag
 * AzureBackup, 4 % deny everything, 12 % have a default route to an appliance. The shares are assumed.
 */
const subnets: readonly (readonly [weight: number, subnet: Subnet])[] = [
  [30, { name: 'snet-web', nsg: 'web', isForced: false, third: 0 }],
  [26, { name: 'snet-app', nsg: 'app', isForced: false, third: 64 }],
  [4, { name: 'snet-locked', nsg: 'locked', isForced: false, third: 128 }],
  [28, { name: 'snet-data', nsg: null, isForced: false, third: 192 }],
  [12, { name: 'snet-spoke', nsg: null, isForced: true, third: 224 }],
];

/** What a NIC needs to know of the network. */
export type Attachment = {
  readonly subnetId: string;
  readonly privateIPAddress: string;
  readonly nsgId: string | null;
};

/** Where a network is; `number` picks its address space, 10.x.0.0/16. */
type NetworkSite = {
  readonly seed: number;
  readonly subscriptionId: string;
  readonly region: string;
  readonly number: number;
};

/** The virtual network of one department in one region. */
export class Network {
  readonly #site: NetworkSite;
  readonly #group: string;
  readonly #vnetId: string;
  #nics = 0;

  /** Writes the virtual network, its security groups and its route table. */
  constructor(site: NetworkSite, emit: (resource: EstateResource) => void) {
    this.#site = site;
    this.#group = `rg-net-${site.region}`;
    this.#vnetId = this.#id('virtualNetworks', `vnet-${site.region}`);
    const random = randomStream(site.seed, `network ${this.#vnetId}`);
    for (const name of Object.keys(nsgRules) as NsgName[]) emit(this.#nsg(name, random));
    emit(this.#routeTable(random));
    emit(this.#virtualNetwork(random));
  }

  /** An address for one NIC. Addresses repeat after 8,000 NICs of one network. */
  attach(random: Random): Attachment {
    const subnet = random.weighted(subnets);
    const host = 4 + (this.#nics++ % 8000);
    const hasNicNsg = random.chance(subnet.nsg ? 33 : 50);
    return {
      subnetId: caseNoise(this.#subnetId(subnet), random),
      privateIPAddress: `${this.#prefix}.${subnet.third + (host >> 8)}.${host & 255}`,
      nsgId: hasNicNsg ? caseNoise(this.#nsgId('nic'), random) : null,
    };
  }

  get #prefix(): string {
    return `10.${10 + (this.#site.number % 240)}`;
  }

  #id(type: string, name: string): string {
    return armId(this.#site.subscriptionId, this.#group, `Microsoft.Network/${type}`, name);
  }

  #nsgId(name: NsgName): string {
    return this.#id('networkSecurityGroups', `nsg-${name}-${this.#site.region}`);
  }

  #subnetId(subnet: Subnet): string {
    return `${this.#vnetId}/subnets/${subnet.name}`;
  }

  #nsg(name: NsgName, random: Random): EstateResource {
    const users = subnets.filter(([, subnet]) => subnet.nsg === name);
    return nsgBody({
      subscriptionId: this.#site.subscriptionId,
      group: this.#group,
      name: `nsg-${name}-${this.#site.region}`,
      location: this.#site.region,
      resourceGuid: random.guid(),
      rules: nsgRules[name],
      subnetIds: users.map(([, subnet]) => this.#subnetId(subnet)),
    });
  }

  get #routeTableId(): string {
    return this.#id('routeTables', `rt-${this.#site.region}`);
  }

  #routeTable(random: Random): EstateResource {
    const properties = {
      provisioningState: 'Succeeded',
      addressPrefix: '0.0.0.0/0',
      nextHopType: 'VirtualAppliance',
      nextHopIpAddress: '10.9.1.4',
    };
    const users = subnets.filter(([, subnet]) => subnet.isForced);
    return {
      id: this.#routeTableId,
      name: `rt-${this.#site.region}`,
      type: 'Microsoft.Network/routeTables',
      location: this.#site.region,
      properties: {
        provisioningState: 'Succeeded',
        resourceGuid: random.guid(),
        disableBgpRoutePropagation: true,
        routes: [{ name: 'default', id: `${this.#routeTableId}/routes/default`, properties }],
        subnets: users.map(([, subnet]) => ({ id: this.#subnetId(subnet) })),
      },
    };
  }

  #virtualNetwork(random: Random): EstateResource {
    return {
      id: this.#vnetId,
      name: `vnet-${this.#site.region}`,
      type: 'Microsoft.Network/virtualNetworks',
      location: this.#site.region,
      properties: {
        provisioningState: 'Succeeded',
        resourceGuid: random.guid(),
        addressSpace: { addressPrefixes: [`${this.#prefix}.0.0/16`] },
        dhcpOptions: { dnsServers: [] },
        subnets: subnets.map(([, subnet]) => this.#subnet(subnet, random)),
      },
    };
  }

  #subnet(subnet: Subnet, random: Random) {
    return {
      name: subnet.name,
      id: this.#subnetId(subnet),
      type: 'Microsoft.Network/virtualNetworks/subnets',
      properties: {
        provisioningState: 'Succeeded',
        addressPrefix: `${this.#prefix}.${subnet.third}.0/${subnet.third < 192 ? 18 : 19}`,
        ...(subnet.nsg && { networkSecurityGroup: { id: caseNoise(this.#nsgId(subnet.nsg), random) } }),
        ...(subnet.isForced && { routeTable: { id: caseNoise(this.#routeTableId, random) } }),
        delegations: [],
        privateEndpointNetworkPolicies: 'Disabled',
      },
    };
  }
}
