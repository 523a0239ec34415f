import { type Access, judgeAccess } from './access.ts';
import type { Judgeable } from './configuration.ts';
import type { Destination } from './destination.ts';
import { withVaultAccess } from './private-path.ts';
import type { Routing } from './route-verdict.ts';
import { judgeRouting } from './routing.ts';
import { publicTarget } from './target.ts';
import type { PathVerdict, PathVerdicts } from './verdict.ts';
import { virtualNetworkCoverage } from './virtual-network-tag.ts';

/** Judges the path to every destination. Depends on nothing but the configuration. */
export function judgePaths(judgeable: Judgeable): PathVerdicts {
  const paths = {
    AzureBackup: publicPath(judgeable, 'AzureBackup'),
    Storage: publicPath(judgeable, 'Storage'),
    AzureActiveDirectory: publicPath(judgeable, 'AzureActiveDirectory'),
  };
  return withVaultAccess(paths, judgeable.configuration);
}

function publicPath(judgeable: Judgeable, destination: Destination): PathVerdict {
  const { configuration, tags } = judgeable;
  const virtualNetwork = virtualNetworkCoverage(judgeable, destination);
  const target = publicTarget(destination, configuration.region, tags, virtualNetwork);
  return joined(judgeAccess(configuration.layers, target), judgeRouting(judgeable, destination, target));
}

/** A certain block on either side wins over any doubt on the other; then a doubt wins. */
function joined(access: Access, routing: Routing): PathVerdict {
  const block = [access, routing].find(({ verdict }) => verdict === 'blocked');
  const worst = block ?? [access, routing].find(({ verdict }) => verdict === 'unknown');
  if (worst && worst.verdict !== 'open') {
    return worst;
  }
  if (access.verdict !== 'open') {
    return access;
  }
  if (routing.verdict !== 'open') {
    return routing;
  }
  const { decidingRoute, egress } = routing;
  return { verdict: 'open', reason: 'OPEN', allowedBy: access.allowedBy, decidingRoute, egress };
}
