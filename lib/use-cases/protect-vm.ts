import { type Attempt, isEnded, mayTry } from '../domain/attempt.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { VmAddress } from '../domain/ids.ts';
import { end, isStopped, type ProtectAnswer, passedOver } from './attempt-steps.ts';
import { carryOut } from './carry-out.ts';
import { goOn } from './follow-attempt.ts';
import { type Order, orderOf, planOf } from './plan-order.ts';
import type { ProtectMessage, Stored } from './ports.ts';
import type { ProtectorPorts } from './protector-ports.ts';
import { TryAgainLater } from './try-again-later.ts';
import { vmKeyOf } from './vm-key.ts';

/** Messages of the queue wait for at most this long. */
const longestDelay = 6 * 24 * 3600;

/** Begins an attempt, or answers why there is none. Of several who begin at once, one does. */
async function claim(ports: ProtectorPorts, { row, plan, message, machine }: Order): Promise<Stored<Attempt> | string> {
  const now = ports.clock();
  const [last] = await ports.protections.of(row.vmKey);
  if (!mayTry(plan.planId, last?.value, now)) {
    return 'the same plan came to nothing a short time ago';
  }
  const at = now.toISOString();
  const attempt: Attempt = {
    vmKey: row.vmKey,
    number: (last?.value.number ?? 0) + 1,
    vmId: row.vmId,
    name: row.name,
    subscriptionId: row.subscriptionId,
    instanceId: machine.vm.value.vmId,
    plan,
    ...(message.runId ? { runId: message.runId } : {}),
    state: 'claimed',
    claimedAt: at,
    changedAt: at,
  };
  if (!(await ports.protections.claim(attempt))) {
    return 'somebody else has claimed the VM';
  }
  const [claimed] = await ports.protections.of(row.vmKey);
  return claimed?.value.number === attempt.number ? claimed : 'somebody else has claimed the VM';
}

/** Why a plan is not begun now, or after how many seconds it may be. */
async function putOff(ports: ProtectorPorts, { plan, scope, message }: Order): Promise<ProtectAnswer | undefined> {
  if (scope.approval && !(await ports.protections.approvalOf(plan.planId))) {
    return passedOver('the plan waits for an approval');
  }
  const early = plan.notBefore ? Date.parse(plan.notBefore) - ports.clock().getTime() : 0;
  if (early <= 0) {
    return undefined;
  }
  const seconds = Math.min(Math.ceil(early / 1000), longestDelay);
  await ports.queues.protect(message, seconds);
  return { kind: 'waits', seconds, why: 'a new VM is left to its owner for a while' };
}

/** What a message asks for, if everything allows it; else why not. */
async function allowed(
  ports: ProtectorPorts,
  engagement: Engagement,
  vm: VmAddress,
  message: ProtectMessage,
  open: Stored<Attempt> | undefined,
): Promise<Order | string> {
  const row = (await ports.evaluations.find(vm.subscriptionId, vmKeyOf(vm.key)))?.value;
  const plan = planOf(row, message, ports.clock());
  if (typeof plan === 'string' || !row) {
    return String(plan);
  }
  if (open && open.value.plan.planId !== plan.planId) {
    return 'another plan holds by now';
  }
  return (await isStopped(ports, engagement))
    ? 'the stop switch is set'
    : orderOf(ports, engagement, { vm, row, plan, message });
}

/** Goes on with an attempt whose request was sent, or may have been. */
async function followed(
  ports: ProtectorPorts,
  vm: VmAddress,
  message: ProtectMessage,
  open: Stored<Attempt>,
): Promise<ProtectAnswer> {
  const reading = await ports.arm.machine(vm);
  if (reading.kind === 'unknown') {
    throw new TryAgainLater(reading.because);
  }
  return reading.kind === 'gone'
    ? end(ports, open, 'abandoned', { code: 'VmGone', message: 'The VM is gone.' })
    : goOn(ports, { machine: reading.facts, message }, open);
}

/**
 * Carries out a plan, or goes on with an attempt. Nothing in the message is trusted but which VM and which plan it names: the
 * plan is the stored one, the rules of engagement are the protector's own, and everything is read again before the one
 * request is sent. Throws `TryAgainLater` where something could not be read.
 */
export async function protectVm(
  ports: ProtectorPorts,
  engagement: Engagement,
  vm: VmAddress,
  message: ProtectMessage,
): Promise<ProtectAnswer> {
  const [last] = await ports.protections.of(vmKeyOf(vm.key));
  const open = last && !isEnded(last.value) ? last : undefined;
  if (open && open.value.state !== 'claimed') {
    return followed(ports, vm, message, open);
  }
  const order = await allowed(ports, engagement, vm, message, open);
  if (typeof order === 'string') {
    const outcome = { code: 'NotAllowed', message: `It is no longer allowed: ${order}.` };
    return open ? end(ports, open, 'refused', outcome) : passedOver(order);
  }
  const later = await putOff(ports, order);
  if (later) {
    return later;
  }
  const claimed = open ?? (await claim(ports, order));
  return typeof claimed === 'string' ? passedOver(claimed) : carryOut(ports, engagement, order, claimed);
}
