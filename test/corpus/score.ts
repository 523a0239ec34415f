import { type Point, verdictOfSweep, verdictOnRequest } from './comparison.ts';

/** How often something was expected, was said, and was both. */
export interface Tally {
  readonly expected: number;
  readonly found: number;
  readonly right: number;
}

/** The tallies of one rule over all VMs. */
export interface RuleScore {
  readonly rule: string;
  readonly fail: Tally;
  readonly unknown: Tally;
  /** Info findings that labels demand. Others may be there, so there is nothing found too much. */
  readonly info: Tally;
  readonly wrong: number;
}

function tallyOf(points: readonly Point[], statement: string): Tally {
  const expected = points.filter((point) => point.expected === statement);
  const found = points.filter((point) => point.found === statement);
  return { expected: expected.length, found: found.length, right: expected.filter(({ isRight }) => isRight).length };
}

/** Share of what was said that is right; `undefined` where nothing was said. */
export function precisionOf({ found, right }: Tally): number | undefined {
  return found === 0 ? undefined : right / found;
}

/** Share of what is right that was said; `undefined` where nothing was to be said. */
export function recallOf({ expected, right }: Tally): number | undefined {
  return expected === 0 ? undefined : right / expected;
}

/** Tallies of the given points, whichever rule they are about. */
export function scoreOf(rule: string, points: readonly Point[]): RuleScore {
  return {
    rule,
    fail: tallyOf(points, 'fail'),
    unknown: tallyOf(points, 'unknown'),
    info: tallyOf(points, 'info'),
    wrong: points.filter(({ isRight }) => !isRight).length,
  };
}

/** The points that are about rules. */
export function ruleResults(points: readonly Point[]): readonly Point[] {
  return points.filter(({ about }) => about !== verdictOnRequest && about !== verdictOfSweep);
}

/** One score for each rule of which labels or Backstop said something, by rule. */
export function scoresByRule(points: readonly Point[]): readonly RuleScore[] {
  const byRule = Map.groupBy(ruleResults(points), ({ about }) => about);
  return [...byRule].map(([rule, own]) => scoreOf(rule, own)).toSorted((a, b) => a.rule.localeCompare(b.rule));
}

/** How many VMs of each expected verdict got which one: expected, then found. */
export type Confusion = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** The confusion matrix of the verdicts that requests or sweeps gave. */
export function confusionOf(
  points: readonly Point[],
  about: typeof verdictOnRequest | typeof verdictOfSweep,
): Confusion {
  const verdicts = points.filter((point) => point.about === about);
  const count = (own: readonly Point[]) =>
    new Map([...Map.groupBy(own, ({ found }) => found)].map(([found, those]) => [found, those.length]));
  return new Map([...Map.groupBy(verdicts, ({ expected }) => expected)].map(([word, own]) => [word, count(own)]));
}
