import { explain } from './explain.ts';
import type { FactSheet } from './fact-sheet.ts';
import type { Finding } from './finding.ts';
import type { VmAddress } from './ids.ts';
import { type Judged, judgeAll, settles } from './judge.ts';
import { judgedItem } from './protection.ts';
import type { JudgementContext, Outcome, Rule } from './rule.ts';
import { decides, type Standing, type Verdict, verdictOf } from './verdict.ts';

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
  /** The same, not yet in words. */
  readonly openOutcomes: readonly Judged[];
}

function standingOf(rule: Rule, outcome: Outcome): Standing {
  const { id, category, severity } = rule;
  return outcome.kind === 'unknown'
    ? { rule: id, category, severity, outcome: 'unknown', cause: outcome.because.cause }
    : {
        rule: id,
        category,
        severity: (outcome.kind === 'fail' && outcome.severity) || severity,
        outcome: outcome.kind,
      };
}

function hasRecoveryPoint({ items }: FactSheet): boolean {
  const item = items.kind === 'known' ? judgedItem(items.value) : undefined;
  return item?.lastRecoveryPoint !== undefined;
}

/** The rules with their outcomes, put into words when somebody asks for them. */
class EvaluationOfVm implements Evaluation {
  readonly vm: VmAddress;
  readonly verdict: Verdict;
  readonly #sheet: FactSheet;
  readonly #rules: readonly Rule[];
  readonly #context: JudgementContext;
  readonly #outcomes: readonly Outcome[];
  readonly #isSettled: boolean;
  #open: readonly Judged[] | undefined;

  constructor(vm: VmAddress, sheet: FactSheet, rules: readonly Rule[], context: JudgementContext) {
    this.vm = vm;
    this.#sheet = sheet;
    this.#rules = rules;
    this.#context = context;
    this.#outcomes = judgeAll(rules, sheet, context);
    const { settled, standings } = this.#weighed();
    this.#isSettled = settled !== undefined;
    this.verdict = settled ?? verdictOf(standings, hasRecoveryPoint(sheet));
  }

  get evaluatedAt(): string {
    return this.#context.now.toISOString();
  }

  get findings(): readonly Finding[] {
    return explain(
      this.vm,
      this.#judgedAs(() => true),
      this.#sheet,
      this.#context,
    );
  }

  get open(): readonly Finding[] {
    return explain(this.vm, this.openOutcomes, this.#sheet, this.#context);
  }

  get openOutcomes(): readonly Judged[] {
    this.#open ??= this.#judgedAs((kind) => kind === 'fail' || kind === 'unknown');
    return this.#open;
  }

  /** What the outcomes say about the verdict, looking at each once: there are many. */
  #weighed(): { readonly settled: Verdict | undefined; readonly standings: readonly Standing[] } {
    const standings: Standing[] = [];
    let settled: Verdict | undefined;
    for (let place = 0; place < this.#rules.length; place += 1) {
      const rule = this.#rules[place];
      const outcome = this.#outcomes[place];
      if (!rule || !outcome) {
        continue;
      }
      // Exclusion wins over exemption: what the platform rebuilds needs nobody's decision.
      const each = settles(outcome);
      settled = each === 'excluded' ? each : (settled ?? each);
      if (decides(rule.id, outcome.kind)) {
        standings.push(standingOf(rule, outcome));
      }
    }
    return { settled, standings };
  }

  #judgedAs(isWanted: (kind: Outcome['kind']) => boolean): readonly Judged[] {
    const judged: Judged[] = [];
    for (let place = 0; place < this.#rules.length; place += 1) {
      const rule = this.#rules[place];
      const outcome = this.#outcomes[place];
      if (rule && outcome && isWanted(outcome.kind) && (!this.#isSettled || settles(outcome) !== undefined)) {
        judged.push({ rule, outcome });
      }
    }
    return judged;
  }
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
  return new EvaluationOfVm(vm, sheet, rules, context);
}
