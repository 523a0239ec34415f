import type { FactName, FactSheet, Facts } from './fact-sheet.ts';
import { onceFor } from './memo.ts';
import type { JudgementContext, Outcome, Rule, Settles } from './rule.ts';

/** A rule with what it said about one VM. */
export interface Judged {
  readonly rule: Rule;
  readonly outcome: Outcome;
}

/** The facts that a rule needs. */
export const factsNeeded = onceFor((rule: Rule) => Object.keys(rule.needs) as readonly FactName[]);

/** Which of some rules, by their place, need a fact. */
const placesByFact = onceFor((rules: readonly Rule[]): readonly (readonly [FactName, readonly number[]])[] => {
  const places = new Map<FactName, number[]>();
  for (const [place, rule] of rules.entries()) {
    for (const name of factsNeeded(rule)) {
      places.set(name, [...(places.get(name) ?? []), place]);
    }
  }
  return [...places];
});

/** Places of the rules that lack a fact; nearly all facts of nearly all VMs are known. */
function lacking(rules: readonly Rule[], sheet: FactSheet): ReadonlySet<number> {
  const places = new Set<number>();
  for (const [name, ofFact] of placesByFact(rules)) {
    if (sheet[name].kind === 'unknown') {
      for (const place of ofFact) {
        places.add(place);
      }
    }
  }
  return places;
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

/** The first fact that a rule lacks makes its outcome `unknown`; the rule itself never sees it. */
function unknownFor(rule: Rule, sheet: FactSheet): Outcome | undefined {
  for (const name of factsNeeded(rule)) {
    const fact = sheet[name];
    if (fact.kind === 'unknown') {
      return { kind: 'unknown', because: fact.because };
    }
  }
  return undefined;
}

/** What all rules say about one VM, in the order of the rules. */
export function judgeAll(rules: readonly Rule[], sheet: FactSheet, context: JudgementContext): readonly Outcome[] {
  const values = knownValues(sheet) as Facts;
  const unable = lacking(rules, sheet);
  return rules.map((rule, place) => {
    const concern = rule.concerns?.(sheet) ?? true;
    if (concern !== true) {
      return { kind: 'notApplicable', why: concern };
    }
    return (unable.has(place) && unknownFor(rule, sheet)) || rule.check(values, context, sheet);
  });
}

/** Whether an outcome settles the verdict at once. */
export function settles(outcome: Outcome): Settles | undefined {
  return outcome.kind === 'pass' || outcome.kind === 'fail' ? outcome.settles : undefined;
}
