import type { AddressPrefix } from './address-prefix.ts';
import type { DecidingRule, MissingPart } from './verdict.ts';

/** What a rule does to the traffic it matches; `alwaysAllow` skips every later layer. */
export type Action = 'allow' | 'deny' | 'alwaysAllow';

/** An outbound rule that does or may match this VM's traffic on TCP 443; only its destination is left to compare. */
export interface OutboundRule {
  readonly action: Action;
  /** False if protocol, ports or source match only perhaps. */
  readonly certain: boolean;
  readonly to: readonly AddressPrefix[];
  readonly shown: DecidingRule;
}

/** One layer of rules in the order of their evaluation; none of them, or not readable. */
export type Layer =
  | { readonly kind: 'none' }
  | { readonly kind: 'missing'; readonly part: MissingPart }
  | { readonly kind: 'rules'; readonly rules: readonly OutboundRule[] };

/**
 * A layer from rules in any order. Two rules with the same priority and different actions cannot occur within a network
 * security group; elsewhere their order is not documented, so neither is certain.
 */
export function layerOf(rules: readonly OutboundRule[]): Layer {
  const byPriority = Map.groupBy(rules, ({ shown }) => shown.priority);
  const isDisputed = ({ shown, action }: OutboundRule) =>
    byPriority.get(shown.priority)?.some((other) => other.action !== action);
  const sorted = rules.toSorted((a, b) => a.shown.priority - b.shown.priority || compare(a, b));
  return { kind: 'rules', rules: sorted.map((rule) => (isDisputed(rule) ? { ...rule, certain: false } : rule)) };
}

function compare(a: OutboundRule, b: OutboundRule): number {
  const [one, other] = [JSON.stringify([a.shown.name, a]), JSON.stringify([b.shown.name, b])];
  if (one === other) {
    return 0;
  }
  return one < other ? -1 : 1;
}
