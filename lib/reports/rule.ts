import type { ResourceRule } from '../domain/resource-rule.ts';
import type { Remedy, Rule, RuleText } from '../domain/rule.ts';
import type { ServerRule } from '../domain/server-rule.ts';
import { type EvidenceFor, evidenceFor } from './controls.ts';
import { familyOfRule } from './finding-family.ts';

/** A rule as it is told to readers. */
export interface RuleDescription extends Omit<RuleText, 'remedies'> {
  /** What it judges. */
  readonly judges: 'vms' | 'other resources' | 'backup servers';
  readonly needs: readonly string[];
  /** What the owner may confirm, where Azure does not show it. */
  readonly checklist?: string;
  readonly remedies: Readonly<Record<string, Remedy>>;
  /** Controls for which a failure is evidence; never a statement that one is met. */
  readonly evidenceFor: readonly EvidenceFor[];
}

/** The data of a rule without its code. */
export function describeRule(rule: Rule | ResourceRule | ServerRule): RuleDescription {
  const { id, title, category, severity, rationale, pass, fail, remedies, sources, reviewed } = rule;
  const family = familyOfRule(id);
  const checklist = 'judges' in rule ? rule.checklist : undefined;
  return {
    id,
    title,
    category,
    severity,
    judges: 'judges' in rule ? rule.judges : 'about' in rule ? 'other resources' : 'vms',
    rationale,
    needs: 'about' in rule ? [rule.about] : Object.keys(rule.needs),
    ...(checklist ? { checklist } : {}),
    pass,
    fail,
    remedies,
    sources,
    reviewed,
    evidenceFor: family ? evidenceFor(family) : [],
  };
}
