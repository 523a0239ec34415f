import type { Finding } from '../../lib/domain/finding.ts';
import type { Truth } from '../estates/truth.ts';

/** What somebody says about one VM: the verdict, and which rules fail, cannot be told, or fail as a mere note. */
export type Answer = Pick<Truth, 'verdict'> & {
  readonly fail: readonly string[];
  readonly unknown: readonly string[];
  readonly info: readonly string[];
};

/** Backstop's answer in the form of a label: an unknown that Azure shows to nobody is not listed (verdicts.md, section 3). */
export function answerOf({
  verdict,
  findings,
}: {
  readonly verdict: string;
  readonly findings: readonly Finding[];
}): Answer {
  const rules = (wanted: (finding: Finding) => boolean) => findings.filter(wanted).map(({ rule }) => rule);
  return {
    verdict,
    fail: rules(({ outcome, severity }) => outcome === 'fail' && severity !== 'info'),
    info: rules(({ outcome, severity }) => outcome === 'fail' && severity === 'info'),
    unknown: rules(
      (finding) => finding.outcome === 'unknown' && finding.severity !== 'info' && finding.cause !== 'not-exposed',
    ),
  };
}
