import type { Cidr } from './cidr.ts';
import type { Configuration, Judgeable } from './configuration.ts';
import type { Destination } from './destination.ts';
import type { LearnedDefault } from './learned-default.ts';
import type { Match } from './match.ts';
import { cut, includes, type RangeSet, union } from './range-set.ts';
import type { UserRoute } from './route-table.ts';
import { type ServiceTag, tagCovers } from './service-tag.ts';
import type { ServiceTagData } from './service-tag-data.ts';
import type { Target } from './target.ts';

/** A way that traffic of a cell may take. */
export type Hop =
  | { readonly kind: 'user'; readonly route: UserRoute }
  | { readonly kind: 'default'; readonly learned: LearnedDefault }
  | { readonly kind: 'vnet' }
  | { readonly kind: 'serviceEndpoint' };

/** A way with the prefix that leads there, as far as it is known in numbers. */
interface Exact {
  readonly hop: Hop;
  readonly set: RangeSet;
  readonly length: number;
  /** Decides between equal prefixes; the lower one wins. */
  readonly rank: number;
}

/** A route to a service tag whose prefixes are not known. */
interface Symbolic {
  readonly hop: Hop;
  readonly covers: Match;
  readonly rank: number;
}

/** Without its prefixes, a tag route counts as longer than any prefix up to this length. */
const shorterThanAnyTag = 8;
const systemRank = 5;

/** Explicit prefixes come first, then regional tags, top-level tags, AzureCloud of a region, AzureCloud (routing page). */
function tagRank({ name, region }: ServiceTag): number {
  return (name === 'azurecloud' ? 3 : 1) + (region ? 0 : 1);
}

/** A service endpoint: whether it carries the traffic, and the length of the prefix it has in the route table. */
interface Endpoint {
  readonly covers: Match;
  readonly lengthAt: (address: number) => number | undefined;
}

/**
 * The ways that traffic to a public service may take: for each cell of its addresses, lowest first, those of the longest
 * prefix. Several remain where it is not documented, or not known without the prefixes of a tag, which of them wins.
 */
export function chooseHops(
  { configuration, tags }: Judgeable,
  destination: Destination,
  target: Target,
  routes: readonly UserRoute[],
): readonly Hop[] {
  const exact = [...systemHops(configuration), ...routes.flatMap((route) => exactHops(route, target, tags))];
  const symbolic = routes.flatMap((route) => symbolicHop(route, destination, target, tags, configuration.region));
  const endpoint = storageEndpoint(configuration, destination, target);
  const cells = cut(
    target.addresses,
    exact.flatMap(({ set }) => set),
  );
  return cells.flatMap(({ lo }) => {
    const hops = withEndpoint(longest(exact, lo), tagWinners(symbolic), endpoint, lo);
    // Whether this endpoint carries the sign-in traffic of Entra ID is unconfirmed: it never stands alone.
    const isDoubtful = destination === 'AzureActiveDirectory' && configuration.entraEndpoint;
    return isDoubtful ? [...hops, { kind: 'serviceEndpoint' } as const] : hops;
  });
}

function systemHops({ learnedDefault, ownPublicSpace }: Configuration): readonly Exact[] {
  const all = { lo: 0, hi: 2 ** 32 - 1 };
  return [
    { hop: { kind: 'default', learned: learnedDefault }, set: [all], length: 0, rank: systemRank },
    ...(ownPublicSpace ?? []).map(
      (range): Exact => ({
        hop: { kind: 'vnet' },
        set: [range],
        length: range.length,
        rank: systemRank,
      }),
    ),
  ];
}

function exactHops(route: UserRoute, target: Target, tags: ServiceTagData): readonly Exact[] {
  const hop: Hop = { kind: 'user', route };
  if (route.to.kind === 'range') {
    return [{ hop, set: [route.to.range], length: route.length ?? 0, rank: 0 }];
  }
  const prefixes = target.listed ? (tags.prefixesOf(route.to.tag) ?? []) : [];
  const byLength = Map.groupBy(prefixes, ({ length }) => length);
  const rank = tagRank(route.to.tag);
  return [...byLength].map(([length, ranges]) => ({ hop, set: union(ranges), length, rank }));
}

function symbolicHop(
  route: UserRoute,
  destination: Destination,
  target: Target,
  tags: ServiceTagData,
  region: string | undefined,
): readonly Symbolic[] {
  if (route.to.kind === 'range' || (target.listed && tags.prefixesOf(route.to.tag))) {
    return [];
  }
  const covers = tagCovers(route.to.tag, destination, region);
  return covers === 'no' ? [] : [{ hop: { kind: 'user', route }, covers, rank: tagRank(route.to.tag) }];
}

function storageEndpoint({ storageEndpoint }: Configuration, destination: Destination, { listed }: Target): Endpoint {
  const lengthAt = (address: number) =>
    listed && Math.max(...listed.filter((each) => holds(each, address)).map(({ length }) => length));
  return { covers: destination === 'Storage' ? storageEndpoint : 'no', lengthAt };
}

function holds({ lo, hi }: Cidr, address: number): boolean {
  return lo <= address && address <= hi;
}

/** The longest prefixes that hold an address; the system's default route holds every one. */
function longest(exact: readonly Exact[], address: number): readonly Exact[] {
  const here = exact.filter(({ set }) => includes(set, address));
  const length = Math.max(...here.map((each) => each.length));
  const rank = Math.min(...here.filter((each) => each.length === length).map((each) => each.rank));
  return here.filter((each) => each.length === length && each.rank === rank);
}

function tagWinners(symbolic: readonly Symbolic[]): readonly Symbolic[] {
  const rank = Math.min(...symbolic.filter(({ covers }) => covers === 'yes').map((each) => each.rank));
  return symbolic.filter((each) => each.rank <= rank);
}

function withEndpoint(
  exact: readonly Exact[],
  tagRoutes: readonly Symbolic[],
  endpoint: Endpoint,
  address: number,
): readonly Hop[] {
  const length = exact[0]?.length ?? 0;
  const tagHops = tagRoutes.map(({ hop }) => hop);
  const tagsWin = length <= shorterThanAnyTag && tagRoutes.some(({ covers }) => covers === 'yes');
  const hops = tagsWin ? tagHops : [...exact.map(({ hop }) => hop), ...tagHops];
  if (endpoint.covers === 'no') {
    return hops;
  }
  const own = endpoint.lengthAt(address);
  const isAlone = tagHops.length === 0;
  if (isAlone && endpoint.covers === 'yes' && length < (own ?? shorterThanAnyTag + 1)) {
    return [{ kind: 'serviceEndpoint' }];
  }
  return isAlone && own !== undefined && length > own ? hops : [...hops, { kind: 'serviceEndpoint' }];
}
