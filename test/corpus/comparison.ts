import type { Finding } from '../../lib/domain/finding.ts';
import type { Answer } from './answer.ts';
import type { Expectation, Statement } from './expectation.ts';

/** One thing that a label and Backstop were asked about, side by side. */
export interface Point {
  readonly file: string;
  readonly vm: string;
  /** The id of a rule, or whose verdict it is: that of a request, or that of a sweep. */
  readonly about: string;
  /** A verdict or a statement; so is `found`. */
  readonly expected: string;
  readonly found: string;
  readonly isRight: boolean;
  /** What Backstop said, in words. */
  readonly said: string;
}

/** What a point is about that is not about a rule. */
export const verdictOnRequest = 'verdict';
export const verdictOfSweep = 'verdict of the sweep';

/** What a request answers where it fails. */
export const noAnswer = 'no answer';

/** What a finding says in the terms of labels: unknowns that nobody can resolve, and those of info rules, say nothing. */
function statementOf(finding: Finding): Statement {
  if (finding.outcome === 'fail') {
    return finding.severity === 'info' ? 'info' : 'fail';
  }
  const isUnknown = finding.outcome === 'unknown' && finding.severity !== 'info' && finding.cause !== 'not-exposed';
  return isUnknown ? 'unknown' : 'nothing';
}

function wordsOf(finding: Finding): string {
  const cause = finding.outcome === 'unknown' ? `, ${finding.cause}` : '';
  return `${finding.outcome} (${finding.severity}${cause}): ${finding.message}`;
}

/** Why there is no finding of a rule. */
function absenceOf(rule: string, { requested }: Answer, built: ReadonlySet<string>): string {
  if (!built.has(rule)) {
    return 'not built';
  }
  return requested.kind === 'failed' ? `no answer: ${requested.why}` : `not judged: the VM is ${requested.verdict}`;
}

function rulePoints(expectation: Expectation, answer: Answer, built: ReadonlySet<string>): readonly Point[] {
  const { file, vm, statements } = expectation;
  const findings = answer.requested.kind === 'evaluated' ? answer.requested.findings : [];
  const byRule = new Map(findings.map((finding) => [finding.rule, finding]));
  return [...new Set([...statements.keys(), ...byRule.keys()])].toSorted().flatMap((rule) => {
    const finding = byRule.get(rule);
    const expected = statements.get(rule) ?? 'nothing';
    const found = finding ? statementOf(finding) : 'nothing';
    // Labels name only the info findings that matter; others may be there.
    if (expected === 'nothing' && (found === 'nothing' || found === 'info')) {
      return [];
    }
    const said = finding ? wordsOf(finding) : absenceOf(rule, answer, built);
    return [{ file, vm, about: rule, expected, found, isRight: expected === found, said }];
  });
}

function verdictPoints({ file, vm, verdict: expected }: Expectation, { swept, requested }: Answer): readonly Point[] {
  const found = requested.kind === 'evaluated' ? requested.verdict : noAnswer;
  const said = requested.kind === 'evaluated' ? found : `no answer: ${requested.why}`;
  const onRequest = { file, vm, about: verdictOnRequest, expected, found, isRight: expected === found, said };
  const ofSweep = { ...onRequest, about: verdictOfSweep, found: swept, isRight: expected === swept, said: swept };
  return swept === 'hidden' ? [onRequest] : [onRequest, ofSweep];
}

/** Everything in which a label and Backstop agree or not. `built`: the rules that Backstop has. */
export function compare(expectation: Expectation, answer: Answer, built: ReadonlySet<string>): readonly Point[] {
  return [...verdictPoints(expectation, answer), ...rulePoints(expectation, answer, built)];
}
