import type { ResourceRule } from '../domain/resource-rule.ts';
import type { Remedy, Rule, RuleText } from '../domain/rule.ts';
import { type EvidenceFor, evidenceFor } from './controls.ts';
import { familyOfRule } from './finding-family.ts';

/** A rule as it is told to readers. */
export interface RuleDescription extends Omit<RuleText, 'remedies'> {
  /** Whether it judges VMs or other resources. */
  readonly judges: 'vms' | 'other resources';
  readonly needs: readonly string[];
  readonly remedies: Readonly<Record<string, Remedy>>;
  /** Controls for which a failure is evidence; never a statement that one is met. */
  readonly evidenceFor: readonly EvidenceFor[];
}

/** The data of a rule without its code. */
export function describeRule(rule: Rule | ResourceRule): RuleDescription {
  const { id, title, category, severity, rationale, pass, fail, remedies, sources, reviewed } = rule;
  const family = familyOfRule(id);
  return {
    id,
    title,
    category,
    severity,
    judges: 'about' in rule ? 'other resources' : 'vms',
    rationale,
    needs: 'about' in rule ? [rule.about] : Object.keys(rule.needs),
    pass,
    fail,
    remedies,
    sources,
    reviewed,
    evidenceFor: family ? evidenceFor(family) : [],
  };
}
