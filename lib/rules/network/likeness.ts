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
import { readSubnet } from './subnet.ts';
import { holdsEverybody, type SourceMatch } from './traffic-source.ts';

/** The parts of the input that VMs of one network have in common. */
const sharedParts = [
  'region',
  'vnet',
  'adminRules',
  'gateways',
  'natGateway',
  'loadBalancers',
  'azureFirewalls',
  'firewallRuleCollectionGroups',
  'firewallPolicies',
  'vault',
  'privateEndpoints',
  'privateDnsZoneLinks',
  'serviceTagData',
] as const satisfies readonly (keyof NetworkInput)[];

/**
 * Makes texts that are equal only for interfaces with equal configurations, without reading a configuration: by which rows
 * are around an interface, by what it says itself, and by which sources of the rules hold it. Two interfaces with different
 * texts may still have equal configurations.
 */
export function createLikeness(): (input: NetworkInput, rows: NicRows) => string {
  const textOf = createNumbering();
  const sourcesOf = new Map<string, readonly SourceMatch[]>();
  return (input, rows) => {
    const nic = readNic(rows.nic);
    const around = [
      ...sharedParts.map((part) => textOf(input[part])),
      textOf(rows.nicNsg),
      textOf(rows.subnet),
      textOf(rows.subnetNsg),
      textOf(rows.routeTable),
    ].join('|');
    const sources = sourcesOf.get(around) ?? sourcesAround(input, rows);
    sourcesOf.set(around, sources);
    const others = publicIpOnOthers(otherNicRows(input, rows));
    return [around, nicText(nic), scaleSetMembership(input.vm), others, heldBy(sources, nic, input, rows)].join('|');
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
