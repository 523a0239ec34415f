import { isVisible, type Visible } from '../domain/caller.ts';
import { parseVmId } from '../domain/ids.ts';
import type { JudgementSettings } from '../domain/settings.ts';
import { evaluateVm } from './evaluate-vm.ts';
import type { IdentifiedPlan } from './evaluated.ts';
import { findVm } from './find-vm.ts';
import type { Ports } from './ports.ts';
import type { Protections } from './protector-ports.ts';

/** Who approves: a name to be kept, and the subscriptions that it may see; absent: all. */
export interface Approver {
  readonly name: string;
  readonly subscriptions?: Visible;
}

/** What became of an approval. */
export type ApprovalAnswer =
  | { readonly kind: 'approved'; readonly plan: IdentifiedPlan }
  | { readonly kind: 'unknown-plan' }
  /** The VM was judged anew, and the plan no longer holds. */
  | { readonly kind: 'outdated'; readonly why: string };

/**
 * Approves a plan, once the VM was judged anew and the same plan came out of it; then it goes to the protector. The name of the
 * plan begins with the key of its VM.
 */
export async function approvePlan(
  ports: Ports,
  protections: Pick<Protections, 'approve'>,
  settings: JudgementSettings,
  planId: string,
  { name, subscriptions }: Approver,
): Promise<ApprovalAnswer> {
  const [vmKey = ''] = planId.split('-');
  const row = await findVm(ports, vmKey);
  const vm = row && parseVmId(row.vmId);
  if (!vm || row.plan?.kind !== 'plan' || !isVisible(subscriptions, row.subscriptionId)) {
    return { kind: 'unknown-plan' };
  }
  const judged = await evaluateVm(ports, settings, { vm, trigger: 'request' });
  if (judged.kind !== 'evaluated') {
    return { kind: 'outdated', why: 'The VM could not be judged anew; it may be gone.' };
  }
  const { plan } = judged.row;
  if (plan?.kind !== 'plan' || plan.planId !== planId) {
    return {
      kind: 'outdated',
      why: plan?.kind === 'none' ? plan.why : 'Another plan holds by now, or none is needed.',
    };
  }
  if (!plan.needsApproval || plan.mode !== 'on') {
    return { kind: 'outdated', why: plan.mode === 'on' ? 'The plan needs no approval.' : 'Its scope is in dry-run.' };
  }
  await protections.approve(planId, { by: name, at: ports.clock().toISOString() });
  await ports.queues.protect({ vmId: judged.row.vmId, planId, evidenceAt: judged.row.evidenceAt }, 0);
  return { kind: 'approved', plan };
}
