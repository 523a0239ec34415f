import type { NetworkInput, NicRows } from '../../domain/network-rows.ts';
import { adminSources } from './admin-rules.ts';
import { regionOf, trafficSource } from './configuration.ts';
import { nameServersOf } from './dns.ts';
import { publicIpOnOthers, scaleSetMembership } from './egress.ts';
import { firewallSources } from './firewall.ts';
import { otherNicRows } from './network-input.ts';
import { type Nic, readNic } from './nic.ts';
import { nsgSources } from './nsg.ts';
import { createNumbering } from './numbering.ts';
import { isRow } from './row.ts';
import { readSubnet } from './subnet.ts';
import { holdsEverybody, type SourceMatch } from './traffic-source.ts';

/** What is around an interface: a number for the rows, equal for equal ones, and the sources that their rules name. */
interface Around {
  readonly number: number;
  readonly sources: readonly SourceMatch[];
}

/** A VM whose surroundings were looked at, and what they are. */
interface Known {
  readonly input: NetworkInput;
  readonly rows: NicRows;
  readonly around: Around;
}

/** Everything that a configuration is read from, except the interface and what else belongs to one VM. */
function partsAround(input: NetworkInput, rows: NicRows): readonly unknown[] {
  return [
    input.region,
    input.vnet,
    input.adminRules,
    input.gateways,
    input.natGateway,
    input.loadBalancers,
    input.azureFirewalls,
    input.firewallRuleCollectionGroups,
    input.firewallPolicies,
    input.vault,
    input.privateEndpoints,
    input.privateDnsZoneLinks,
    input.serviceTagData,
    rows.nicNsg,
    rows.subnet,
    rows.subnetNsg,
    rows.routeTable,
  ];
}

/**
 * Whether all those parts are the very same, given that subnet and group of the interface are; part by part, because it is
 * asked about every VM.
 */
function isAround({ input, rows }: Known, other: NetworkInput, otherRows: NicRows): boolean {
  return (
    input.region === other.region &&
    input.vnet === other.vnet &&
    input.adminRules === other.adminRules &&
    input.gateways === other.gateways &&
    input.natGateway === other.natGateway &&
    input.loadBalancers === other.loadBalancers &&
    input.azureFirewalls === other.azureFirewalls &&
    input.firewallRuleCollectionGroups === other.firewallRuleCollectionGroups &&
    input.firewallPolicies === other.firewallPolicies &&
    input.vault === other.vault &&
    input.privateEndpoints === other.privateEndpoints &&
    input.privateDnsZoneLinks === other.privateDnsZoneLinks &&
    input.serviceTagData === other.serviceTagData &&
    rows.subnetNsg === otherRows.subnetNsg &&
    rows.routeTable === otherRows.routeTable
  );
}

/**
 * Makes texts that are equal only for interfaces with equal configurations, without reading a configuration: by which rows
 * are around an interface, by what it says itself, and by which sources of the rules hold it. Two interfaces with different
 * texts may still have equal configurations.
 */
export function createLikeness(): (input: NetworkInput, rows: NicRows) => string {
  const aroundOf = createSurroundings();
  return (input, rows) => {
    const nic = readNic(rows.nic);
    const { number, sources } = aroundOf(input, rows);
    const others = publicIpOnOthers(otherNicRows(input, rows));
    const held = heldBy(sources, nic, input, rows);
    return `${number}|${nicText(nic)}|${scaleSetMembership(input.vm)}|${others}|${held}`;
  };
}

function createSurroundings(): (input: NetworkInput, rows: NicRows) => Around {
  const textOf = createNumbering();
  const known = new Map<string, Around>();
  /** The last surroundings by subnet and group of the interface: most interfaces with the same two have the very same. */
  const latest = new WeakMap<object, Map<unknown, Known>>();
  return (input, rows) => {
    const bySubnet = isRow(rows.subnet) ? (latest.get(rows.subnet) ?? new Map<unknown, Known>()) : undefined;
    const before = bySubnet?.get(rows.nicNsg);
    if (before && isAround(before, input, rows)) {
      return before.around;
    }
    const text = partsAround(input, rows).map(textOf).join('|');
    const around = known.get(text) ?? { number: known.size, sources: sourcesAround(input, rows) };
    known.set(text, around);
    if (isRow(rows.subnet) && bySubnet) {
      latest.set(rows.subnet, bySubnet.set(rows.nicNsg, { input, rows, around }));
    }
    return around;
  };
}

/** Source sides of all rules that may concern the interface; those that hold everybody tell nobody apart. */
function sourcesAround(input: NetworkInput, rows: NicRows): readonly SourceMatch[] {
  const all = [
    ...adminSources(input.adminRules),
    ...nsgSources(rows.nicNsg),
    ...nsgSources(rows.subnetNsg),
    ...firewallSources(input),
  ];
  return all.filter((source) => !holdsEverybody(source));
}

function nicText(nic: Nic | undefined): string {
  if (!nic) {
    return 'unread';
  }
  const hasGroup = nic.networkSecurityGroup !== 'none';
  const pools = nic.backendPools.length > 0 ? JSON.stringify(nic.backendPools) : '';
  return `${hasGroup},${nic.hasPublicIp},${nic.defaultOutbound},${nameServersOf(nic)},${pools}`;
}

function heldBy(sources: readonly SourceMatch[], nic: Nic | undefined, input: NetworkInput, rows: NicRows): string {
  if (sources.length === 0) {
    return '';
  }
  const subnet = nic?.address === undefined ? readSubnet(rows.subnet, regionOf(input)) : undefined;
  const from = trafficSource(nic, subnet);
  return sources.map((source) => source(from)).join();
}
