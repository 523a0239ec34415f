import type { ArmId } from '../../domain/ids.ts';
import { parseAddressPrefix } from './address-prefix.ts';
import type { Range } from './cidr.ts';
import { anyOf, type Match } from './match.ts';
import { cut, includes, type RangeSet, union } from './range-set.ts';

/** Where traffic comes from: one address, or any of the subnet's if the interface's own is not known. */
export interface TrafficSource {
  /** Empty if nothing is known. */
  readonly addresses: readonly Range[];
  readonly applicationSecurityGroups: readonly ArmId[];
}

/** Whether the source field of a rule, read once, holds a VM. */
export type SourceMatch = (source: TrafficSource) => Match;

/** Reads an address field. Of the service tags only VirtualNetwork holds the VM. */
export function sourceAddresses(entries: readonly unknown[]): SourceMatch {
  const prefixes = entries.map(parseAddressPrefix);
  if (prefixes.some((prefix) => prefix.kind === 'tag' && prefix.tag.name === 'virtualnetwork')) {
    return () => 'yes';
  }
  const ranges = prefixes.flatMap((prefix) => (prefix.kind === 'range' ? [prefix.range] : []));
  const covered = union(ranges);
  if (covered.some(({ lo, hi }) => lo === 0 && hi === 2 ** 32 - 1)) {
    return () => 'yes';
  }
  const doubt = entries.length === 0 || prefixes.some(({ kind }) => kind === 'unreadable') ? 'maybe' : 'no';
  return ({ addresses }) => anyOf([rangeMatch(covered, addresses), doubt]);
}

/** Reads a list of application security groups. */
export function sourceGroups(groups: readonly (ArmId | undefined)[]): SourceMatch {
  return ({ applicationSecurityGroups }) =>
    anyOf(
      groups.map((group) => {
        if (group === undefined) {
          return 'maybe';
        }
        return applicationSecurityGroups.includes(group) ? 'yes' : 'no';
      }),
    );
}

/** Nowhere at all: a rule that holds even this holds every VM. */
const nowhere: TrafficSource = { addresses: [], applicationSecurityGroups: [] };

/** Whether a rule holds every VM, wherever it stands. */
export function holdsEverybody(match: SourceMatch): boolean {
  return match(nowhere) === 'yes';
}

function rangeMatch(covered: RangeSet, addresses: readonly Range[]): Match {
  if (covered.length === 0) {
    return 'no';
  }
  const [only] = addresses;
  if (only && addresses.length === 1 && only.lo === only.hi) {
    return includes(covered, only.lo) ? 'yes' : 'no';
  }
  const inside = cut(union(addresses), covered).map(({ lo }) => includes(covered, lo));
  if (inside.length === 0) {
    return 'maybe';
  }
  if (inside.every(Boolean)) {
    return 'yes';
  }
  return inside.some(Boolean) ? 'maybe' : 'no';
}
