import { type Cidr, parseCidr } from './cidr.ts';
import { listAt, textAt } from './row.ts';
import { parseServiceTag, type ServiceTag, tagKey } from './service-tag.ts';

/** IPv4 prefixes of service tags as one download lists them. */
export interface ServiceTagData {
  /** Differs between downloads, so that verdicts of one are not taken for those of another. */
  readonly edition: number;
  prefixesOf(tag: ServiceTag): readonly Cidr[] | undefined;
}

/** Stands in where no data was loaded. */
export const noServiceTagData: ServiceTagData = { edition: 0, prefixesOf: () => undefined };

const read = new WeakMap<object, ServiceTagData>();
let editions = 0;

/**
 * Reads the answer of `locations/{region}/serviceTags` or the weekly file, once per object. A tag without any IPv4
 * prefix counts as not listed: an empty destination would be open to everything.
 */
export function readServiceTagData(raw: unknown): ServiceTagData {
  if (typeof raw !== 'object' || raw === null) {
    return noServiceTagData;
  }
  const known = read.get(raw);
  if (known) {
    return known;
  }
  const prefixesByTag = new Map((listAt(raw, 'values') ?? []).flatMap((value) => entry(value)));
  editions += 1;
  const data = { edition: editions, prefixesOf: (tag: ServiceTag) => prefixesByTag.get(tagKey(tag)) };
  read.set(raw, data);
  return data;
}

function entry(value: unknown): [string, readonly Cidr[]][] {
  const tag = parseServiceTag(textAt(value, 'name') ?? textAt(value, 'id') ?? '');
  const prefixes = listAt(value, 'properties', 'addressPrefixes') ?? [];
  const ipv4 = prefixes.flatMap((prefix) => (typeof prefix === 'string' ? (parseCidr(prefix) ?? []) : []));
  return tag && ipv4.length > 0 ? [[tagKey(tag), ipv4]] : [];
}
