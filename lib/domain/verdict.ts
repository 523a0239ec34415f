import type { Finding } from './finding.ts';
import type { Category } from './rule.ts';

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

const blockingCategories: ReadonlySet<Category> = new Set(['vault', 'limitation', 'policy', 'governance']);

/** The rule that says whether an item exists; the verdict expresses it, so it blocks nothing itself. */
const protectedRule = 'health-protected';

/** Causes that leave a verdict as it is: they will not go away by reading again. */
const settledCauses: ReadonlySet<string> = new Set(['not-exposed', 'docs-disagree']);

function matters(finding: Finding): boolean {
  return finding.severity !== 'info' && finding.rule !== protectedRule;
}

function isOpen(finding: Finding): boolean {
  return finding.outcome === 'unknown' && !settledCauses.has(finding.cause);
}

function isBlocker(finding: Finding): boolean {
  return matters(finding) && finding.severity === 'blocker' && blockingCategories.has(finding.category);
}

function verdictWithItem(health: readonly Finding[], hasRecoveryPoint: boolean): Verdict {
  if (health.some((finding) => finding.outcome === 'fail')) {
    return 'at-risk';
  }
  const firstNotDue = health.some((finding) => finding.outcome === 'unknown' && finding.cause === 'not-due-yet');
  if (!hasRecoveryPoint && firstNotDue) {
    return 'pending';
  }
  return health.some((finding) => isOpen(finding) && finding.outcome === 'unknown' && finding.cause !== 'not-due-yet')
    ? 'undetermined'
    : 'protected';
}

function verdictWithoutItem(blockers: readonly Finding[]): Verdict {
  if (blockers.some((finding) => finding.outcome === 'fail')) {
    return 'blocked';
  }
  return blockers.some(isOpen) ? 'undetermined' : 'protectable';
}

/**
 * The verdict of a VM that is neither exempt nor excluded, from the findings of all rules: first match of the contract's
 * table. `hasRecoveryPoint` speaks of the judged item.
 */
export function verdictOf(findings: readonly Finding[], hasRecoveryPoint: boolean): Verdict {
  const existence = findings.find((finding) => finding.rule === protectedRule)?.outcome;
  if (existence === 'pass') {
    const health = findings.filter((finding) => finding.category === 'backup-health' && matters(finding));
    return verdictWithItem(health, hasRecoveryPoint);
  }
  return existence === 'fail' ? verdictWithoutItem(findings.filter(isBlocker)) : 'undetermined';
}
