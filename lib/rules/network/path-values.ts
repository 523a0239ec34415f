import type { EvidenceValues } from '../../domain/rule.ts';
import { destinations } from './destination.ts';
import type { DecidingRoute, DecidingRule, NotOpen, PathVerdict, PathVerdicts } from './verdict.ts';

function ruleText({ name, priority, access, nsg }: DecidingRule): string {
  return `${nsg ? `NSG ${nsg}, ` : ''}rule ${name} (priority ${priority}, ${access})`;
}

function routeText({ routeTable, name, addressPrefix, source, nextHopType, nextHopIpAddress }: DecidingRoute): string {
  const route = name ? `route ${name}` : `${source} route`;
  const hop = [nextHopType, nextHopIpAddress].filter(Boolean).join(' ');
  return `${routeTable ? `table ${routeTable}, ` : ''}${route} (${[addressPrefix, hop].filter(Boolean).join(' to ')})`;
}

/** Where on its way the traffic is stopped, or may be; and what does it, as far as it has a name. */
function decisionOf({ decidingRule, decidingRoute, missing, decidingResource, reason }: NotOpen): {
  readonly at: string;
  readonly by: string;
} {
  if (decidingRule) {
    return { at: decidingRule.layer, by: ruleText(decidingRule) };
  }
  if (missing) {
    return { at: missing, by: 'could not be read' };
  }
  if (decidingResource) {
    return { at: decidingResource, by: reason };
  }
  const isRoute = decidingRoute !== undefined && reason.startsWith('ROUTE');
  return { at: isRoute ? 'route' : 'wayOut', by: isRoute ? routeText(decidingRoute) : reason };
}

function valuesOf(path: PathVerdict): EvidenceValues {
  if (path.verdict === 'open') {
    return { verdict: 'open', route: routeText(path.decidingRoute), wayOut: path.egress };
  }
  const { at, by } = decisionOf(path);
  const { verdict, reason, decidingRoute } = path;
  return { verdict, reason, at, by, ...(decidingRoute ? { route: routeText(decidingRoute) } : {}) };
}

/** What was found about each path, flat: `path.AzureBackup.verdict`, `.at` (where it is decided) and `.by` (what decides it). */
export function pathValues(paths: PathVerdicts): EvidenceValues {
  return Object.fromEntries(
    destinations.flatMap((destination) =>
      Object.entries(valuesOf(paths[destination])).map(([name, value]) => [`path.${destination}.${name}`, value]),
    ),
  );
}
