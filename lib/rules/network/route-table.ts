import { type AddressPrefix, parseAddressPrefix } from './address-prefix.ts';
import { parseCidr } from './cidr.ts';
import type { Firewall } from './firewall.ts';
import { nameOf, type Reference } from './reference.ts';
import { at, textAt } from './row.ts';
import type { DecidingRoute, Reason } from './verdict.ts';

/** Where a route sends traffic. */
export type NextHop =
  | { readonly kind: 'drop' | 'internet' }
  | { readonly kind: 'appliance'; readonly firewall?: Firewall }
  | { readonly kind: 'unclear'; readonly reason: Reason };

/** A user route, read so far that it can be placed. IPv6 routes are left out. */
export interface UserRoute {
  readonly to: Extract<AddressPrefix, { kind: 'range' | 'tag' }>;
  /** Length of the prefix; a tag has none until its prefixes are known. */
  readonly length?: number;
  readonly hop: NextHop;
  readonly shown: DecidingRoute;
}

/** The user routes of a subnet, and whether gateways may add theirs; `missing` if there is a table but no row. */
export type RouteTable =
  | { readonly kind: 'routes'; readonly routes: readonly UserRoute[]; readonly isPropagating: boolean }
  | { readonly kind: 'missing'; readonly part: 'routeTable' | 'subnet' };

/** Tags that Azure does not accept as the prefix of a route (virtual network traffic routing). */
const notForRoutes = /^(internet|virtualnetwork|azureloadbalancer|azureplatform.*)$/;

/** Reads a route table. A route that cannot be placed may concern any address, so the table is then missing. */
export function readRouteTable(
  reference: Reference | undefined,
  raw: unknown,
  firewallAt: (address: string) => Firewall | undefined,
): RouteTable {
  if (reference === undefined) {
    return { kind: 'missing', part: 'subnet' };
  }
  if (reference === 'none' && (raw === undefined || raw === null)) {
    return { kind: 'routes', routes: [], isPropagating: true };
  }
  const rows = at(raw, 'properties', 'routes');
  if (!Array.isArray(rows)) {
    return { kind: 'missing', part: 'routeTable' };
  }
  const routes = rows.map((row) => readRoute(row, nameOf(raw), firewallAt));
  if (!routes.every((route) => route !== undefined)) {
    return { kind: 'missing', part: 'routeTable' };
  }
  const isPropagating = at(raw, 'properties', 'disableBgpRoutePropagation') !== true;
  return { kind: 'routes', routes: routes.flat().toSorted(byText), isPropagating };
}

function byText(a: UserRoute, b: UserRoute): number {
  const [one, other] = [JSON.stringify(a), JSON.stringify(b)];
  if (one === other) {
    return 0;
  }
  return one < other ? -1 : 1;
}

function readRoute(
  raw: unknown,
  table: string | undefined,
  firewallAt: (address: string) => Firewall | undefined,
): readonly UserRoute[] | undefined {
  const prefix = textAt(raw, 'properties', 'addressPrefix');
  const to = parseAddressPrefix(prefix);
  if (prefix === undefined || to.kind === 'unreadable') {
    return undefined;
  }
  if (to.kind === 'ipv6' || (to.kind === 'tag' && notForRoutes.test(to.tag.name))) {
    return [];
  }
  const nextHopType = textAt(raw, 'properties', 'nextHopType') ?? '';
  const nextHopIpAddress = textAt(raw, 'properties', 'nextHopIpAddress');
  const length = parseCidr(prefix)?.length;
  return [
    {
      to,
      ...(length === undefined ? {} : { length }),
      hop: nextHop(nextHopType.toLowerCase(), nextHopIpAddress, firewallAt),
      shown: {
        source: 'user',
        routeTable: table ?? '',
        name: nameOf(raw) ?? '',
        addressPrefix: prefix,
        nextHopType,
        ...(nextHopIpAddress ? { nextHopIpAddress } : {}),
      },
    },
  ];
}

function nextHop(
  type: string,
  address: string | undefined,
  firewallAt: (address: string) => Firewall | undefined,
): NextHop {
  switch (type) {
    case 'none':
      return { kind: 'drop' };
    case 'internet':
      return { kind: 'internet' };
    case 'virtualappliance': {
      const firewall = address ? firewallAt(address) : undefined;
      return { kind: 'appliance', ...(firewall ? { firewall } : {}) };
    }
    case 'virtualapplianceecmp':
      return { kind: 'appliance' };
    case 'virtualnetworkgateway':
      return { kind: 'unclear', reason: 'ROUTE_GATEWAY' };
    case 'vnetlocal':
      return { kind: 'unclear', reason: 'ROUTE_VNETLOCAL' };
    default:
      return { kind: 'unclear', reason: 'ROUTE_UNSUPPORTED' };
  }
}
