import type { Remedy, Rule } from '../domain/rule.ts';

/** A rule as it is told to readers. */
export interface RuleDescription {
  readonly id: string;
  readonly title: string;
  readonly category: Rule['category'];
  readonly severity: Rule['severity'];
  readonly rationale: string;
  readonly needs: readonly string[];
  readonly pass: Rule['pass'];
  readonly fail: Rule['fail'];
  readonly remedies: Readonly<Record<string, Remedy>>;
  readonly sources: readonly string[];
  readonly reviewed: string;
}

/** The data of a rule without its code. */
export function describeRule(rule: Rule): RuleDescription {
  const { id, title, category, severity, rationale, needs, pass, fail, remedies, sources, reviewed } = rule;
  return {
    id,
    title,
    category,
    severity,
    rationale,
    needs: Object.keys(needs),
    pass,
    fail,
    remedies,
    sources,
    reviewed,
  };
}
