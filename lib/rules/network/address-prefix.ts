import { everyAddress, isIpv6, parseCidr, type Range } from './cidr.ts';
import { parseServiceTag, type ServiceTag } from './service-tag.ts';

/** One entry of an address field of a rule or a route. */
export type AddressPrefix =
  | { readonly kind: 'range'; readonly range: Range }
  | { readonly kind: 'ipv6' }
  | { readonly kind: 'tag'; readonly tag: ServiceTag }
  | { readonly kind: 'unreadable' };

/** Reads one entry: `*`, an address, a prefix or a service tag. */
export function parseAddressPrefix(entry: unknown): AddressPrefix {
  if (typeof entry !== 'string') {
    return { kind: 'unreadable' };
  }
  const range = entry === '*' ? everyAddress : parseCidr(entry);
  if (range) {
    return { kind: 'range', range: { lo: range.lo, hi: range.hi } };
  }
  if (isIpv6(entry)) {
    return { kind: 'ipv6' };
  }
  const tag = parseServiceTag(entry);
  return tag ? { kind: 'tag', tag } : { kind: 'unreadable' };
}
