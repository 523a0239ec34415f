import { randomUUID } from 'node:crypto';

import type { Attempt } from '../domain/attempt.ts';
import { armId } from '../domain/ids.ts';
import type { ProtectedItem } from '../domain/protection.ts';
import { end, follow, itemNow, type ProtectAnswer, secondsBetweenLooks } from './attempt-steps.ts';
import type { Order } from './plan-order.ts';
import type { Stored } from './ports.ts';
import type { ProtectorPorts } from './protector-ports.ts';

/** For so long an operation is followed; then a sweep tells what became of it. */
const followMinutes = 30;

/** Azure is through: the item has to stand, whatever the operation said. */
export async function enabled(
  ports: ProtectorPorts,
  attempt: Stored<Attempt>,
  order: Pick<Order, 'machine'>,
): Promise<ProtectAnswer> {
  const item = await itemNow(ports, order);
  const { backupNow, action, vault } = attempt.value.plan;
  if (item === 'none' || item.vaultId !== armId(vault.id)) {
    const message = `Azure succeeded, but shows no item of the VM in vault ${vault.name}.`;
    return end(ports, attempt, 'failed', { code: 'NoItem', message });
  }
  if (backupNow && action === 'enable') {
    const clientRequestId = randomUUID();
    const answer = await ports.writes.backUpNow(item.id, clientRequestId);
    if (answer.kind === 'refused' || answer.kind === 'unclear') {
      const { vmId } = attempt.value;
      ports.log('warn', 'The first backup was not made at once; the schedule makes it.', { vmId, why: answer.message });
    }
  }
  const message = `Protected in vault ${item.vaultName}; the first recovery point shows that it works.`;
  return end(ports, attempt, 'enabled', { code: item.protectionState, message });
}

/** Whether the item shows what the attempt wanted. */
function isAsWanted(item: ProtectedItem | 'none', { plan }: Attempt): boolean {
  return (
    item !== 'none' &&
    item.vaultId === armId(plan.vault.id) &&
    item.policyId === armId(plan.policy.id) &&
    item.protectionState !== 'ProtectionStopped'
  );
}

/** Goes on with an attempt whose request was sent, or may have been: looks, and never sends another one. */
export async function goOn(
  ports: ProtectorPorts,
  order: Pick<Order, 'machine' | 'message'>,
  attempt: Stored<Attempt>,
): Promise<ProtectAnswer> {
  const { value } = attempt;
  const look = (order.message.follow ?? 0) + 1;
  const isLate = ports.clock().getTime() - Date.parse(value.requestedAt ?? value.claimedAt) > followMinutes * 60_000;
  if (value.operationUrl) {
    const state = await ports.writes.operation(value.operationUrl);
    if (state.kind === 'known' && state.value.kind === 'failed') {
      return end(ports, attempt, 'failed', { code: state.value.code, message: state.value.message });
    }
    if (state.kind === 'known' && state.value.kind === 'done') {
      return enabled(ports, attempt, order);
    }
  } else if (isAsWanted(await itemNow(ports, order), value)) {
    return enabled(ports, attempt, order);
  }
  if (isLate) {
    const message = `Its end could not be seen within ${followMinutes} minutes; a sweep tells what became of it.`;
    return end(ports, attempt, 'abandoned', { code: 'EndUnseen', message });
  }
  await follow(ports, attempt, look, secondsBetweenLooks);
  return { kind: 'waits', seconds: secondsBetweenLooks, why: 'Azure works on it' };
}
