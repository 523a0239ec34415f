import { everyAddress, type Range } from './cidr.ts';
import type { Judgeable } from './configuration.ts';
import type { Destination } from './destination.ts';
import type { UserRoute } from './route-table.ts';
import { tagCovers } from './service-tag.ts';
import type { Coverage } from './target.ts';

/**
 * What the tag VirtualNetwork covers of the public space: for certain the network's and its peers' own public ranges;
 * perhaps whatever user routes and learned default routes name, because the tag "might also contain default routes"
 * (service tags page). Which next hops count is not documented, so a route never makes it certain.
 */
export function virtualNetworkCoverage({ configuration, tags }: Judgeable, destination: Destination): Coverage {
  const { ownPublicSpace, routeTable, learnedDefault, region } = configuration;
  if (!ownPublicSpace || routeTable.kind === 'missing' || learnedDefault.kind !== 'none') {
    return { yes: ownPublicSpace ?? [], maybe: [everyAddress] };
  }
  const named = ({ to }: UserRoute): readonly Range[] => {
    if (to.kind === 'range') {
      return [to.range];
    }
    return tags.prefixesOf(to.tag) ?? (tagCovers(to.tag, destination, region) === 'no' ? [] : [everyAddress]);
  };
  return { yes: ownPublicSpace, maybe: routeTable.routes.flatMap(named) };
}
