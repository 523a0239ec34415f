import type { NetworkInput } from '../../domain/network-rows.ts';
import { type Advice, type AdviceContext, inWords } from './advice.ts';
import { azCommand, idPart } from './az-command.ts';
import { readConfiguration } from './configuration.ts';
import { type Destination, destinations } from './destination.ts';
import { egressAdvice } from './egress-advice.ts';
import { chooseNic } from './network-input.ts';
import type { Profile, Reachability } from './reachability.ts';
import { routeAdvice } from './route-advice.ts';
import { textAt } from './row.ts';
import { ruleAdvice } from './rule-advice.ts';
import { subnetNames } from './subnet.ts';
import type { NotOpen, Reason } from './verdict.ts';

/** Advice on one destination, or on the VM as a whole. */
export interface PathAdvice extends Advice {
  readonly destination?: Destination;
}

/**
 * What would open the paths that are not open, for the input and the verdicts that were made of it. Plain VM backup does
 * not need them, so without evidence of a failure it gets no command. What happens in the guest, such as a proxy, is not
 * visible; the verdicts describe the direct path.
 */
export function advise(input: NetworkInput, reachability: Reachability, profile: Profile): readonly PathAdvice[] {
  if (profile === 'vm' && !reachability.sawNoNetwork) {
    return reachability.overall.workload === 'open' ? [] : [inWords('Plain VM backup does not need this path.')];
  }
  const rows = chooseNic(input).judged;
  const judgeable = readConfiguration(input, rows);
  const onPaths = destinations.flatMap((destination, index) => {
    const path = reachability.destinations[destination];
    const earlier = destinations.slice(0, index).map((each) => reachability.destinations[each]);
    const rulesProposed = earlier.filter((each) => each.verdict !== 'open' && each.decidingRule).length;
    const context = { input, rows, judgeable, destination, rulesProposed };
    return path.verdict === 'open' ? [] : [{ destination, ...adviceOn(path, context) }];
  });
  const isInGuest = reachability.sawNoNetwork && reachability.overall.workload !== 'blocked';
  return [...onPaths, ...(reachability.dns === 'denied' ? [dnsAdvice] : []), ...(isInGuest ? [guestAdvice] : [])];
}

const dnsAdvice = inWords(
  'An NSG rule denies AzurePlatformDNS and no other name servers are set. Delete the rule or set DNS servers.',
);

const guestAdvice = inWords(
  'The last backup failed for want of a network, but no block is certain from outside. Look inside the guest: proxy, OS firewall, DHCP, agent.',
);

/** Advice on one path, or on one half of it. */
export function adviceOn(path: NotOpen, context: AdviceContext): Advice {
  if (path.reason === 'DATA_MISSING') {
    return inWords(
      `The input lacks ${path.missing}: the resource is not readable by this identity. Grant Reader on its subscription.`,
    );
  }
  const fromRoute = path.decidingRoute && routeAdvice(path.reason, path.decidingRoute, context);
  const fromRule = path.decidingRule && ruleAdvice(path.decidingRule, path.verdict === 'blocked', context);
  return fromRoute ?? egressAdvice(path.reason, context) ?? fromRule ?? vaultAdvice(path.reason, context);
}

function vaultAdvice(reason: Reason, context: AdviceContext): Advice {
  switch (reason) {
    case 'VAULT_PUBLIC_ACCESS_DENIED':
      return privateEndpointAdvice(context);
    case 'PRIVATE_ENDPOINT_STORAGE_UNVERIFIED':
      return inWords(
        'The public path to storage is closed, and whether the private endpoint of the vault carries storage is not visible.',
      );
    default:
      return inWords(
        'The DNS zone of the private endpoint is not linked to this network. Link privatelink.<geo>.backup.windowsazure.com, or forward it.',
      );
  }
}

function privateEndpointAdvice({ input, rows }: AdviceContext): Advice {
  const vault = textAt(input.vault, 'id') ?? '';
  const name = idPart(vault, 'vaults');
  const subnet = subnetNames(rows.subnet);
  const message = `Vault ${name} refuses public networks and no private endpoint is in reach. One can be created only while the vault has no registered items.`;
  if (!subnet || !vault) {
    return inWords(message);
  }
  return {
    message,
    commands: [
      azCommand('network private-endpoint create', subnet.id, {
        '-n': `pe-${name}`,
        '--vnet-name': subnet.vnet,
        '--subnet': subnet.subnet,
        '--private-connection-resource-id': vault,
        '--group-id': 'AzureBackup',
        '--connection-name': name,
      }),
    ],
  };
}
