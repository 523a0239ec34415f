import type { Judgeable } from './configuration.ts';
import type { Destination } from './destination.ts';
import { chooseHops } from './route-choice.ts';
import { judgeHop, type Routing } from './route-verdict.ts';
import type { Target } from './target.ts';
import { type DecidingRoute, dataMissing } from './verdict.ts';

/**
 * Where the route table sends traffic to a public service. If all ways that it may take agree, the first speaks for
 * them; if not, the worst user route is named.
 */
export function judgeRouting(judgeable: Judgeable, destination: Destination, target: Target): Routing {
  const { routeTable, wayOut } = judgeable.configuration;
  if (routeTable.kind === 'missing') {
    return dataMissing(routeTable.part);
  }
  const hops = new Set(chooseHops(judgeable, destination, target, routeTable.routes));
  const routings = [...hops].map((hop) => judgeHop(hop, destination, target, wayOut));
  const first = routings[0];
  if (first && routings.every(({ verdict }) => verdict === first.verdict)) {
    return first;
  }
  const decidingRoute = worstRoute(routings);
  return { verdict: 'unknown', reason: 'ROUTE_MIXED', ...(decidingRoute ? { decidingRoute } : {}) };
}

const badness = { blocked: 0, unknown: 1, open: 2 };

function worstRoute(routings: readonly Routing[]): DecidingRoute | undefined {
  const routes = routings
    .toSorted((a, b) => badness[a.verdict] - badness[b.verdict])
    .flatMap(({ decidingRoute }) => decidingRoute ?? []);
  return routes.find(({ source }) => source === 'user') ?? routes[0];
}
