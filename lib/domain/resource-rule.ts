import type { Resource, ResourceKind, Resources } from './resource.ts';
import type { EvidenceValues, Outcome, Reasons, RuleText } from './rule.ts';

/** One resource of a kind. */
type ResourceOf<K extends ResourceKind> = Resources[K][number];

/**
 * A rule about resources that are no VMs: every resource of one kind is judged by itself. If the kind could not be read,
 * the engine says so once.
 */
export interface ResourceRule<
  K extends ResourceKind = ResourceKind,
  P extends Reasons = Reasons,
  F extends Reasons = Reasons,
> extends RuleText<P, F> {
  readonly about: K;
  /** What was read, by the path under which Azure has it. */
  evidence(resource: ResourceOf<K>): EvidenceValues;
  check(resource: ResourceOf<K>): Outcome<P, F>;
}

/** Lets the compiler infer the kind, reason codes and details of a rule from its own text. */
export function defineResourceRule<const K extends ResourceKind, const P extends Reasons, const F extends Reasons>(
  rule: ResourceRule<K, P, F>,
): ResourceRule<K, P, F> {
  return rule;
}

/** Which resource a finding is about. */
export type FoundResource = Pick<Resource, 'id' | 'name' | 'type' | 'resourceGroup' | 'subscriptionId' | 'region'>;
