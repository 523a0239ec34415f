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
    return [number, nicText(nic), scaleSetMembership(input.vm), others, heldBy(sources, nic, input, rows)].join('|');
  };
}

function createSurroundings(): (input: NetworkInput, rows: NicRows) => Around {
  const textOf = createNumbering();
  const known = new Map<string, Around>();
  /** The last surroundings of each subnet: most of its interfaces have the very same. */
  const latest = new WeakMap<object, { readonly parts: readonly unknown[]; readonly around: Around }>();
  return (input, rows) => {
    const parts = partsAround(input, rows);
    const before = isRow(rows.subnet) ? latest.get(rows.subnet) : undefined;
    if (before?.parts.every((part, index) => part === parts[index])) {
      return before.around;
    }
    const text = parts.map(textOf).join('|');
    const around = known.get(text) ?? { number: known.size, sources: sourcesAround(input, rows) };
    known.set(text, around);
    if (isRow(rows.subnet)) {
      latest.set(rows.subnet, { parts, around });
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
  const hasGroup = nic.networkSecurityGroup === 'none' ? 'no group' : 'group';
  const pools = nic.backendPools.length > 0 ? JSON.stringify(nic.backendPools) : '';
  return [hasGroup, nic.hasPublicIp, nic.defaultOutbound, nameServersOf(nic), pools].join();
}

function heldBy(sources: readonly SourceMatch[], nic: Nic | undefined, input: NetworkInput, rows: NicRows): string {
  if (sources.length === 0) {
    return '';
  }
  const subnet = nic?.address === undefined ? readSubnet(rows.subnet, regionOf(input)) : undefined;
  const from = trafficSource(nic, subnet);
  return sources.map((source) => source(from)).join();
}
