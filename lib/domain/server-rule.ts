import type { Confirmation } from './confirmation.ts';
import type { EvidenceValues, Outcome, Reasons, RuleText } from './rule.ts';
import type { ServerFactName, ServerFacts, ServerSheet } from './server-sheet.ts';
import type { JudgementSettings } from './settings.ts';

/** What a rule about servers may look at besides facts. */
export interface ServerContext {
  readonly settings: Pick<JudgementSettings, 'allowedRedundancy' | 'rpoGraceHoursDaily'>;
  readonly now: Date;
  /** All that was ever confirmed of the server; the engine takes what counts now. */
  readonly confirmations: readonly Confirmation[];
}

/** How a confirmation is told; a rule with a question for the checklist has it among its reasons to pass. */
export const confirmedMessage = '{by} confirmed it on {at}, until {until}.';

/**
 * A requirement of Azure Backup Server or DPM. As with rules about VMs, `check` sees known facts only; besides, what Azure
 * does not show (`not-exposed`) may be confirmed by the owner, and then passes.
 */
export interface ServerRule<
  N extends ServerFactName = ServerFactName,
  P extends Reasons = Reasons,
  F extends Reasons = Reasons,
> extends RuleText<P, F> {
  readonly judges: 'backup servers';
  readonly needs: { readonly [Name in N]?: (value: ServerFacts[Name]) => EvidenceValues };
  /** The question for the owner, where Azure does not show the answer. */
  readonly checklist?: string;
  /** Whether the question is put at all; a sentence says why not. Sees facts that may be unknown. */
  concerns?(sheet: ServerSheet): true | string;
  check(facts: { readonly [Name in N]: ServerFacts[Name] }, context: ServerContext, sheet: ServerSheet): Outcome<P, F>;
}

/** Lets the compiler infer facts, reason codes and details of a rule from its own text. */
export function defineServerRule<const N extends ServerFactName, const P extends Reasons, const F extends Reasons>(
  rule: Omit<ServerRule<N, P, F>, 'judges'>,
): ServerRule<N, P, F> {
  return { judges: 'backup servers', ...rule };
}
