import { type Counts, total } from './counts.ts';
import { dayOf } from './day.ts';
import type { ExemptionOfVm } from './registered-exemption.ts';
import type { Verdict } from './verdict.ts';

/** Under what exempt VMs are counted whose exemption has no end. */
const endless = 'none';

/** The day on which the exemption of an exempt VM ends, or `none`; `undefined` of other VMs. */
export function exemptionEndOf(vm: {
  readonly verdict: Verdict;
  readonly exemption?: Pick<ExemptionOfVm, 'endsAt'>;
}): string | undefined {
  if (vm.verdict !== 'exempt') {
    return undefined;
  }
  return vm.exemption?.endsAt ? dayOf(vm.exemption.endsAt) : endless;
}

/**
 * Exempt VMs whose exemption ends within some days of an instant, by the day; `null`: unknown, as not all of them were counted
 * with their ends.
 */
export function expiringVmsIn(
  ends: Counts | undefined,
  verdicts: Counts<Verdict>,
  at: Date,
  noticeDays: number,
): number | null {
  if (total(ends ?? {}) !== (verdicts.exempt ?? 0)) {
    return null;
  }
  const last = dayOf(new Date(at.getTime() + noticeDays * 86_400_000));
  const soon = Object.entries(ends ?? {}).filter(([day]) => day !== endless && day <= last);
  return soon.reduce((sum, [, vms]) => sum + (vms ?? 0), 0);
}
