import type { EvaluatedHead } from './evaluated.ts';
import type { Ports } from './ports.ts';

/** Messages of the queue wait for at most this long. */
const longestDelay = 6 * 24 * 3600;

/** Whether a plan is to be carried out without anybody's approval. */
export function isProposed({ plan }: Pick<EvaluatedHead, 'plan'>): boolean {
  return plan?.kind === 'plan' && plan.mode === 'on' && !plan.needsApproval;
}

/**
 * Hands the plan of a stored row to the protector, once the grace of a new VM is over. The row has to be stored first, as the
 * protector takes the plan from there; the same plan again is passed over.
 */
export async function proposePlan(
  { queues, clock }: Pick<Ports, 'queues' | 'clock'>,
  row: Pick<EvaluatedHead, 'plan' | 'vmId' | 'evidenceAt'>,
  runId?: string,
): Promise<void> {
  const { plan, vmId, evidenceAt } = row;
  if (plan?.kind !== 'plan' || !isProposed(row)) {
    return;
  }
  const early = plan.notBefore ? Math.ceil((Date.parse(plan.notBefore) - clock().getTime()) / 1000) : 0;
  const seconds = Math.min(Math.max(0, early), longestDelay);
  await queues.protect({ vmId, planId: plan.planId, evidenceAt, ...(runId ? { runId } : {}) }, seconds);
}
