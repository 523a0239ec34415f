import { evaluate } from '../../lib/domain/evaluation.ts';
import type { UnknownCause } from '../../lib/domain/fact.ts';
import type { FactSheet } from '../../lib/domain/fact-sheet.ts';
import type { Finding } from '../../lib/domain/finding.ts';
import type { Rule, Severity } from '../../lib/domain/rule.ts';
import type { JudgementSettings } from '../../lib/domain/settings.ts';
import type { Verdict } from '../../lib/domain/verdict.ts';
import { healthyVm, machine, now, settings } from './healthy-vm.ts';

/** What differs from a healthy VM, from the default settings, or from the usual instant. */
export interface Differing extends Partial<FactSheet> {
  readonly settings?: Partial<JudgementSettings>;
  readonly now?: Date;
}

/** What a finding must say; what is left out is not asked. `verdict` is for the rules that settle it. */
type Expected<R extends Pick<Rule, 'pass' | 'fail'>> =
  | {
      readonly outcome: 'pass';
      readonly reason: keyof R['pass'] & string;
      readonly message?: string;
      readonly verdict?: Verdict;
    }
  | {
      readonly outcome: 'fail';
      readonly reason: keyof R['fail'] & string;
      readonly message?: string;
      readonly severity?: Severity;
      readonly fix?: { readonly text?: string; readonly commands?: readonly string[] };
      readonly verdict?: Verdict;
    }
  | { readonly outcome: 'unknown'; readonly cause: UnknownCause; readonly message?: string; readonly action?: string }
  | { readonly outcome: 'notApplicable'; readonly message?: string };

/** One row of a rule's table: what it is, what differs from a healthy VM, what the rule says. */
export type Case<R extends Pick<Rule, 'pass' | 'fail'> = Rule> = readonly [
  what: string,
  differing: Differing,
  expected: Expected<R>,
];

/** The table of a rule; its reason codes are checked by the compiler. */
export type Cases<R extends Pick<Rule, 'pass' | 'fail'>> = readonly Case<R>[];

/** The finding of one rule, with the verdict that it would have alone. */
export function findingOf(
  rule: Rule,
  { settings: own = {}, now: at = now, ...facts }: Differing,
): Finding & { verdict: Verdict } {
  const sheet = healthyVm(facts);
  const vm = sheet.vm.kind === 'known' ? sheet.vm.value : machine();
  const { findings, verdict } = evaluate(vm, sheet, [rule], { settings: { ...settings, ...own }, now: at });
  const [finding] = findings;
  if (!finding) {
    throw new Error(`Rule ${rule.id} said nothing.`);
  }
  return { ...finding, verdict };
}
