import { decodeCursor, encodeCursor } from './cursor.ts';
import type { Evaluated } from './evaluated.ts';
import { vmPosition } from './list-vms.ts';
import type { Ports } from './ports.ts';
import { type AskedScope, scopeOf } from './posture-scope.ts';

/** What the rules of engagement make of a VM, and what it was judged from. */
export type PlanOfVm = Required<Pick<Evaluated, 'plan'>> &
  Pick<
    Evaluated,
    'vmKey' | 'vmId' | 'name' | 'subscriptionId' | 'resourceGroup' | 'region' | 'owner' | 'verdict' | 'evidenceAt'
  >;

/** A page of plans and the cursor of the next one; `null` at the end. */
export interface PlanPage {
  readonly plans: readonly PlanOfVm[];
  readonly next: string | null;
}

function planOf(row: Evaluated): readonly PlanOfVm[] {
  const { vmKey, vmId, name, subscriptionId, resourceGroup, region, owner, verdict, evidenceAt, plan } = row;
  return plan ? [{ vmKey, vmId, name, subscriptionId, resourceGroup, region, owner, verdict, evidenceAt, plan }] : [];
}

/** What was asked for: the VMs with a plan, or those with a reason why there is none. */
export interface PlanFilter {
  readonly scope: AskedScope;
  readonly kind: 'plan' | 'none';
}

/** What would be done, or why it would not; nothing is done by asking. Throws `UnknownScope`, `OutOfSight` and `WrongCursor`. */
export async function listPlans(
  ports: Pick<Ports, 'evaluations' | 'runs'>,
  { scope, kind }: PlanFilter,
  size: number,
  cursor: string | undefined,
): Promise<PlanPage> {
  const query = [scope.subscription, scope.region, scope.managementGroup, kind];
  const after = cursor === undefined ? undefined : decodeCursor(query, vmPosition, cursor);
  const { subscriptions, region } = await scopeOf(ports, scope);
  const where = subscriptions?.length === 1 ? { subscription: subscriptions[0] } : { subscriptions };
  const { rows, next } = await ports.evaluations.page({ ...where, region, plan: kind }, size, after);
  return { plans: rows.flatMap(planOf), next: next ? encodeCursor(query, { ...next }) : null };
}
