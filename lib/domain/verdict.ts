import type { UnknownCause } from './fact.ts';
import type { Category, Outcome, Severity } from './rule.ts';

/** One word per VM, in the order of the reports. */
export const verdicts = [
  'protected',
  'pending',
  'at-risk',
  'blocked',
  'protectable',
  'undetermined',
  'exempt',
  'excluded',
] as const;

export type Verdict = (typeof verdicts)[number];

/** The word of Azure Policy that comes nearest to each verdict. */
export const azurePolicyWord: Readonly<Record<Verdict, 'Compliant' | 'NonCompliant' | 'Exempt' | 'Unknown'>> = {
  protected: 'Compliant',
  pending: 'Compliant',
  'at-risk': 'NonCompliant',
  blocked: 'NonCompliant',
  protectable: 'NonCompliant',
  undetermined: 'Unknown',
  exempt: 'Exempt',
  excluded: 'Exempt',
};

/** What a verdict needs to know of a rule's outcome. */
export interface Standing {
  readonly rule: string;
  readonly category: Category;
  /** Of the finding, where it differs from the rule's. */
  readonly severity: Severity;
  readonly outcome: Outcome['kind'];
  readonly cause?: UnknownCause;
}

const blockingCategories: ReadonlySet<Category> = new Set(['vault', 'limitation', 'policy', 'governance']);

/** The rule that says whether an item exists; the verdict expresses it, so it blocks nothing itself. */
const protectedRule = 'health-protected';

/** Whether an outcome can decide anything: what passes or does not apply only counts for whether an item exists. */
export function decides(rule: string, outcome: Outcome['kind']): boolean {
  return outcome === 'fail' || outcome === 'unknown' || rule === protectedRule;
}

/** Causes that leave a verdict as it is: they will not go away by reading again. */
const settledCauses: ReadonlySet<string> = new Set(['not-exposed', 'docs-disagree']);

function matters(standing: Standing): boolean {
  return standing.severity !== 'info' && standing.rule !== protectedRule;
}

/** Whether a cause leaves a question open that may still be answered. */
export function staysOpen(cause: UnknownCause | undefined): boolean {
  return cause === undefined || !settledCauses.has(cause);
}

function isOpen(standing: Standing): boolean {
  return standing.outcome === 'unknown' && staysOpen(standing.cause);
}

/** Whether what a rule of this kind finds keeps a VM from being protected. */
export function isBlocking({ category, severity }: Pick<Standing, 'category' | 'severity'>): boolean {
  return severity === 'blocker' && blockingCategories.has(category);
}

function isBlocker(standing: Standing): boolean {
  return matters(standing) && isBlocking(standing);
}

function verdictWithItem(health: readonly Standing[], hasRecoveryPoint: boolean): Verdict {
  if (health.some((standing) => standing.outcome === 'fail')) {
    return 'at-risk';
  }
  // What could not be told may be a failure: it goes before "not due yet" (ruling 14), or losing a fact would improve a verdict.
  if (health.some((standing) => isOpen(standing) && standing.cause !== 'not-due-yet')) {
    return 'undetermined';
  }
  const isNotDue = health.some(({ outcome, cause }) => outcome === 'unknown' && cause === 'not-due-yet');
  return !hasRecoveryPoint && isNotDue ? 'pending' : 'protected';
}

function verdictWithoutItem(blockers: readonly Standing[]): Verdict {
  if (blockers.some((standing) => standing.outcome === 'fail')) {
    return 'blocked';
  }
  return blockers.some(isOpen) ? 'undetermined' : 'protectable';
}

/**
 * The verdict of a VM that is neither exempt nor excluded, from what all rules said: first match of the contract's
 * table. `hasRecoveryPoint` speaks of the judged item.
 */
export function verdictOf(standings: readonly Standing[], hasRecoveryPoint: boolean): Verdict {
  const existence = standings.find((standing) => standing.rule === protectedRule)?.outcome;
  if (existence === 'pass') {
    const health = standings.filter((standing) => standing.category === 'backup-health' && matters(standing));
    return verdictWithItem(health, hasRecoveryPoint);
  }
  return existence === 'fail' ? verdictWithoutItem(standings.filter(isBlocker)) : 'undetermined';
}
