import { randomUUID } from 'node:crypto';

import type { Attempt } from '../domain/attempt.ts';
import type { Engagement } from '../domain/engagement.ts';
import { armId } from '../domain/ids.ts';
import type { ProtectedItem } from '../domain/protection.ts';
import {
  end,
  follow,
  isStopped,
  itemNow,
  type ProtectAnswer,
  passedOver,
  saved,
  secondsBetweenLooks,
  stopped,
} from './attempt-steps.ts';
import { enabled } from './follow-attempt.ts';
import type { Order } from './plan-order.ts';
import type { Stored } from './ports.ts';
import type { CountedBy, ProtectorPorts, WriteAnswer } from './protector-ports.ts';
import { TryAgainLater } from './try-again-later.ts';

/** So often the same plan is tried where Azure asks to come back. */
const mostTries = 20;

/** Why an item that is to be changed is no longer the one that the plan is about; `undefined` if it is. */
function changedItem({ plan }: Order, item: ProtectedItem | 'none'): Attempt['outcome'] {
  if (item === 'none' || item.key !== armId(plan.itemId ?? '')) {
    return { code: 'ItemChanged', message: 'The item that the plan is about no longer stands.' };
  }
  return (item.protectionState === 'ProtectionStopped') === (plan.action === 'resume')
    ? undefined
    : { code: 'ItemChanged', message: `Protection is ${item.protectionState} by now.` };
}

/** Why a VM may not be protected: it is already, or Azure says no. */
async function notToEnable(
  { writes }: ProtectorPorts,
  { vm, plan, machine }: Order,
  item: ProtectedItem | 'none',
): Promise<Attempt['outcome']> {
  if (item !== 'none') {
    return { code: 'ItemExists', message: `The VM is already protected in vault ${item.vaultName}.` };
  }
  // A vault that is not there yet cannot be asked about; Azure checks the same when it is asked to protect.
  if (plan.vault.isNew) {
    return undefined;
  }
  const check = await writes.preValidate(vm, machine.vm.value.region, plan.vault.id);
  if (check.kind === 'unknown') {
    throw new TryAgainLater(check.because);
  }
  return check.value.isFine ? undefined : { code: check.value.code, message: check.value.message };
}

/** What stands in the way of a plan right now; `undefined` if nothing does. */
async function refusalOf(
  ports: ProtectorPorts,
  order: Order,
  item: ProtectedItem | 'none',
): Promise<Attempt['outcome']> {
  const { provisioningState = '' } = order.machine.vm.value;
  if (provisioningState !== 'Succeeded') {
    return { code: 'VmInTransition', message: `The VM is ${provisioningState || 'in no known state'}.` };
  }
  return order.plan.action === 'enable' ? notToEnable(ports, order, item) : changedItem(order, item);
}

/** Why something that was to be created is not there; `undefined` if it is. */
function notCreated(answer: WriteAnswer): Attempt['outcome'] {
  switch (answer.kind) {
    case 'refused':
      if (answer.later !== undefined) {
        throw new TryAgainLater({ cause: 'throttled', detail: answer.message, retryAfterSeconds: answer.later });
      }
      return { code: answer.code, message: answer.message };
    case 'unclear':
      return { code: 'Unclear', message: answer.message };
    case 'accepted':
      throw new TryAgainLater({
        cause: 'partial-inventory',
        detail: 'Azure is still creating what the plan needs',
        retryAfterSeconds: answer.retryAfterSeconds,
      });
    default:
      return undefined;
  }
}

/** Creates what the plan needs and is not there. An answer is why that came to nothing. */
async function prepare({ writes }: ProtectorPorts, { plan, machine }: Order): Promise<Attempt['outcome']> {
  const noVault = plan.vault.isNew
    ? notCreated(await writes.createVault(plan.vault.id, machine.vm.value.region))
    : undefined;
  return noVault ?? (plan.policy.isNew ? notCreated(await writes.createPolicy(plan.policy.id)) : undefined);
}

