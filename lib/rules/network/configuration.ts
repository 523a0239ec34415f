import type { NetworkInput, NicRows } from '../../domain/network-rows.ts';
import type { Layers } from './access.ts';
import { adminLayer } from './admin-rules.ts';
import { type Cidr, overlaps } from './cidr.ts';
import { type DnsState, dnsState } from './dns.ts';
import { type WayOut, wayOut } from './egress.ts';
import { firewallAt } from './firewall.ts';
import type { Layer } from './layer.ts';
import { type LearnedDefault, learnedDefault } from './learned-default.ts';
import type { Match } from './match.ts';
import { otherNicRows } from './network-input.ts';
import { type Nic, readNic } from './nic.ts';
import { nsgLayer } from './nsg.ts';
import { publicSpace } from './public-space.ts';
import { type RouteTable, readRouteTable } from './route-table.ts';
import { textAt } from './row.ts';
import { tagRegion } from './service-tag.ts';
import { readServiceTagData, type ServiceTagData } from './service-tag-data.ts';
import { readSubnet, type Subnet } from './subnet.ts';
import type { TrafficSource } from './traffic-source.ts';
import { type VaultAccess, vaultAccess } from './vault-access.ts';
import { readVnet } from './vnet.ts';

/**
 * Everything that the verdicts of an interface depend on, and nothing that tells it from its neighbours: no id of a VM,
 * no private address, only which rules they match. VMs with equal configurations have equal verdicts.
 */
export interface Configuration {
  readonly region: string | undefined;
  readonly layers: Layers;
  /** Public ranges that the network or its peers use as their own; not known if the network is not readable. */
  readonly ownPublicSpace: readonly Cidr[] | undefined;
  readonly routeTable: RouteTable;
  readonly learnedDefault: LearnedDefault;
  readonly storageEndpoint: Match;
  readonly entraEndpoint: boolean;
  readonly wayOut: WayOut;
  readonly vault: VaultAccess;
  readonly dns: DnsState;
  readonly tagEdition: number;
}

/** A configuration with the service tag data that goes with its edition. */
export interface Judgeable {
  readonly configuration: Configuration;
  readonly tags: ServiceTagData;
}

/** Reads what concerns one interface out of the raw rows. */
export function readConfiguration(input: NetworkInput, rows: NicRows): Judgeable {
  const region = regionOf(input);
  const nic = readNic(rows.nic);
  const subnet = readSubnet(rows.subnet, region);
  const vnet = readVnet(input.vnet);
  const source = trafficSource(nic, subnet);
  const routeTable = readRouteTable(subnet?.routeTable, rows.routeTable, (address) =>
    firewallAt(address, input, source, vnet),
  );
  const isPropagating = routeTable.kind === 'missing' || routeTable.isPropagating;
  const ownSpace = vnet && [...vnet.space, ...vnet.peerings.flatMap(({ space }) => space)];
  const tags = readServiceTagData(input.serviceTagData);
  return {
    tags,
    configuration: {
      region,
      layers: readLayers(input, rows, nic, subnet, source),
      ownPublicSpace: ownSpace?.filter((range) => publicSpace.some((each) => overlaps(each, range))),
      routeTable,
      learnedDefault: learnedDefault(vnet, input.gateways, isPropagating),
      storageEndpoint: subnet?.storageEndpoint ?? 'maybe',
      entraEndpoint: subnet?.entraEndpoint ?? false,
      wayOut: wayOut(nic, subnet, { ...input, otherNics: otherNicRows(input, rows) }),
      vault: vaultAccess(input, vnet),
      dns: dnsState(nic, vnet, [rows.nicNsg, rows.subnetNsg], source),
      tagEdition: tags.edition,
    },
  };
}

/** A text that is equal for VMs with the same network configuration and different for all others. */
export function configurationKey(configuration: Configuration): string {
  return JSON.stringify(configuration);
}

/** Region of the VM as service tags write it. */
export function regionOf(input: NetworkInput): string | undefined {
  const text = textAt(input, 'region');
  return text === undefined ? undefined : tagRegion(text);
}

/** Where the traffic of an interface comes from: its address, or any of its subnet's if its own is not known. */
export function trafficSource(nic: Nic | undefined, subnet: Subnet | undefined): TrafficSource {
  const own = nic?.address === undefined ? [] : [{ lo: nic.address, hi: nic.address }];
  return {
    addresses: own.length > 0 ? own : (subnet?.prefixes ?? []),
    applicationSecurityGroups: nic?.applicationSecurityGroups ?? [],
  };
}

function readLayers(
  input: NetworkInput,
  rows: NicRows,
  nic: Nic | undefined,
  subnet: Subnet | undefined,
  source: TrafficSource,
): Layers {
  const missing = (part: 'nic' | 'subnet'): Layer => ({ kind: 'missing', part });
  return {
    admin: adminLayer(input.adminRules, source),
    nic: nic ? nsgLayer('nicNsg', nic.networkSecurityGroup, rows.nicNsg, source) : missing('nic'),
    subnet: subnet ? nsgLayer('subnetNsg', subnet.networkSecurityGroup, rows.subnetNsg, source) : missing('subnet'),
  };
}
