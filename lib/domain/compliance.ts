import type { Counts } from './counts.ts';
import { azurePolicyWord, type Verdict, verdicts } from './verdict.ts';

/** Whether a verdict says that protection is on and nothing is wrong with it. */
export function isBackedUp(verdict: Verdict): boolean {
  return azurePolicyWord[verdict] === 'Compliant';
}

/** All verdicts, also those that no VM has. */
export function allVerdicts(counts: Counts<Verdict>): Readonly<Record<Verdict, number>> {
  return Object.fromEntries(verdicts.map((verdict) => [verdict, counts[verdict] ?? 0])) as Record<Verdict, number>;
}

/** Verdicts counted in the words of Azure Policy. */
export function complianceOf(counts: Counts<Verdict>): Readonly<Record<string, number>> {
  const compliance: Record<string, number> = {};
  for (const verdict of verdicts) {
    const word = azurePolicyWord[verdict];
    compliance[word] = (compliance[word] ?? 0) + (counts[verdict] ?? 0);
  }
  return compliance;
}

/**
 * Share of the VMs that are to be backed up which are, in percent to one decimal, cut and not rounded: 100 means all of
 * them. What could not be told counts as not backed up; `null` where no VM is to be backed up.
 */
export function compliantPercent(counts: Counts<Verdict>): number | null {
  const { Compliant = 0, NonCompliant = 0, Unknown = 0 } = complianceOf(counts);
  const all = Compliant + NonCompliant + Unknown;
  return all === 0 ? null : Math.floor((1000 * Compliant) / all) / 10;
}
