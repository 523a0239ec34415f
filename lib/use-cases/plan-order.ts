import { type Engagement, type EngagementScope, scopeOfVm } from '../domain/engagement.ts';
import { type Fact, known, unknown } from '../domain/fact.ts';
import type { VmAddress } from '../domain/ids.ts';
import type { Evaluated, IdentifiedPlan } from './evaluated.ts';
import type { MachineFacts, ProtectMessage } from './ports.ts';
import type { ProtectorPorts } from './protector-ports.ts';
import { TryAgainLater } from './try-again-later.ts';

/** Evidence older than this plans nothing any more; every sweep renews it. */
const evidenceHours = 26;

/** A plan with everything that it is carried out by. */
export interface Order {
  readonly vm: VmAddress;
  readonly row: Evaluated;
  readonly plan: IdentifiedPlan;
  readonly scope: EngagementScope;
  readonly machine: MachineFacts;
  readonly message: ProtectMessage;
}

/** The stored plan that a message names, if it still holds; else why it does not. */
export function planOf(
  row: Evaluated | undefined,
  { planId, evidenceAt }: ProtectMessage,
  now: Date,
): IdentifiedPlan | string {
  if (!row || row.goneAt) {
    return 'no such VM is known';
  }
  if (row.plan?.kind !== 'plan' || row.plan.planId !== planId) {
    return 'the plan is older than its evidence: the VM was judged anew since';
  }
  const evidence = Math.max(Date.parse(row.evidenceAt), Date.parse(evidenceAt ?? row.evidenceAt));
  if (now.getTime() - evidence > evidenceHours * 3_600_000) {
    return `the evidence of the plan is older than ${evidenceHours} hours`;
  }
  return row.plan.mode === 'on' ? row.plan : 'its scope is in dry-run';
}

/** Management groups above a subscription, which are only asked for where a scope goes by one. */
async function groupsAbove(
  { inventory }: ProtectorPorts,
  { scopes }: Engagement,
  subscriptionId: string,
): Promise<Fact<readonly string[]>> {
  if (!scopes.some(({ target }) => target.kind === 'management-group')) {
    return known([], { where: 'rules of engagement', readAt: '' });
  }
  const containers = await inventory.containers();
  if (containers.kind === 'unknown') {
    return containers;
  }
  const groups = containers.value.managementGroups.get(subscriptionId);
  return groups ? known(groups, containers.source) : unknown('partial-inventory', 'its management groups are not told');
}

/** The VM read anew, and the scope that holds for it by the protector's own rules of engagement. */
export async function orderOf(
  ports: ProtectorPorts,
  engagement: Engagement,
  asked: Pick<Order, 'vm' | 'row' | 'plan' | 'message'>,
): Promise<Order | string> {
  const { vm, row, plan } = asked;
  const reading = await ports.arm.machine(vm);
  if (reading.kind === 'gone') {
    return 'the VM is gone';
  }
  if (reading.kind === 'unknown') {
    throw new TryAgainLater(reading.because);
  }
  const machine = reading.facts;
  if (machine.vm.value.vmId !== row.instanceId) {
    return 'the VM was created again since';
  }
  const managementGroups = await groupsAbove(ports, engagement, vm.subscriptionId);
  const found = scopeOfVm(engagement, { ...vm, tags: machine.tags, managementGroups });
  if (found.kind !== 'scope') {
    return found.kind === 'none' ? 'no scope covers the VM' : `its scope is not known: ${found.because.detail}`;
  }
  const { scope } = found;
  if (scope.mode !== 'on' || !scope.actions.includes(plan.action)) {
    return `scope ${scope.name} does not allow it: mode ${scope.mode}, actions ${scope.actions.join(', ')}`;
  }
  return scope.name === plan.scope ? { ...asked, scope, machine } : 'another scope holds for the VM since';
}
