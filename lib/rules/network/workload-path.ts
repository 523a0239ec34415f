import type { UnknownBecause } from '../../domain/fact.ts';
import type { NetworkInput } from '../../domain/network-rows.ts';
import { destinations } from './destination.ts';
import { whyNotOpen } from './doubt.ts';
import { type JudgedNetwork, judgedNetwork } from './judged-network.ts';
import { overallState } from './reachability.ts';

/** Whether a VM gets to all that the backup of a workload needs; `says` is what stands in the way, in sentences. */
export type WorkloadPath =
  | { readonly kind: 'open' }
  | { readonly kind: 'blocked'; readonly says: string }
  | { readonly kind: 'unknown'; readonly because: UnknownBecause };

/** What is said of the first path with this verdict. */
function sentenceAbout(network: JudgedNetwork, verdict: 'blocked' | 'unknown'): string | undefined {
  for (const destination of destinations) {
    const path = network.judgement.paths[destination];
    if (path.verdict === verdict) {
      return whyNotOpen(network, destination, path);
    }
  }
  return undefined;
}

/**
 * A path that is not certain has no better cause than that Azure does not report it: `not-exposed` is for what is inside
 * the guest of the VM. Without name resolution alone no path is in doubt, and still none is certain.
 */
function doubtOf(network: JudgedNetwork): UnknownBecause {
  const isMissing = destinations.some((destination) => {
    const path = network.judgement.paths[destination];
    return path.verdict === 'unknown' && path.reason === 'DATA_MISSING';
  });
  return {
    cause: isMissing ? 'partial-inventory' : 'not-reported',
    detail: sentenceAbout(network, 'unknown') ?? 'A rule denies name resolution by Azure.',
  };
}

/** Azure Backup, Storage and Entra ID on TCP 443, as the network rules see them: a closed firewall blocks, too. */
export function workloadPath(input: NetworkInput): WorkloadPath {
  const network = judgedNetwork(input);
  const { firewall } = network.judgement;
  switch (overallState(network.judgement)) {
    case 'open':
      return { kind: 'open' };
    case 'blocked':
      return { kind: 'blocked', says: sentenceAbout(network, 'blocked') ?? '' };
    default:
      return firewall.kind === 'closed'
        ? { kind: 'blocked', says: `Azure Firewall ${firewall.firewall} has no rule for AzureBackup.` }
        : { kind: 'unknown', because: doubtOf(network) };
  }
}
