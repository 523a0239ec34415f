/** IPv4 addresses from `lo` to `hi`, both included, as numbers: they are exact, while bitwise operators are not. */
export interface Range {
  readonly lo: number;
  readonly hi: number;
}

/** A range that is one prefix of the given length, 0 to 32. */
export interface Cidr extends Range {
  readonly length: number;
}

/** All of IPv4. */
export const everyAddress: Cidr = { lo: 0, hi: 2 ** 32 - 1, length: 0 };

/** Dotted quad to number; `undefined` if it is not an IPv4 address. */
export function parseAddress(text: string): number | undefined {
  let address = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  // Letter by letter: an address is read for every VM.
  for (let place = 0; place < text.length; place += 1) {
    const letter = text.charCodeAt(place);
    if (letter === dot && digits > 0) {
      address = address * 256 + part;
      part = 0;
      digits = 0;
      dots += 1;
    } else if (letter >= zero && letter <= nine && digits < 3) {
      part = part * 10 + letter - zero;
      digits += 1;
    } else {
      return undefined;
    }
    if (part > 255) {
      return undefined;
    }
  }
  return dots === 3 && digits > 0 ? address * 256 + part : undefined;
}

const dot = 46;
const zero = 48;
const nine = 57;

/** A prefix as rules and commands write it: `a.b.c.d/n`. */
export function formatCidr({ lo, length }: Cidr): string {
  const parts = [3, 2, 1, 0].map((byte) => Math.floor(lo / 256 ** byte) % 256);
  return `${parts.join('.')}/${length}`;
}

/** Reads `a.b.c.d` or `a.b.c.d/n`, host bits dropped as Azure does; `undefined` if it is neither. */
export function parseCidr(text: string): Cidr | undefined {
  const [, host = '', bits = '32'] = /^([^/]+)(?:\/(\d{1,2}))?$/.exec(text) ?? [];
  const address = parseAddress(host);
  const length = Number(bits);
  if (address === undefined || length > 32) {
    return undefined;
  }
  const size = 2 ** (32 - length);
  const lo = Math.floor(address / size) * size;
  return { lo, hi: lo + size - 1, length };
}

/** Whether a text is an IPv6 address or prefix. Flows are judged as IPv4, so such a prefix never matches. */
export function isIpv6(text: string): boolean {
  return /^[0-9a-f:.]*:[0-9a-f:.]*(\/\d{1,3})?$/i.test(text);
}

/** Whether the second range lies wholly in the first. */
export function contains(outer: Range, inner: Range): boolean {
  return outer.lo <= inner.lo && inner.hi <= outer.hi;
}

/** Whether two ranges have an address in common. */
export function overlaps(a: Range, b: Range): boolean {
  return a.lo <= b.hi && b.lo <= a.hi;
}

/**
 * The IPv4 prefixes of a list in which IPv6 may occur; `undefined` if an entry is neither, because then the list does
 * not say what it covers.
 */
export function ipv4Prefixes(list: readonly unknown[]): readonly Cidr[] | undefined {
  const prefixes: Cidr[] = [];
  for (const entry of list) {
    const prefix = typeof entry === 'string' ? parseCidr(entry) : undefined;
    if (prefix) {
      prefixes.push(prefix);
    } else if (typeof entry !== 'string' || !isIpv6(entry)) {
      return undefined;
    }
  }
  return prefixes;
}
