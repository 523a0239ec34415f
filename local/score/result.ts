import type { LabelledEstate } from '../estates/generate.ts';
import {
  type Judged,
  type Mistake,
  mistakesOfRule,
  type RuleScore,
  rulesNotBuilt,
  scoreOfRule,
  type VerdictMatrix,
  verdictMatrix,
  verdictMistakes,
  withComparableVerdict,
} from './compare.ts';
import type { Judgement } from './judge.ts';
import { type AttentionScore, attentionScore, naiveAnswers, needsAttention } from './naive.ts';
import { mistakesOfResources, scoresOfResources } from './resources.ts';
import { isPerfect } from './tally.ts';

/** An estate with its right answers and what the whole path said about it. */
export type Part = { readonly name: string; readonly labelled: LabelledEstate; readonly judgement: Judgement };

/** How right the service is, rule by rule, and what shorter answers would have been. */
export type Result = {
  readonly seed: number;
  readonly vms: number;
  /** VMs about which a request was made besides, over all estates. */
  readonly asked: number;
  readonly rules: readonly RuleScore[];
  /** Rules that labels name and the service does not have; they are not counted. */
  readonly notBuilt: readonly string[];
  readonly verdicts: VerdictMatrix;
  readonly verdictsCompared: number;
  /** "Who needs attention?", on the first estate: Backstop first, then the naive answers. */
  readonly attention: readonly AttentionScore[];
  readonly mistakes: readonly Mistake[];
};

function judgedOf({ labelled, judgement }: Part): readonly Judged[] {
  return [...labelled.truth].map(([vmId, truth]) => ({
    vmId,
    truth,
    answer: judgement.answers.get(vmId.toLowerCase()),
    sweptVerdict: judgement.sweptVerdicts.get(vmId.toLowerCase()),
  }));
}

/** Whether the inventory of an estate is complete: only then can an item be said to have lost its VM. */
function isOpen({ labelled }: Part): boolean {
  return labelled.estate.denied.length === 0;
}

function attentionOf(part: Part): readonly AttentionScore[] {
  const { labelled, judgement } = part;
  const right = new Map([...labelled.truth].map(([vmId, { verdict }]) => [vmId.toLowerCase(), verdict]));
  const asking = [...judgement.sweptVerdicts].filter(([, verdict]) => needsAttention(verdict)).map(([id]) => id);
  const backstop = { name: 'Backstop (sweep)', needsAttention: new Set(asking) };
  const { vms, items } = judgement.graph;
  return [backstop, ...naiveAnswers(vms, items)].map((answer) => attentionScore(answer, right));
}

/** Compares everything that was said about the estates with their labels. */
export function resultOf({ vms, seed }: { vms: number; seed: number }, parts: readonly Part[]): Result {
  const [first] = parts;
  const built = first?.judgement.built ?? new Set<string>();
  const judged = parts.flatMap(judgedOf);
  const open = parts.filter(isOpen);
  const ofResources = open.flatMap(({ labelled, judgement }) =>
    scoresOfResources(labelled.resourceTruth, judgement.resources),
  );
  const aboutResources = new Set(ofResources.map(({ rule }) => rule));
  const ofVms = [...built].filter((rule) => !aboutResources.has(rule)).map((rule) => scoreOfRule(rule, judged));
  const comparable = withComparableVerdict(judged, built);
  return {
    seed,
    vms,
    asked: parts.reduce((sum, { judgement }) => sum + judgement.asked, 0),
    rules: [...ofVms, ...ofResources.filter(({ rule }) => built.has(rule))].toSorted(byRule),
    notBuilt: [...rulesNotBuilt(judged, built), ...[...aboutResources].filter((rule) => !built.has(rule))],
    verdicts: verdictMatrix(comparable),
    verdictsCompared: comparable.length,
    attention: first ? attentionOf(first) : [],
    mistakes: [
      ...[...built].flatMap((rule) => mistakesOfRule(rule, judged)),
      ...open.flatMap(({ labelled, judgement }) => mistakesOfResources(labelled.resourceTruth, judgement.resources)),
      ...verdictMistakes(comparable),
    ],
  };
}

function byRule(a: RuleScore, b: RuleScore): number {
  return a.rule < b.rule ? -1 : 1;
}

/** Whether every rule that is built was right about every VM, and so was every verdict. */
export function isRight({ rules, mistakes }: Result): boolean {
  return mistakes.length === 0 && rules.every(({ fails, unknowns }) => isPerfect(fails) && isPerfect(unknowns));
}
