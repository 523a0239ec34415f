import { armId, caseNoise } from './arm-ids.ts';
import type { EstateResource } from './estate.ts';
import { type NetworkDesign, type SubnetPlan, usualNetwork } from './network-design.ts';
import { nsgBody } from './nsg.ts';
import { type Random, randomStream } from './random.ts';

/** What a NIC needs to know of the network. */
export type Attachment = {
  readonly subnetId: string;
  readonly privateIPAddress: string;
  readonly nsgId: string | null;
};

/** Where a NIC has to be attached, by name; what is left out is drawn. */
export type NicWish = { readonly subnet?: string; readonly nicNsg?: string | null };

/** Where a network is; `number` picks its address space, 10.x.0.0/16. */
type NetworkSite = {
  readonly seed: number;
  readonly subscriptionId: string;
  readonly region: string;
  readonly number: number;
  readonly design?: NetworkDesign;
};

/** The virtual network of one department in one region. */
export class Network {
  readonly #site: NetworkSite;
  readonly #design: NetworkDesign;
  readonly #group: string;
  readonly #vnetId: string;
  #nics = 0;

  /** Writes the virtual network, its security groups, its route tables and what else its design has. */
  constructor(site: NetworkSite, emit: (resource: EstateResource) => void) {
    this.#site = site;
    this.#design = site.design ?? usualNetwork;
    this.#group = `rg-net-${site.region}`;
    this.#vnetId = this.#id('virtualNetworks', `vnet-${site.region}`);
    const random = randomStream(site.seed, `network ${this.#vnetId}`);
    for (const name of Object.keys(this.#design.nsgs)) emit(this.#nsg(name, random));
    for (const name of Object.keys(this.#design.routes)) emit(this.#routeTable(name, random));
    const extras = this.#design.extras?.({ id: (type, name) => this.#id(type, name), region: site.region }) ?? [];
    for (const resource of extras) emit(resource);
    emit(this.#virtualNetwork(random));
  }

  /** An address for one NIC. Addresses repeat when a subnet is full. Throws for a wish that this network cannot fulfil. */
  attach(random: Random, wish: NicWish = {}): Attachment {
    const drawn = random.weighted(this.#design.subnets);
    const subnet = wish.subnet === undefined ? drawn : this.#subnetNamed(wish.subnet);
    const host = 4 + (this.#nics++ % (subnet.prefixLength === 24 ? 240 : 8000));
    const hasNicNsg = random.chance(subnet.nsg ? 33 : 50) && 'nic' in this.#design.nsgs;
    const nsg = wish.nicNsg === undefined ? hasNicNsg && 'nic' : wish.nicNsg;
    return {
      subnetId: caseNoise(this.#subnetId(subnet), random),
      privateIPAddress: `${this.#prefix}.${subnet.third + (host >> 8)}.${host & 255}`,
      nsgId: nsg ? caseNoise(this.#nsgId(nsg), random) : null,
    };
  }

  #subnetNamed(name: string): SubnetPlan {
    const found = this.#design.subnets.find(([, subnet]) => subnet.name === name)?.[1];
    if (!found) throw new RangeError(`The network has no subnet ${name}`);
    return found;
  }

  get #prefix(): string {
    return `10.${10 + (this.#site.number % 240)}`;
  }

  #id(type: string, name: string): string {
    return armId(this.#site.subscriptionId, this.#group, `Microsoft.Network/${type}`, name);
  }

  #nsgId(name: string): string {
    return this.#id('networkSecurityGroups', `nsg-${name}-${this.#site.region}`);
  }

  #subnetId(subnet: SubnetPlan): string {
    return `${this.#vnetId}/subnets/${subnet.name}`;
  }

  /** The ids of the subnets to which something is attached. */
  #users(isUser: (subnet: SubnetPlan) => boolean): string[] {
    return this.#design.subnets.filter(([, subnet]) => isUser(subnet)).map(([, subnet]) => this.#subnetId(subnet));
  }

  #nsg(name: string, random: Random): EstateResource {
    return nsgBody({
      subscriptionId: this.#site.subscriptionId,
      group: this.#group,
      name: `nsg-${name}-${this.#site.region}`,
      location: this.#site.region,
      resourceGuid: random.guid(),
      rules: this.#design.nsgs[name] ?? [],
      subnetIds: this.#users(({ nsg }) => nsg === name),
    });
  }

  #routeTableId(name: string): string {
    return this.#id('routeTables', `rt-${name}-${this.#site.region}`);
  }

  #routeTable(name: string, random: Random): EstateResource {
    const id = this.#routeTableId(name);
    const properties = { provisioningState: 'Succeeded', addressPrefix: '0.0.0.0/0', ...this.#design.routes[name] };
    return {
      id,
      name: `rt-${name}-${this.#site.region}`,
      type: 'Microsoft.Network/routeTables',
      location: this.#site.region,
      properties: {
        provisioningState: 'Succeeded',
        resourceGuid: random.guid(),
        disableBgpRoutePropagation: true,
        routes: [{ name: 'default', id: `${id}/routes/default`, properties }],
        subnets: this.#users(({ routes }) => routes === name).map((subnetId) => ({ id: subnetId })),
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
        subnets: this.#design.subnets.map(([, subnet]) => this.#subnet(subnet, random)),
      },
    };
  }

  #subnet(subnet: SubnetPlan, random: Random) {
    const { name, nsg, routes, natGateway, isPrivate, third, prefixLength } = subnet;
    return {
      name,
      id: this.#subnetId(subnet),
      type: 'Microsoft.Network/virtualNetworks/subnets',
      properties: {
        provisioningState: 'Succeeded',
        addressPrefix: `${this.#prefix}.${third}.0/${prefixLength}`,
        ...(nsg && { networkSecurityGroup: { id: caseNoise(this.#nsgId(nsg), random) } }),
        ...(routes && { routeTable: { id: caseNoise(this.#routeTableId(routes), random) } }),
        ...(natGateway && { natGateway: { id: this.#id('natGateways', natGateway) } }),
        ...(isPrivate && { defaultOutboundAccess: false }),
        delegations: [],
        privateEndpointNetworkPolicies: 'Disabled',
      },
    };
  }
}
