import { type AddressPrefix, parseAddressPrefix } from './address-prefix.ts';
import { type Action, type Layer, layerOf, type OutboundRule } from './layer.ts';
import { allOf, type Match } from './match.ts';
import { protocolMatch } from './nsg.ts';
import { destinationPortMatch, sourcePortMatch } from './ports.ts';
import { nameOf } from './reference.ts';
import { at, isRow, listAt, textAt, wordAt } from './row.ts';
import { oncePerRow } from './row-memo.ts';
import { type SourceMatch, sourceAddresses, type TrafficSource } from './traffic-source.ts';
import type { DecidingRule } from './verdict.ts';

const accesses = new Map<string | undefined, readonly [Action, DecidingRule['access']]>([
  ['allow', ['allow', 'Allow']],
  ['deny', ['deny', 'Deny']],
  ['alwaysallow', ['alwaysAllow', 'AlwaysAllow']],
]);

/** A rule that may concern TCP 443, whoever sends it; only source and destination are left to compare. */
interface AdminRule extends Omit<OutboundRule, 'certain'> {
  readonly match: Match;
  readonly source: SourceMatch;
}

/**
 * The security admin rules of a virtual network (Azure Virtual Network Manager), which come before its network security
 * groups. A row that is not a readable rule hides what it does, so the whole layer is missing then; so it is if the rows
 * could not be read at all (`null`).
 */
export function adminLayer(raw: unknown, source: TrafficSource): Layer {
  const rows = raw === undefined ? [] : raw;
  if (!Array.isArray(rows)) {
    return { kind: 'missing', part: 'adminRules' };
  }
  const rules = rows.map(readAdminRule);
  const readable = rules.filter((rule) => rule !== undefined);
  if (readable.length < rules.length) {
    return { kind: 'missing', part: 'adminRules' };
  }
  return rows.length === 0 ? { kind: 'none' } : layerOf(readable.flat().flatMap((rule) => seenFrom(rule, source)));
}

/** Source sides of the rules in the rows. */
export function adminSources(raw: unknown): readonly SourceMatch[] {
  return (Array.isArray(raw) ? raw : []).flatMap((row) => (readAdminRule(row) ?? []).map((rule) => rule.source));
}

function seenFrom({ match: matchOfTraffic, source: sourceMatch, ...rule }: AdminRule, source: TrafficSource) {
  const match = allOf([matchOfTraffic, sourceMatch(source)]);
  return match === 'no' ? [] : [{ ...rule, certain: match === 'yes' }];
}

/** One rule, or none if it does not concern this traffic; `undefined` if it cannot be read. */
const readAdminRule = oncePerRow((raw): readonly AdminRule[] | undefined => {
  const properties = camelKeys(at(raw, 'properties'));
  const direction = wordAt(properties, 'direction');
  const [action, access] = accesses.get(wordAt(properties, 'access')) ?? [];
  const priority = at(properties, 'priority');
  if (direction === 'inbound') {
    return [];
  }
  if (direction !== 'outbound' || !action || !access || typeof priority !== 'number' || !Number.isFinite(priority)) {
    return undefined;
  }
  const match = allOf([
    protocolMatch(wordAt(properties, 'protocol'), 'tcp'),
    destinationPortMatch(listAt(properties, 'destinationPortRanges') ?? []),
    sourcePortMatch(listAt(properties, 'sourcePortRanges') ?? []),
  ]);
  if (match === 'no') {
    return [];
  }
  const id = textAt(raw, 'id');
  const shown = { layer: 'adminRules', name: nameOf(raw) ?? '', priority, access, ...(id ? { id } : {}) } as const;
  const source = sourceAddresses(addressEntries(properties, 'sources'));
  return [{ action, match, source, to: destinationsOf(properties), shown }];
});

function destinationsOf(properties: unknown): readonly AddressPrefix[] {
  const entries = addressEntries(properties, 'destinations');
  return entries.length > 0 ? entries.map(parseAddressPrefix) : [{ kind: 'unreadable' }];
}

function addressEntries(properties: unknown, name: string): readonly unknown[] {
  return (listAt(properties, name) ?? []).map((entry) => at(entry, 'addressPrefix'));
}

/** Lowers the first letter of every key: Resource Graph returns these rows in camelCase and in PascalCase (unconfirmed). */
function camelKeys(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(camelKeys);
  }
  if (!isRow(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key.charAt(0).toLowerCase() + key.slice(1), camelKeys(each)]),
  );
}
