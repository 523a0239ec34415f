import type { Destination } from './destination.ts';
import type { WayOut } from './egress.ts';
import type { Firewall } from './firewall.ts';
import type { LearnedDefault } from './learned-default.ts';
import { cut, includes, union } from './range-set.ts';
import type { Hop } from './route-choice.ts';
import type { UserRoute } from './route-table.ts';
import type { Target } from './target.ts';
import { type DecidingRoute, dataMissing, type Egress, type NotOpen, type Reason } from './verdict.ts';

/** What the route says: the traffic leaves this way, or not certainly. */
export type Routing =
  | { readonly verdict: 'open'; readonly decidingRoute: DecidingRoute; readonly egress: Egress }
  | NotOpen;

const systemDefault: DecidingRoute = { source: 'system', addressPrefix: '0.0.0.0/0', nextHopType: 'Internet' };

/** Where one way leads the traffic to one destination. */
export function judgeHop(hop: Hop, destination: Destination, target: Target, wayOut: WayOut): Routing {
  switch (hop.kind) {
    case 'user':
      return judgeUserRoute(hop.route, destination, target, wayOut);
    case 'default':
      return judgeDefault(hop.learned, destination, wayOut);
    case 'vnet':
      // The network uses these public addresses as its own, so the service's are out of reach.
      return notCertain('ROUTE_VNETLOCAL', { source: 'system', nextHopType: 'VnetLocal' });
    case 'serviceEndpoint':
      return {
        verdict: 'open',
        decidingRoute: { source: 'serviceEndpoint', nextHopType: 'VirtualNetworkServiceEndpoint' },
        egress: 'serviceEndpoint',
      };
    default: {
      const never: never = hop;
      return never;
    }
  }
}

function notCertain(reason: Reason, decidingRoute: DecidingRoute): NotOpen {
  return { verdict: 'unknown', reason, decidingRoute };
}

function judgeDefault(learned: LearnedDefault, destination: Destination, wayOut: WayOut): Routing {
  const gateway = { addressPrefix: '0.0.0.0/0', nextHopType: 'VirtualNetworkGateway' };
  switch (learned.kind) {
    case 'none':
      return leave(systemDefault, destination, wayOut);
    case 'bgp':
      return notCertain('ROUTE_BGP_POSSIBLE', { source: 'bgp-possible', ...gateway });
    case 'defaultSite':
      return notCertain('ROUTE_GATEWAY', { source: 'gateway-default-site', ...gateway });
    case 'missing':
      return dataMissing(learned.part);
    default: {
      const never: never = learned;
      return never;
    }
  }
}

function judgeUserRoute({ hop, shown }: UserRoute, destination: Destination, target: Target, wayOut: WayOut): Routing {
  switch (hop.kind) {
    case 'drop':
      return { verdict: 'blocked', reason: 'ROUTE_NONE', decidingRoute: shown };
    case 'internet':
      return leave(shown, destination, wayOut);
    case 'appliance':
      return hop.firewall
        ? judgeFirewall(hop.firewall, shown, destination, target)
        : notCertain('ROUTE_VIRTUAL_APPLIANCE', shown);
    case 'unclear':
      return notCertain(hop.reason, shown);
    default: {
      const never: never = hop;
      return never;
    }
  }
}

/** Next hop Internet: whether the interface has a way out. */
function leave(route: DecidingRoute, destination: Destination, wayOut: WayOut): Routing {
  switch (wayOut.kind) {
    case 'open':
      return { verdict: 'open', decidingRoute: route, egress: wayOut.egress };
    case 'unknown':
      return wayOut.missing ? dataMissing(wayOut.missing) : notCertain(wayOut.reason, route);
    case 'none':
      return leaveWithoutEgress(route, destination, wayOut.isPrivateSubnet);
    default: {
      const never: never = wayOut;
      return never;
    }
  }
}

/** Storage of the same region stays reachable from a private subnet by the system's route; elsewhere it is undocumented. */
function leaveWithoutEgress(route: DecidingRoute, destination: Destination, isPrivateSubnet: boolean): Routing {
  if (destination !== 'Storage') {
    return { verdict: 'blocked', reason: 'NO_EGRESS', decidingRoute: route };
  }
  return isPrivateSubnet && route.source === 'system'
    ? { verdict: 'open', decidingRoute: route, egress: 'storageSameRegion' }
    : notCertain('STORAGE_EGRESS_UNDOCUMENTED', route);
}

/** Never blocked: a parent policy, an IP group or another rule collection group may hold the allow. */
function judgeFirewall(firewall: Firewall, route: DecidingRoute, destination: Destination, target: Target): Routing {
  if (firewall.hasDeny) {
    return notCertain('FIREWALL_DENY_PRESENT', route);
  }
  const allowed = union(firewall.allows.flatMap((prefix) => target.covered(prefix).yes));
  const isAllowed = cut(target.addresses, allowed).every(({ lo }) => includes(allowed, lo));
  const isBackup = destination === 'AzureBackup';
  if (isAllowed || (isBackup && firewall.backupTag === 'allowed')) {
    return { verdict: 'open', decidingRoute: route, egress: 'azureFirewall' };
  }
  const isInspected = isBackup && firewall.backupTag === 'inspected';
  return notCertain(isInspected ? 'FIREWALL_TLS_INSPECTION' : 'FIREWALL_NO_ALLOW_FOUND', route);
}
