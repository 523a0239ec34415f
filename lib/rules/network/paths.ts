import { type Access, judgeAccess } from './access.ts';
import type { Judgeable } from './configuration.ts';
import type { Destination } from './destination.ts';
import { withVaultAccess } from './private-path.ts';
import type { Routing } from './route-verdict.ts';
import { judgeRouting } from './routing.ts';
import { publicTarget, type Target } from './target.ts';
import type { PathVerdict, PathVerdicts } from './verdict.ts';
import { virtualNetworkCoverage } from './virtual-network-tag.ts';

/** What the rules say about the public path to a destination, and what the routes and the way out say. */
export interface PathHalves {
  readonly access: Access;
  readonly routing: Routing;
}

/** The halves of the path to every destination. */
export type HalvesByDestination = Readonly<Record<Destination, PathHalves>>;

/** Judges rules and routes towards every destination by themselves. Depends on nothing but the configuration. */
export function judgeHalves(judgeable: Judgeable): HalvesByDestination {
  return {
    AzureBackup: halvesOf(judgeable, 'AzureBackup'),
    Storage: halvesOf(judgeable, 'Storage'),
    AzureActiveDirectory: halvesOf(judgeable, 'AzureActiveDirectory'),
  };
}

/** The paths that the halves make, with the vault's private endpoint in its place. */
export function joinedPaths(halves: HalvesByDestination, { configuration }: Judgeable): PathVerdicts {
  const paths = {
    AzureBackup: joined(halves.AzureBackup),
    Storage: joined(halves.Storage),
    AzureActiveDirectory: joined(halves.AzureActiveDirectory),
  };
  return withVaultAccess(paths, configuration);
}

/** The addresses of a destination, and what prefixes mean for them in this configuration. */
export function targetOf(judgeable: Judgeable, destination: Destination): Target {
  const { configuration, tags } = judgeable;
  const virtualNetwork = virtualNetworkCoverage(judgeable, destination);
  return publicTarget(destination, configuration.region, tags, virtualNetwork);
}

function halvesOf(judgeable: Judgeable, destination: Destination): PathHalves {
  const target = targetOf(judgeable, destination);
  return {
    access: judgeAccess(judgeable.configuration.layers, target),
    routing: judgeRouting(judgeable, destination, target),
  };
}

/** A certain block on either side wins over any doubt on the other; then a doubt wins. */
function joined({ access, routing }: PathHalves): PathVerdict {
  if (routing.verdict === 'blocked' && access.verdict !== 'blocked') {
    return routing;
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
