import type { WayOut } from './egress.ts';
import type { Routing } from './route-verdict.ts';
import type { MissingPart, NotOpen, Reason } from './verdict.ts';

/** Reasons that lie behind the route: it leads to the Internet, and only the way out of the subnet is missing. */
const behindTheRoute: ReadonlySet<Reason> = new Set<Reason>([
  'NAT_GATEWAY_WITHOUT_IP',
  'EGRESS_LB_UNRESOLVED',
  'EGRESS_ON_OTHER_NIC',
  'EGRESS_PENDING_DEALLOCATION',
  'NO_EGRESS',
  'STORAGE_EGRESS_UNDOCUMENTED',
]);

/** Parts of the input that routes are read from. */
const partsOfRoutes: ReadonlySet<MissingPart> = new Set<MissingPart>(['routeTable', 'subnet', 'vnet', 'gateways']);

/** What the routes alone put in the way; `undefined` where they lead out. */
export function routeObstacle(routing: Routing): NotOpen | undefined {
  if (routing.verdict === 'open' || behindTheRoute.has(routing.reason)) {
    return undefined;
  }
  return routing.missing && !partsOfRoutes.has(routing.missing) ? undefined : routing;
}

/** What is in the way although the route leads to the Internet, or may; `undefined` where the subnet lets the VM out. */
export function exitObstacle(routing: Routing, wayOut: WayOut): NotOpen | undefined {
  if (routing.verdict === 'open') {
    return undefined;
  }
  const mayLeadOut = routing.reason === 'DATA_MISSING' || routing.reason === 'ROUTE_BGP_POSSIBLE';
  return behindTheRoute.has(routing.reason) || (mayLeadOut && wayOut.kind !== 'open') ? routing : undefined;
}
