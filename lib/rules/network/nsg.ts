import { parseAddressPrefix } from './address-prefix.ts';
import { type Layer, layerOf, type OutboundRule } from './layer.ts';
import { allOf, type Match } from './match.ts';
import { destinationPortMatch, sourcePortMatch } from './ports.ts';
import { idOf, isReadable, nameOf, type Reference } from './reference.ts';
import { at, listAt, textAt, wordAt } from './row.ts';
import { oncePerRow } from './row-memo.ts';
import { type SourceMatch, sourceAddresses, sourceGroups, type TrafficSource } from './traffic-source.ts';
import type { DecidingRule } from './verdict.ts';

type NsgLayer = 'nicNsg' | 'subnetNsg';

/** A rule as its row has it, checked so far that it can be placed: direction, access and priority are readable. */
export interface NsgRule {
  readonly name: string;
  readonly priority: number;
  readonly access: 'Allow' | 'Deny';
  /** Whether its source side holds the VM; application security groups replace the addresses. */
  readonly source: SourceMatch;
  readonly properties: unknown;
}

/**
 * The outbound rules of a network security group; `undefined` if one rule cannot be placed, because then it may come
 * before all others. Inbound rules are left out: groups are stateful, and backup connections start at the VM.
 */
export const outboundRules = oncePerRow((raw): readonly NsgRule[] | undefined => {
  const list = at(raw, 'properties', 'securityRules');
  if (!Array.isArray(list)) {
    return undefined;
  }
  const rules = list.filter((rule) => wordAt(rule, 'properties', 'direction') !== 'inbound').map(placeable);
  const readable = rules.filter((rule) => rule !== undefined);
  return readable.length === rules.length ? readable : undefined;
});

function placeable(raw: unknown): NsgRule | undefined {
  const priority = at(raw, 'properties', 'priority');
  const access = wordAt(raw, 'properties', 'access');
  const direction = wordAt(raw, 'properties', 'direction');
  if (direction !== 'outbound' || !isOwnPriority(priority) || (access !== 'allow' && access !== 'deny')) {
    return undefined;
  }
  return {
    name: nameOf(raw) ?? '',
    priority,
    access: access === 'allow' ? 'Allow' : 'Deny',
    source: ruleSource(at(raw, 'properties')),
    properties: at(raw, 'properties'),
  };
}

/** All values of a field that Azure keeps in a singular and a plural form; one of them is usually empty. */
export function fieldValues(properties: unknown, singular: string, plural: string): readonly unknown[] {
  const list = listAt(properties, plural) ?? [at(properties, plural)];
  return [...list, at(properties, singular)].filter((value) => value !== undefined && value !== null && value !== '');
}

/** Whether a protocol field covers a protocol; a word that is none of Azure's leaves it open. */
export function protocolMatch(word: string | undefined, wanted: 'tcp' | 'udp'): Match {
  if (word === '*' || word === 'any' || word === wanted) {
    return 'yes';
  }
  return ['tcp', 'udp', 'icmp', 'esp', 'ah'].includes(word ?? '') ? 'no' : 'maybe';
}

function ruleSource(properties: unknown): SourceMatch {
  const groups = listAt(properties, 'sourceApplicationSecurityGroups');
  if (!groups) {
    return () => 'maybe';
  }
  return groups.length > 0
    ? sourceGroups(groups.map(idOf))
    : sourceAddresses(fieldValues(properties, 'sourceAddressPrefix', 'sourceAddressPrefixes'));
}

/** Source sides of the outbound rules of a network security group. */
export function nsgSources(raw: unknown): readonly SourceMatch[] {
  return outboundRules(raw)?.map(({ source }) => source) ?? [];
}

function destinationPrefixes(properties: unknown): OutboundRule['to'] {
  const groups = listAt(properties, 'destinationApplicationSecurityGroups');
  if (groups && groups.length > 0) {
    // Network interfaces of the virtual network, never a public service.
    return [];
  }
  const values = fieldValues(properties, 'destinationAddressPrefix', 'destinationAddressPrefixes');
  return values.length > 0 && groups ? values.map(parseAddressPrefix) : [{ kind: 'unreadable' }];
}

/** Priorities that an organisation's own rules may have. */
const ownPriorities = { lowest: 100, highest: 4096 };

function isOwnPriority(priority: unknown): priority is number {
  return typeof priority === 'number' && ownPriorities.lowest <= priority && priority <= ownPriorities.highest;
}

/** The priorities before another one that no outbound rule of a group has, ascending. */
export function freePriorities(nsg: unknown, before: number): readonly number[] {
  const taken = new Set(outboundRules(nsg)?.map(({ priority }) => priority));
  const last = Math.min(ownPriorities.highest + 1, before);
  const all = Array.from(
    { length: Math.max(0, last - ownPriorities.lowest) },
    (_, index) => ownPriorities.lowest + index,
  );
  return all.filter((priority) => !taken.has(priority));
}

/** The rules that every group has besides its own; they cannot be deleted (network security groups overview). */
const defaultRules = [
  { name: 'AllowVnetOutBound', priority: 65000, access: 'Allow', to: 'VirtualNetwork' },
  { name: 'AllowInternetOutBound', priority: 65001, access: 'Allow', to: 'Internet' },
  { name: 'DenyAllOutBound', priority: 65500, access: 'Deny', to: '*' },
] as const;

/** The layer of a network security group, seen from one VM. */
export function nsgLayer(layer: NsgLayer, reference: Reference, raw: unknown, source: TrafficSource): Layer {
  if (reference === 'none' && (raw === null || raw === undefined)) {
    return { kind: 'none' };
  }
  const rules = isReadable(raw) ? outboundRules(raw) : undefined;
  if (!rules) {
    return { kind: 'missing', part: layer };
  }
  const nsg = nameOf(raw) ?? '';
  const shown = ({ name, priority, access }: Pick<NsgRule, 'name' | 'priority' | 'access'>, isDefault: boolean) =>
    ({ layer, name, priority, nsg, access, default: isDefault }) satisfies DecidingRule;
  const own = rules.flatMap((rule): OutboundRule[] => {
    const match = trafficMatch(rule, source);
    const action = rule.access === 'Allow' ? 'allow' : 'deny';
    return match === 'no'
      ? []
      : [{ action, certain: match === 'yes', to: destinationPrefixes(rule.properties), shown: shown(rule, false) }];
  });
  const builtIn = defaultRules.map(
    (rule): OutboundRule => ({
      action: rule.access === 'Allow' ? 'allow' : 'deny',
      certain: true,
      to: [parseAddressPrefix(rule.to)],
      shown: shown(rule, true),
    }),
  );
  return layerOf([...own, ...builtIn]);
}

function trafficMatch({ properties, source: sourceMatch }: NsgRule, source: TrafficSource): Match {
  return allOf([
    protocolMatch(textAt(properties, 'protocol')?.toLowerCase(), 'tcp'),
    destinationPortMatch(fieldValues(properties, 'destinationPortRange', 'destinationPortRanges')),
    sourcePortMatch(fieldValues(properties, 'sourcePortRange', 'sourcePortRanges')),
    sourceMatch(source),
  ]);
}
