import type { FactName, FactSheet, Facts } from './fact-sheet.ts';
import type { JudgementContext, Outcome, Rule, Settles } from './rule.ts';

/** A rule with what it said about one VM. */
export interface Judged {
  readonly rule: Rule;
  readonly outcome: Outcome;
}

const needsOfRule = new WeakMap<Rule, readonly FactName[]>();

/** The facts that a rule needs. */
export function factsNeeded(rule: Rule): readonly FactName[] {
  const cached = needsOfRule.get(rule);
  if (cached) {
    return cached;
  }
  const names = Object.keys(rule.needs) as FactName[];
  needsOfRule.set(rule, names);
  return names;
}

/** The values of the facts that are known; made once per VM and shared by all rules. */
function knownValues(sheet: FactSheet): Partial<Facts> {
  const values: { -readonly [Name in FactName]?: unknown } = {};
  for (const name of Object.keys(sheet) as FactName[]) {
    const fact = sheet[name];
    if (fact.kind === 'known') {
      values[name] = fact.value;
    }
  }
  return values as Partial<Facts>;
}

/** One rule on one VM. A missing fact makes the outcome `unknown`; the rule itself never sees it. */
function judgeRule(rule: Rule, sheet: FactSheet, values: Partial<Facts>, context: JudgementContext): Outcome {
  const concern = rule.concerns?.(sheet) ?? true;
  if (concern !== true) {
    return { kind: 'notApplicable', why: concern };
  }
  for (const name of factsNeeded(rule)) {
    const fact = sheet[name];
    if (fact.kind === 'unknown') {
      return { kind: 'unknown', because: fact.because };
    }
  }
  return rule.check(values as Facts, context, sheet);
}

/** All rules on one VM. */
export function judgeAll(rules: readonly Rule[], sheet: FactSheet, context: JudgementContext): readonly Judged[] {
  const values = knownValues(sheet);
  return rules.map((rule) => ({ rule, outcome: judgeRule(rule, sheet, values, context) }));
}

/** Whether an outcome settles the verdict at once. */
export function settles(outcome: Outcome): Settles | undefined {
  return outcome.kind === 'pass' || outcome.kind === 'fail' ? outcome.settles : undefined;
}
