import type { Truth } from '../estates/truth.ts';
import type { Answer } from './answer.ts';
import { counted, nothing, type Tally } from './tally.ts';

/** A labelled VM with the answer about it; absent: the service did not know the VM. */
export type Judged = {
  readonly vmId: string;
  readonly truth: Truth;
  readonly answer: Answer | undefined;
  /** The verdict that the sweep stored. */
  readonly sweptVerdict: string | undefined;
};

/** One rule over all VMs: what failed, and what could not be told. */
export type RuleScore = { readonly rule: string; readonly fails: Tally; readonly unknowns: Tally };

/** An answer that is not the right one; `why` says what was planted. */
export type Mistake = {
  readonly id: string;
  readonly what: string;
  readonly expected: string;
  readonly said: string;
  readonly why: string;
};

/** How often a verdict was expected and another given. */
export type VerdictMatrix = Readonly<Record<string, Readonly<Record<string, number>>>>;

type Lists = Pick<Answer, 'fail' | 'unknown' | 'info'>;

const noLists: Lists = { fail: [], unknown: [], info: [] };
const nobody = '(none)';

/** Rules that labels name and the service does not have. */
export function rulesNotBuilt(judged: readonly Judged[], built: ReadonlySet<string>): readonly string[] {
  const named = judged.flatMap(({ truth }) => [...truth.fail, ...truth.unknown, ...truth.info]);
  return [...new Set(named)].filter((rule) => !built.has(rule)).toSorted();
}

/**
 * Compares what was said of one rule with the labels. A failure of the wrong severity (a note in the place of a warning) is
 * one that was missed and one that was said wrongly. VMs whose label leaves the rule open are not counted.
 */
export function scoreOfRule(rule: string, judged: readonly Judged[]): RuleScore {
  let [fails, unknowns] = [nothing, nothing];
  for (const { truth, answer = noLists } of judged) {
    if (truth.open?.includes(rule)) continue;
    fails = counted(fails, truth.fail.includes(rule), answer.fail.includes(rule));
    fails = counted(fails, truth.info.includes(rule), answer.info.includes(rule));
    unknowns = counted(unknowns, truth.unknown.includes(rule), answer.unknown.includes(rule));
  }
  return { rule, fails, unknowns };
}

/** Each answer about this rule that is not the right one. */
export function mistakesOfRule(rule: string, judged: readonly Judged[]): readonly Mistake[] {
  return judged.flatMap(({ vmId, truth, answer = noLists }) => {
    const [expected, said] = [standing(truth, rule), standing(answer, rule)];
    const isRight = expected === said || truth.open?.includes(rule);
    return isRight ? [] : { id: vmId, what: rule, expected, said, why: truth.why };
  });
}

function standing(lists: Lists, rule: string): string {
  const those = (['fail', 'unknown', 'info'] as const).filter((list) => lists[list].includes(rule));
  return those.join(' and ') || 'nothing';
}

/** The VMs whose verdict can be compared: the labels of the others name a rule that is not built. */
export function withComparableVerdict(judged: readonly Judged[], built: ReadonlySet<string>): readonly Judged[] {
  return judged.filter(({ truth }) => [...truth.fail, ...truth.unknown].every((rule) => built.has(rule)));
}

/** Expected verdicts against those given on request. */
export function verdictMatrix(judged: readonly Judged[]): VerdictMatrix {
  const matrix: Record<string, Record<string, number>> = {};
  for (const { truth, answer } of judged) {
    const given = answer?.verdict ?? nobody;
    const row = matrix[truth.verdict] ?? {};
    row[given] = (row[given] ?? 0) + 1;
    matrix[truth.verdict] = row;
  }
  return matrix;
}

/** Each verdict that is not the right one, whether given on request or by the sweep. */
export function verdictMistakes(judged: readonly Judged[]): readonly Mistake[] {
  return judged.flatMap(({ vmId, truth, answer, sweptVerdict = nobody }) => {
    const mistake = (what: string, said: string): Mistake[] =>
      said === truth.verdict ? [] : [{ id: vmId, what, expected: truth.verdict, said, why: truth.why }];
    return [...mistake('verdict', answer?.verdict ?? nobody), ...mistake('verdict of the sweep', sweptVerdict)];
  });
}
