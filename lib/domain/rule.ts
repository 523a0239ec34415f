import type { UnknownBecause, UnknownCause } from './fact.ts';
import type { FactName, FactSheet, Facts } from './fact-sheet.ts';
import type { Placeholder } from './message.ts';
import type { JudgementSettings } from './settings.ts';

export const severities = ['blocker', 'warning', 'info'] as const;
export type Severity = (typeof severities)[number];

export type Category =
  | 'vault'
  | 'network'
  | 'agent'
  | 'limitation'
  | 'policy'
  | 'backup-health'
  | 'restore-readiness'
  | 'governance';

/** Reason codes with their message templates; the names in braces are required as `details`. */
export type Reasons = Readonly<Record<string, string>>;

/** A remedy for one reason: words, and `az` commands whose names in braces are filled in for the VM. */
export interface Remedy {
  readonly text: string;
  readonly commands: readonly string[];
}

/** Settles the verdict at once: the other rules are then not judged. */
export type Settles = 'exempt' | 'excluded';

type Said<R extends Reasons, Kind extends string> = {
  [Code in keyof R & string]: {
    readonly kind: Kind;
    readonly reason: Code;
    readonly details: { readonly [Name in Placeholder<R[Code]>]: string };
    /** Severity of this finding where it differs from the rule's. */
    readonly severity?: Severity;
    readonly settles?: Settles;
    /** Values that only the commands of the remedy need. */
    readonly commandDetails?: Readonly<Record<string, string>>;
  };
}[keyof R & string];

/** What one rule said about one VM. */
export type Outcome<P extends Reasons = Reasons, F extends Reasons = Reasons> =
  | Said<P, 'pass'>
  | Said<F, 'fail'>
  | { readonly kind: 'notApplicable'; readonly why: string }
  | { readonly kind: 'unknown'; readonly because: UnknownBecause };

/** Values that were read, by the path under which Azure has them. */
export type EvidenceValues = Readonly<Record<string, string | number | boolean | undefined>>;

/** What a rule may look at besides facts. */
export interface JudgementContext {
  readonly settings: JudgementSettings;
  readonly now: Date;
}

/** What every rule says about itself. */
export interface RuleText<P extends Reasons = Reasons, F extends Reasons = Reasons> {
  /** Equals the file name; states the subject; never reused. */
  readonly id: string;
  /** True when the rule passes. */
  readonly title: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly rationale: string;
  /** Pages and documents that state the requirement. */
  readonly sources: readonly string[];
  /** Day on which a person last compared the rule with its sources. */
  readonly reviewed: string;
  readonly pass: P;
  readonly fail: F;
  readonly remedies: { readonly [Code in keyof F]: Remedy };
}

/**
 * A requirement of Azure Backup or of the organisation. `check` is called only when every needed fact is known; the
 * engine turns a missing one into `unknown`. `needs` names the facts and picks the values that are shown as evidence.
 */
export interface Rule<N extends FactName = FactName, P extends Reasons = Reasons, F extends Reasons = Reasons>
  extends RuleText<P, F> {
  readonly needs: { readonly [Name in N]?: (value: Facts[Name]) => EvidenceValues };
  /** Whether the question is put at all; a sentence says why not. Sees facts that may be unknown. */
  concerns?(sheet: FactSheet): true | string;
  /** `sheet` is for facts that matter only in a branch; they may be unknown. */
  check(facts: { readonly [Name in N]: Facts[Name] }, context: JudgementContext, sheet: FactSheet): Outcome<P, F>;
}

/** Lets the compiler infer facts, reason codes and details of a rule from its own text. */
export function defineRule<const N extends FactName, const P extends Reasons, const F extends Reasons>(
  rule: Rule<N, P, F>,
): Rule<N, P, F> {
  return rule;
}

/** The outcome of a rule that could not tell although its facts were read, for example because a field was empty. */
export function cannotTell(
  cause: UnknownCause,
  detail: string,
): { readonly kind: 'unknown'; readonly because: UnknownBecause } {
  return { kind: 'unknown', because: { cause, detail } };
}

/** The outcome of a rule whose question does not arise for this VM. */
export function notApplicable(why: string): { readonly kind: 'notApplicable'; readonly why: string } {
  return { kind: 'notApplicable', why };
}
