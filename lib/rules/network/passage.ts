import type { Range } from './cidr.ts';
import type { Layer, OutboundRule } from './layer.ts';
import type { Match } from './match.ts';
import { includes, type RangeSet, union } from './range-set.ts';
import type { Target } from './target.ts';
import type { MissingPart } from './verdict.ts';

interface Placed {
  readonly rule: OutboundRule;
  readonly yes: RangeSet;
  readonly maybe: RangeSet;
}

/** A layer whose rules are compared with the addresses of one target; rules that cannot concern it are left out. */
export type PlacedLayer =
  | { readonly kind: 'rules'; readonly rules: readonly Placed[] }
  | Exclude<Layer, { kind: 'rules' }>;

/** What one layer may do to the traffic of one cell, and the rules behind it. */
export interface Passage {
  readonly missing?: MissingPart;
  readonly denies: readonly OutboundRule[];
  readonly allows: readonly OutboundRule[];
  readonly alwaysAllows: readonly OutboundRule[];
  /** No rule matched for certain. */
  readonly fellThrough: boolean;
  /** The rule that matched for certain and ended the walk. */
  readonly last?: OutboundRule;
  /** A rule that only perhaps matches might do something else than what the walk ended with. */
  readonly doubted: boolean;
}

const passes: Passage = { denies: [], allows: [], alwaysAllows: [], fellThrough: true, doubted: false };

/** Compares the destinations of a layer's rules with a target. */
export function place(layer: Layer, target: Target): PlacedLayer {
  if (layer.kind !== 'rules') {
    return layer;
  }
  const rules = layer.rules.map((rule) => {
    const covered = rule.to.map((prefix) => target.covered(prefix));
    return { rule, yes: union(covered.flatMap(({ yes }) => yes)), maybe: union(covered.flatMap(({ maybe }) => maybe)) };
  });
  return { kind: 'rules', rules: rules.filter(({ yes, maybe }) => yes.length + maybe.length > 0) };
}

/** Ranges at whose edges the layer may change its mind. */
export function edges(layer: PlacedLayer): readonly Range[] {
  return layer.kind === 'rules' ? layer.rules.flatMap(({ yes, maybe }) => [...yes, ...maybe]) : [];
}

function matchAt({ rule, yes, maybe }: Placed, address: number): Match {
  if (includes(yes, address)) {
    return rule.certain ? 'yes' : 'maybe';
  }
  return includes(maybe, address) ? 'maybe' : 'no';
}

/** Walks a layer's rules until one matches for certain; those that match perhaps add what they might do. */
export function walk(layer: PlacedLayer, address: number): Passage {
  if (layer.kind === 'none') {
    return passes;
  }
  if (layer.kind === 'missing') {
    return { ...passes, missing: layer.part };
  }
  const hits: OutboundRule[] = [];
  let last: OutboundRule | undefined;
  for (const placed of layer.rules) {
    const match = matchAt(placed, address);
    if (match !== 'no') {
      hits.push(placed.rule);
    }
    if (match === 'yes') {
      last = placed.rule;
      break;
    }
  }
  const by = (action: OutboundRule['action']) => hits.filter((hit) => hit.action === action);
  return {
    denies: by('deny'),
    allows: by('allow'),
    alwaysAllows: by('alwaysAllow'),
    fellThrough: last === undefined,
    ...(last ? { last } : {}),
    doubted: hits.some(({ action }) => action !== (last?.action ?? 'allow')),
  };
}

/** Whether traffic may get past the layer; rules that say nothing let it pass, and so may those that are not known. */
export function mayAllow({ allows, fellThrough }: Passage): boolean {
  return allows.length > 0 || fellThrough;
}

/** Whether the layer may stop the traffic. */
export function mayDeny({ missing, denies }: Passage): boolean {
  return missing !== undefined || denies.length > 0;
}
