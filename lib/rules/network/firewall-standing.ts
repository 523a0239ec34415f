import type { UnknownBecause } from '../../domain/fact.ts';
import { overlaps } from './cidr.ts';
import type { Judgeable } from './configuration.ts';
import { type Destination, destinations } from './destination.ts';
import type { Firewall } from './firewall.ts';
import { targetOf } from './paths.ts';
import { cut, includes, union } from './range-set.ts';

/** What the Azure Firewall on the default route does with backup traffic; `none` if the route leads to no appliance. */
export type FirewallStanding =
  | { readonly kind: 'none' }
  | { readonly kind: 'allows'; readonly firewall: string }
  | { readonly kind: 'closed'; readonly firewall: string }
  | { readonly kind: 'unknown'; readonly because: UnknownBecause };

/**
 * Judges the appliance that the route for 0.0.0.0/0 leads to. A firewall is closed only if all its rules were read and
 * none of them, whatever it names, may be for Azure Backup.
 */
export function firewallStanding(judgeable: Judgeable): FirewallStanding {
  const { routeTable } = judgeable.configuration;
  if (routeTable.kind === 'missing') {
    return notKnown('partial-inventory', 'The route table of the subnet could not be read.');
  }
  const route = routeTable.routes.find(({ length }) => length === 0);
  if (route?.hop.kind !== 'appliance') {
    return { kind: 'none' };
  }
  const { firewall } = route.hop;
  return firewall
    ? standingOf(firewall, judgeable)
    : notKnown(
        'not-exposed',
        `The default route leads to ${route.shown.nextHopIpAddress ?? 'appliances'}, which is no Azure Firewall that could be read; what an appliance lets through is not visible.`,
      );
}

function notKnown(cause: UnknownBecause['cause'], detail: string): FirewallStanding {
  return { kind: 'unknown', because: { cause, detail } };
}

function standingOf(firewall: Firewall, judgeable: Judgeable): FirewallStanding {
  const { name, backupTag, hasDeny, isComplete } = firewall;
  const isAllowed = backupTag === 'allowed' || destinations.every((each) => allows(firewall, judgeable, each));
  if (isAllowed) {
    return hasDeny
      ? notKnown(
          'not-exposed',
          `Azure Firewall ${name} also has rules that deny; which of them come first is not read.`,
        )
      : { kind: 'allows', firewall: name };
  }
  if (backupTag === 'inspected') {
    return notKnown('not-exposed', `Azure Firewall ${name} inspects TLS, which Azure Backup does not support.`);
  }
  return isComplete && !mayAllowBackup(firewall, judgeable)
    ? { kind: 'closed', firewall: name }
    : notKnown(
        'partial-inventory',
        `No rule of Azure Firewall ${name} that could be read clearly allows Azure Backup.`,
      );
}

/** Whether network rules allow all addresses of a destination. */
function allows({ allows: prefixes }: Firewall, judgeable: Judgeable, destination: Destination): boolean {
  const target = targetOf(judgeable, destination);
  const allowed = union(prefixes.flatMap((prefix) => target.covered(prefix).yes));
  return cut(target.addresses, allowed).every(({ lo }) => includes(allowed, lo));
}

function mayAllowBackup({ perhaps }: Firewall, judgeable: Judgeable): boolean {
  const target = targetOf(judgeable, 'AzureBackup');
  const touched = perhaps.destinations.flatMap((prefix) => {
    const { yes, maybe } = target.covered(prefix);
    return [...yes, ...maybe];
  });
  return perhaps.backupNames || target.addresses.some((range) => touched.some((each) => overlaps(range, each)));
}
