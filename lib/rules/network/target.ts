import type { AddressPrefix } from './address-prefix.ts';
import { type Cidr, everyAddress, type Range } from './cidr.ts';
import type { Destination } from './destination.ts';
import { publicSpace } from './public-space.ts';
import { type RangeSet, union } from './range-set.ts';
import { parseServiceTag, type ServiceTag, tagCovers, tagOf } from './service-tag.ts';
import type { ServiceTagData } from './service-tag-data.ts';

/** Which addresses a prefix certainly and possibly covers. */
export interface Coverage {
  readonly yes: readonly Range[];
  readonly maybe: readonly Range[];
}

/** Where a flow goes: the addresses that may answer, and what a prefix of a rule means for them. */
export interface Target {
  readonly addresses: RangeSet;
  /** The prefixes of a public service, if the service tag data lists them. */
  readonly listed?: readonly Cidr[];
  covered(prefix: AddressPrefix): Coverage;
}

const all: Coverage = { yes: [everyAddress], maybe: [] };
const perhaps: Coverage = { yes: [], maybe: [everyAddress] };
const none: Coverage = { yes: [], maybe: [] };
const byMatch = { yes: all, maybe: perhaps, no: none };

function coverage(prefix: AddressPrefix, ofTag: (tag: ServiceTag) => Coverage): Coverage {
  switch (prefix.kind) {
    case 'range':
      return { yes: [prefix.range], maybe: [] };
    case 'ipv6':
      return none;
    case 'unreadable':
      return perhaps;
    case 'tag':
      return ofTag(prefix.tag);
    default: {
      const never: never = prefix;
      return never;
    }
  }
}

/**
 * A public service: its prefixes if the service tag data lists them, else all of the public space. `virtualNetwork` is
 * what the tag of that name covers here.
 */
export function publicTarget(
  destination: Destination,
  region: string | undefined,
  data: ServiceTagData,
  virtualNetwork: Coverage,
): Target {
  const own = parseServiceTag(tagOf(destination, region));
  const listed = own && (destination !== 'Storage' || region) ? data.prefixesOf(own) : undefined;
  return {
    addresses: listed ? union(listed) : publicSpace,
    ...(listed ? { listed } : {}),
    covered: (prefix) =>
      coverage(prefix, (tag) => {
        if (tag.name === 'virtualnetwork') {
          return virtualNetwork;
        }
        const prefixes = listed ? data.prefixesOf(tag) : undefined;
        return prefixes ? { yes: prefixes, maybe: [] } : byMatch[tagCovers(tag, destination, region)];
      }),
  };
}

/** Addresses of a private endpoint in the VM's own or a peered network: of the tags only VirtualNetwork holds them. */
export function privateTarget(addresses: readonly Range[]): Target {
  return {
    addresses: union(addresses),
    covered: (prefix) => coverage(prefix, (tag) => (tag.name === 'virtualnetwork' ? all : none)),
  };
}