/** By what an attempt is counted. */
function countersOf({ caps }: Engagement, { runId, plan }: Attempt, now: Date): readonly CountedBy[] {
  const instant = now.toISOString();
  return [
    ...(runId ? [{ kind: 'run', what: runId, limit: caps.perRun } as const] : []),
    { kind: 'hour', what: instant.slice(0, 13), limit: caps.perHour },
    { kind: 'vault', what: `${armId(plan.vault.id)} ${instant.slice(0, 10)}`, limit: caps.perVaultAndDay },
  ];
}

/** Azure did not take the request; where it may a little later, another attempt is made then. */
async function refused(
  ports: ProtectorPorts,
  requested: Stored<Attempt>,
  { message: asked }: Order,
  { code, message, later }: Extract<WriteAnswer, { kind: 'refused' }>,
): Promise<ProtectAnswer> {
  const tries = (asked.tries ?? 0) + 1;
  if (later === undefined || tries > mostTries) {
    return end(ports, requested, 'failed', { code, message });
  }
  // Until then the same plan is passed over, whoever proposes it: only this message comes back.
  const againAt = new Date(ports.clock().getTime() + later * 1000).toISOString();
  const answer = await end(ports, requested, 'failed', { code, message, againAt });
  await ports.queues.protect({ ...asked, tries }, later);
  return answer;
}

/** Stores that the request is being sent, and sends it: whoever finds that stored does not send another one. */
async function send(
  ports: ProtectorPorts,
  order: Order,
  claimed: Stored<Attempt>,
  item: ProtectedItem | 'none',
): Promise<ProtectAnswer> {
  const clientRequestId = randomUUID();
  const requestedAt = ports.clock().toISOString();
  const requested = await saved(ports, claimed, { state: 'requested', clientRequestId, requestedAt });
  if (!requested) {
    return passedOver('somebody else works on the attempt');
  }
  const exclusion = item === 'none' ? undefined : item.diskExclusion;
  const answer = await ports.writes.protect({
    vm: order.vm,
    vaultId: order.plan.vault.id,
    policyId: order.plan.policy.id,
    clientRequestId,
    ...(exclusion ? { diskExclusion: exclusion } : {}),
  });
  switch (answer.kind) {
    case 'accepted': {
      const { operationUrl, retryAfterSeconds } = answer;
      const following = await saved(ports, requested, { state: 'following', operationUrl });
      await follow(ports, following ?? requested, 1, retryAfterSeconds);
      return { kind: 'attempted', attempt: (following ?? requested).value };
    }
    case 'done':
      return enabled(ports, requested, order);
    case 'refused':
      return refused(ports, requested, order, answer);
    default:
      // Nobody knows whether Azure got it: it is never sent again, the item will tell.
      await follow(ports, requested, 1, secondsBetweenLooks);
      return { kind: 'attempted', attempt: requested.value };
  }
}

/** Counts an attempt once; answers the cap that is reached, or `undefined` where somebody else works on the attempt. */
async function count(
  ports: ProtectorPorts,
  engagement: Engagement,
  claimed: Stored<Attempt>,
): Promise<Stored<Attempt> | CountedBy | undefined> {
  if (claimed.value.isCounted) {
    return claimed;
  }
  const full = await ports.protections.count(countersOf(engagement, claimed.value, ports.clock()));
  return full ?? saved(ports, claimed, { isCounted: true });
}

/** Looks at everything again, and sends the one request of an attempt. */
export async function carryOut(
  ports: ProtectorPorts,
  engagement: Engagement,
  order: Order,
  claimed: Stored<Attempt>,
): Promise<ProtectAnswer> {
  const item = await itemNow(ports, order);
  const refusal = await refusalOf(ports, order, item);
  if (refusal) {
    return end(ports, claimed, 'refused', refusal);
  }
  const counted = await count(ports, engagement, claimed);
  if (!counted || 'limit' in counted) {
    const message = `No more than ${counted?.limit} per ${counted?.kind}; a later sweep goes on.`;
    return counted
      ? end(ports, claimed, 'refused', { code: 'CapReached', message })
      : passedOver('somebody else works on the attempt');
  }
  const unprepared = await prepare(ports, order);
  if (unprepared) {
    return end(ports, counted, 'failed', unprepared);
  }
  return (await isStopped(ports, engagement))
    ? end(ports, counted, 'refused', stopped)
    : send(ports, order, counted, item);
}
