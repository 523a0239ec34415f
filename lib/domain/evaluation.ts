import { explain } from './explain.ts';
import type { FactSheet } from './fact-sheet.ts';
import type { Finding } from './finding.ts';
import type { VmAddress } from './ids.ts';
import { type Judged, judgeAll, settles } from './judge.ts';
import { judgedItem } from './protection.ts';
import type { JudgementContext, Rule } from './rule.ts';
import { type Standing, type Verdict, verdictOf } from './verdict.ts';

/** All rules on one VM at one time. Words are made only for those who ask: most outcomes of a sweep nobody reads. */
export interface Evaluation {
  readonly vm: VmAddress;
  readonly verdict: Verdict;
  /** ISO 8601 UTC. */
  readonly evaluatedAt: string;
  /** Every rule's finding, in the order in which to look at them. */
  readonly findings: readonly Finding[];
  /** Only what failed or could not be told. */
  readonly open: readonly Finding[];
}

function standingOf({ rule, outcome }: Judged): Standing {
  return {
    rule: rule.id,
    category: rule.category,
    severity: (outcome.kind === 'fail' && outcome.severity) || rule.severity,
    outcome: outcome.kind,
    ...(outcome.kind === 'unknown' ? { cause: outcome.because.cause } : {}),
  };
}

/** Exclusion wins over exemption: what the platform rebuilds needs nobody's decision. */
function settling(judged: readonly Judged[]): Judged | undefined {
  const deciding = judged.filter(({ outcome }) => settles(outcome) !== undefined);
  return deciding.find(({ outcome }) => settles(outcome) === 'excluded') ?? deciding[0];
}

/**
 * Judges one VM: the only place where that is done, whichever way it was asked for. A rule that settles the verdict
 * (exempt, excluded) ends the judgement; then only such rules are listed.
 */
export function evaluate(
  vm: VmAddress,
  sheet: FactSheet,
  rules: readonly Rule[],
  context: JudgementContext,
): Evaluation {
  const all = judgeAll(rules, sheet, context);
  const decider = settling(all);
  const judged = decider ? all.filter(({ outcome }) => settles(outcome) !== undefined) : all;
  const item = sheet.items.kind === 'known' ? judgedItem(sheet.items.value) : undefined;
  const verdict =
    (decider && settles(decider.outcome)) || verdictOf(judged.map(standingOf), item?.lastRecoveryPoint !== undefined);
  return {
    vm,
    verdict,
    evaluatedAt: context.now.toISOString(),
    get findings() {
      return explain(vm, judged, sheet, context);
    },
    get open() {
      const open = judged.filter(({ outcome }) => outcome.kind === 'fail' || outcome.kind === 'unknown');
      return explain(vm, open, sheet, context);
    },
  };
}
