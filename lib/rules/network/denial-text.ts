import type { Obstacle } from './half-standing.ts';
import type { JudgedNetwork } from './judged-network.ts';
import { tagOf } from './service-tag.ts';
import type { DecidingRule } from './verdict.ts';

function ruleText({ name, priority, nsg = '', layer }: DecidingRule): string {
  const group = layer === 'adminRules' ? 'Security admin' : `NSG ${nsg} (${layer === 'nicNsg' ? 'NIC' : 'subnet'})`;
  return `${group} rule ${name} (priority ${priority})`;
}

/** Which rules deny TCP 443 to which service tags, for example `NSG n (subnet) rule d (priority 100) denies ... to AzureBackup`. */
export function denialText({ judgement }: JudgedNetwork, obstacles: readonly Obstacle[]): string {
  const denied = obstacles.flatMap(({ destination, path }) =>
    path.decidingRule
      ? [{ tag: tagOf(destination, judgement.judgeable.configuration.region), by: ruleText(path.decidingRule) }]
      : [],
  );
  return [...Map.groupBy(denied, ({ by }) => by)]
    .map(([by, tags]) => `${by} denies outbound 443 to ${tags.map(({ tag }) => tag).join(', ')}`)
    .join('; ');
}
