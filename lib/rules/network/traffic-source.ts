import type { ArmId } from '../../domain/ids.ts';
import { parseAddressPrefix } from './address-prefix.ts';
import type { Range } from './cidr.ts';
import { anyOf, type Match } from './match.ts';
import { cut, includes, union } from './range-set.ts';

/** Where traffic comes from: one address, or any of the subnet's if the interface's own is not known. */
export interface TrafficSource {
  /** Empty if nothing is known. */
  readonly addresses: readonly Range[];
  readonly applicationSecurityGroups: readonly ArmId[];
}

/** Whether the source field of a rule holds the VM. Of the service tags only VirtualNetwork does. */
export function sourceMatch(entries: readonly unknown[], source: TrafficSource): Match {
  const prefixes = entries.map(parseAddressPrefix);
  if (prefixes.some((prefix) => prefix.kind === 'tag' && prefix.tag.name === 'virtualnetwork')) {
    return 'yes';
  }
  const ranges = prefixes.flatMap((prefix) => (prefix.kind === 'range' ? [prefix.range] : []));
  const doubt = entries.length === 0 || prefixes.some(({ kind }) => kind === 'unreadable');
  return anyOf([rangeMatch(ranges, source.addresses), doubt ? 'maybe' : 'no']);
}

/** Whether the VM is in one of a rule's application security groups. */
export function sourceGroupMatch(groups: readonly (ArmId | undefined)[], source: TrafficSource): Match {
  return anyOf(
    groups.map((group) => {
      if (group === undefined) {
        return 'maybe';
      }
      return source.applicationSecurityGroups.includes(group) ? 'yes' : 'no';
    }),
  );
}

function rangeMatch(ranges: readonly Range[], addresses: readonly Range[]): Match {
  const covered = union(ranges);
  if (covered.some(({ lo, hi }) => lo === 0 && hi === 2 ** 32 - 1)) {
    return 'yes';
  }
  const inside = cut(union(addresses), covered).map(({ lo }) => includes(covered, lo));
  if (inside.length === 0) {
    return ranges.length === 0 ? 'no' : 'maybe';
  }
  if (inside.every(Boolean)) {
    return 'yes';
  }
  return inside.some(Boolean) ? 'maybe' : 'no';
}
