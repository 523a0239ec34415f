import { parseAddressPrefix } from './address-prefix.ts';
import { allOf } from './match.ts';
import type { Nic } from './nic.ts';
import { fieldValues, outboundRules, protocolMatch } from './nsg.ts';
import { destinationPortMatch } from './ports.ts';
import { wordAt } from './row.ts';
import type { TrafficSource } from './traffic-source.ts';
import type { Vnet } from './vnet.ts';

/** Whether names can be resolved: not seen to be denied, denied, or by servers that are not visible from here. */
export type DnsState = 'ok' | 'denied' | 'custom';

/** Where an interface takes its name servers from: its own, Azure's by its own wish, or those of its network. */
export function nameServersOf(nic: Nic | undefined): 'own' | 'azure' | 'network' {
  if (!nic?.dnsServers.length) {
    return 'network';
  }
  // An interface may switch back to Azure's name service with this word instead of an address.
  return nic.dnsServers.every((server) => server === 'AzureProvidedDNS') ? 'azure' : 'own';
}

/**
 * Looks for a rule that cuts Azure's own name service off. Only a rule with the tag AzurePlatformDNS can: the address
 * 168.63.129.16 is exempt from network security groups otherwise.
 */
export function dnsState(
  nic: Nic | undefined,
  vnet: Vnet | undefined,
  groups: readonly unknown[],
  source: TrafficSource,
): DnsState {
  const servers = nameServersOf(nic);
  if (servers === 'own' || (servers === 'network' && vnet !== undefined && vnet.dnsServers.length > 0)) {
    return 'custom';
  }
  return groups.some((group) => deniesDns(group, source)) ? 'denied' : 'ok';
}

function deniesDns(group: unknown, source: TrafficSource): boolean {
  const rules = (outboundRules(group) ?? []).toSorted((a, b) => a.priority - b.priority);
  for (const { access, properties, source: sourceMatch } of rules) {
    const isAboutDns = fieldValues(properties, 'destinationAddressPrefix', 'destinationAddressPrefixes')
      .map(parseAddressPrefix)
      .some((prefix) => prefix.kind === 'tag' && prefix.tag.name === 'azureplatformdns');
    const match = allOf([
      protocolMatch(wordAt(properties, 'protocol'), 'udp'),
      destinationPortMatch(fieldValues(properties, 'destinationPortRange', 'destinationPortRanges'), 53),
      sourceMatch(source),
    ]);
    if (isAboutDns && (match === 'yes' || (match === 'maybe' && access === 'Deny'))) {
      return access === 'Deny';
    }
  }
  return false;
}
