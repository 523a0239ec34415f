import { type AddressPrefix, parseAddressPrefix } from './address-prefix.ts';
import { contains, parseAddress, type Range } from './cidr.ts';
import { trafficSource } from './configuration.ts';
import type { JudgedNetwork } from './judged-network.ts';
import { allOf, anyOf, type Match } from './match.ts';
import { readNic } from './nic.ts';
import { fieldValues, type NsgRule, outboundRules, protocolMatch } from './nsg.ts';
import { destinationPortMatch, sourcePortMatch } from './ports.ts';
import { placeOf, type ResourcePlace } from './resource-place.ts';
import { listAt, wordAt } from './row.ts';
import { oncePerRow } from './row-memo.ts';
import { readSubnet } from './subnet.ts';
import type { TrafficSource } from './traffic-source.ts';

/** The rule that cuts a VM off from the Azure host, and the group in which it stands. */
interface HostDenial {
  readonly group: ResourcePlace;
  readonly level: 'NIC' | 'subnet';
  readonly rule: string;
}

/** Whether a rule says that the VM may not talk to the Azure host at 168.63.129.16. */
export type HostChannel =
  | { readonly kind: 'open' | 'unread' | 'doubtful' }
  | { readonly kind: 'denied'; readonly denial: HostDenial };

const address = parseAddress('168.63.129.16') ?? Number.NaN;
const host: Range = { lo: address, hi: address };
/** Goal state, certificates, and the plugin that carries extensions, status and logs (168.63.129.16 page). */
const hostPorts = [80, 443, 32526];

/**
 * Looks for a rule that literally denies the address, in the groups of interface and subnet; denying everything does not
 * reach it. Whether even such a rule can cut the channel is unconfirmed.
 */
export function hostChannel(network: JudgedNetwork): HostChannel {
  const { rows, judgement } = network;
  const { layers } = judgement.judgeable.configuration;
  const ofNic = foundIn(rows.nicNsg, network);
  if (typeof ofNic === 'object') {
    return { kind: 'denied', denial: { group: placeOf(rows.nicNsg), level: 'NIC', rule: ofNic.name } };
  }
  const ofSubnet = foundIn(rows.subnetNsg, network);
  if (typeof ofSubnet === 'object') {
    return { kind: 'denied', denial: { group: placeOf(rows.subnetNsg), level: 'subnet', rule: ofSubnet.name } };
  }
  if (layers.nic.kind === 'missing' || layers.subnet.kind === 'missing') {
    return unread;
  }
  return ofNic === 'doubtful' || ofSubnet === 'doubtful' ? doubtful : open;
}

const unread: HostChannel = { kind: 'unread' };
const doubtful: HostChannel = { kind: 'doubtful' };
const open: HostChannel = { kind: 'open' };

/** What a group says about the host; nearly all name it nowhere. */
function foundIn(group: unknown, network: JudgedNetwork): NsgRule | 'open' | 'doubtful' {
  const rules = rulesAboutHost(group);
  return rules.length > 0 ? inGroup(rules, sourceOf(network)) : 'open';
}

function sourceOf({ rows, judgement }: JudgedNetwork): TrafficSource {
  const { region } = judgement.judgeable.configuration;
  return trafficSource(readNic(rows.nic), readSubnet(rows.subnet, region));
}

/** The rules of a group by priority, if one of them names the host to deny it; else none of them matters. */
const rulesAboutHost = oncePerRow((nsg): readonly NsgRule[] => {
  const rules = outboundRules(nsg) ?? [];
  return rules.some(deniesHost) ? rules.toSorted((a, b) => a.priority - b.priority) : [];
});

function inGroup(rules: readonly NsgRule[], source: TrafficSource): NsgRule | 'open' | 'doubtful' {
  const found = hostPorts.map((port) => onPort(rules, port, source));
  return found.find((each) => typeof each === 'object') ?? found.find((each) => each === 'doubtful') ?? 'open';
}

/** Walks the rules until one certainly speaks for the host on a port. */
function onPort(rules: readonly NsgRule[], port: number, source: TrafficSource): NsgRule | 'open' | 'doubtful' {
  let mayBeAllowed = false;
  let mayBeDenied = false;
  for (const rule of rules) {
    const match = trafficMatch(rule, port, source);
    const allowed = allOf([match, allowsHost(rule)]);
    if (allowed === 'yes') {
      break;
    }
    if (match === 'yes' && deniesHost(rule)) {
      return mayBeAllowed ? 'doubtful' : rule;
    }
    mayBeAllowed ||= allowed === 'maybe';
    mayBeDenied ||= match === 'maybe' && deniesHost(rule);
  }
  return mayBeDenied ? 'doubtful' : 'open';
}

function trafficMatch({ properties, source: sourceMatch }: NsgRule, port: number, source: TrafficSource): Match {
  return allOf([
    protocolMatch(wordAt(properties, 'protocol'), 'tcp'),
    destinationPortMatch(fieldValues(properties, 'destinationPortRange', 'destinationPortRanges'), port),
    sourcePortMatch(fieldValues(properties, 'sourcePortRange', 'sourcePortRanges')),
    sourceMatch(source),
  ]);
}

/** Where a rule leads; application security groups are interfaces of the virtual network, never the host. */
function destinationsOf({ properties }: NsgRule): readonly AddressPrefix[] {
  const groups = listAt(properties, 'destinationApplicationSecurityGroups') ?? [];
  const values = fieldValues(properties, 'destinationAddressPrefix', 'destinationAddressPrefixes');
  return groups.length > 0 ? [] : values.map(parseAddressPrefix);
}

function deniesHost(rule: NsgRule): boolean {
  const isLiteral = (prefix: AddressPrefix) => prefix.kind === 'range' && contains(host, prefix.range);
  return rule.access === 'Deny' && destinationsOf(rule).some(isLiteral);
}

/** The tag VirtualNetwork holds the host as well (effective rules of Network Watcher). */
function allowsHost(rule: NsgRule): Match {
  if (rule.access !== 'Allow') {
    return 'no';
  }
  return anyOf(
    destinationsOf(rule).map((prefix) => {
      if (prefix.kind === 'unreadable') {
        return 'maybe';
      }
      const isHeld =
        (prefix.kind === 'range' && contains(prefix.range, host)) ||
        (prefix.kind === 'tag' && prefix.tag.name === 'virtualnetwork');
      return isHeld ? 'yes' : 'no';
    }),
  );
}
