import { type AddressPrefix, parseAddressPrefix } from './address-prefix.ts';
import { parseAddress } from './cidr.ts';
import { type FirewallRows, type FirewallRule, firewallRules } from './firewall-policy.ts';
import type { Match } from './match.ts';
import { protocolMatch } from './nsg.ts';
import { destinationPortMatch } from './ports.ts';
import { nameOf, vnetOfSubnet } from './reference.ts';
import { listAt, textAt } from './row.ts';
import type { SourceMatch, TrafficSource } from './traffic-source.ts';
import { isInReach, type Vnet } from './vnet.ts';

/** What an Azure Firewall does for this VM; what it denies is never certain from its collections alone. */
export interface Firewall {
  readonly name: string;
  readonly hasDeny: boolean;
  /** Destinations of network rules that certainly allow TCP 443. */
  readonly allows: readonly AddressPrefix[];
  /** Whether an application rule has the FQDN tag AzureBackup, and whether it inspects TLS. */
  readonly backupTag: 'none' | 'allowed' | 'inspected';
  /** What it may allow besides, as far as it was read. */
  readonly perhaps: { readonly destinations: readonly AddressPrefix[]; readonly backupNames: boolean };
  /** Whether all its rules were read, those of its policy's parents included. */
  readonly isComplete: boolean;
}

/**
 * The Azure Firewall that answers at a private address. None if several do (networks may reuse addresses), or if it is
 * known to be in a network that is not connected to the VM's.
 */
export function firewallAt(
  address: string,
  rows: FirewallRows,
  source: TrafficSource,
  vnet: Vnet | undefined,
): Firewall | undefined {
  const firewalls = listed(rows).filter((row) => answersAt(row, address, vnet));
  const firewall = firewalls[0];
  if (firewalls.length !== 1) {
    return undefined;
  }
  const { collections, isComplete } = firewallRules(firewall, rows);
  const rules = collections.filter(({ action }) => action === 'allow').flatMap((collection) => collection.rules);
  const covering = rules.filter((rule) => rule.source(source) === 'yes');
  const touching = rules.filter((rule) => rule.source(source) !== 'no');
  return {
    name: nameOf(firewall) ?? '',
    hasDeny: collections.some(({ action }) => action !== 'allow'),
    allows: covering.flatMap((rule) => networkAllows(rule, ['yes'])),
    backupTag: backupTag(covering),
    perhaps: {
      destinations: touching.flatMap((rule) => networkAllows(rule, ['yes', 'maybe'])),
      backupNames: touching.some(mayAllowBackup),
    },
    isComplete,
  };
}

/** Source sides of the rules of all firewalls. */
export function firewallSources(rows: FirewallRows): readonly SourceMatch[] {
  return listed(rows)
    .flatMap((firewall) => firewallRules(firewall, rows).collections)
    .flatMap(({ rules }) => rules.map(({ source }) => source));
}

function listed({ azureFirewalls }: FirewallRows): readonly unknown[] {
  return Array.isArray(azureFirewalls) ? azureFirewalls : [];
}

function answersAt(firewall: unknown, address: string, vnet: Vnet | undefined): boolean {
  return (listAt(firewall, 'properties', 'ipConfigurations') ?? []).some((each) => {
    const subnet = textAt(each, 'properties', 'subnet', 'id');
    const isElsewhere = subnet !== undefined && vnet !== undefined && !isInReach(vnet, vnetOfSubnet(subnet));
    const own = parseAddress(textAt(each, 'properties', 'privateIPAddress') ?? '');
    return own !== undefined && own === parseAddress(address) && !isElsewhere;
  });
}

/** Destinations of a network rule for HTTPS, if protocol and port match like this. */
function networkAllows(rule: FirewallRule, matches: readonly Match[]): readonly AddressPrefix[] {
  const isHttps =
    rule.kind === 'network' &&
    rule.protocols.some((protocol) => matches.includes(protocolMatch(protocol, 'tcp'))) &&
    matches.includes(destinationPortMatch(rule.ports));
  return isHttps ? rule.destinations.map(parseAddressPrefix) : [];
}

function mayAllowBackup(rule: FirewallRule): boolean {
  return rule.kind === 'application' && (rule.mayNameBackup || rule.fqdnTags.includes('azurebackup'));
}

/** The pages do not say that the tag carries storage and Entra ID names as well, so it proves Azure Backup only. */
function backupTag(rules: readonly FirewallRule[]): Firewall['backupTag'] {
  const tagged = rules.filter(
    (rule) => rule.kind === 'application' && rule.protocols.includes('https') && rule.fqdnTags.includes('azurebackup'),
  );
  if (tagged.length === 0) {
    return 'none';
  }
  return tagged.some((rule) => rule.kind === 'application' && !rule.inspectsTls) ? 'allowed' : 'inspected';
}
