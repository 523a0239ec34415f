import { type AddressPrefix, parseAddressPrefix } from './address-prefix.ts';
import { parseAddress } from './cidr.ts';
import { type FirewallRule, firewallCollections } from './firewall-policy.ts';
import { protocolMatch } from './nsg.ts';
import { destinationPortMatch } from './ports.ts';
import { isReadable, vnetOfSubnet } from './reference.ts';
import { listAt, textAt } from './row.ts';
import { sourceMatch, type TrafficSource } from './traffic-source.ts';
import { isInReach, type Vnet } from './vnet.ts';

/** What an Azure Firewall certainly lets through from this VM; what it denies is never certain from here. */
export interface Firewall {
  readonly hasDeny: boolean;
  /** Destinations of network rules that allow TCP 443. */
  readonly allows: readonly AddressPrefix[];
  /** Whether an application rule has the FQDN tag AzureBackup, and whether it inspects TLS. */
  readonly backupTag: 'none' | 'allowed' | 'inspected';
}

/**
 * The Azure Firewall that answers at a private address. None if several do (networks may reuse addresses), or if it is
 * known to be in a network that is not connected to the VM's.
 */
export function firewallAt(
  address: string,
  rows: { readonly azureFirewalls?: unknown; readonly firewallRuleCollectionGroups?: unknown },
  source: TrafficSource,
  vnet: Vnet | undefined,
): Firewall | undefined {
  const firewalls = (Array.isArray(rows.azureFirewalls) ? rows.azureFirewalls : []).filter((row) =>
    answersAt(row, address, vnet),
  );
  const firewall = firewalls[0];
  if (firewalls.length !== 1 || !isReadable(firewall)) {
    return undefined;
  }
  const collections = firewallCollections(firewall, rows.firewallRuleCollectionGroups);
  const rules = collections.filter(({ action }) => action === 'allow').flatMap((collection) => collection.rules);
  const covering = rules.filter((rule) => sourceMatch(rule.sources, source) === 'yes');
  return {
    hasDeny: collections.some(({ action }) => action !== 'allow'),
    allows: covering.flatMap(networkAllows),
    backupTag: backupTag(covering),
  };
}

function answersAt(firewall: unknown, address: string, vnet: Vnet | undefined): boolean {
  return (listAt(firewall, 'properties', 'ipConfigurations') ?? []).some((each) => {
    const subnet = textAt(each, 'properties', 'subnet', 'id');
    const isElsewhere = subnet !== undefined && vnet !== undefined && !isInReach(vnet, vnetOfSubnet(subnet));
    const own = parseAddress(textAt(each, 'properties', 'privateIPAddress') ?? '');
    return own !== undefined && own === parseAddress(address) && !isElsewhere;
  });
}

function networkAllows(rule: FirewallRule): readonly AddressPrefix[] {
  const isHttps =
    rule.kind === 'network' &&
    rule.protocols.some((protocol) => protocolMatch(protocol, 'tcp') === 'yes') &&
    destinationPortMatch(rule.ports) === 'yes';
  return isHttps ? rule.destinations.map(parseAddressPrefix) : [];
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
