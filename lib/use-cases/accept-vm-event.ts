import type { Ports } from './ports.ts';

/**
 * Takes an event of Event Grid: one about a VM becomes a message, everything else is logged with its id and done with.
 * Writes settle first (agent and tags follow the VM itself); a delete has nothing to wait for.
 */
export async function acceptVmEvent(
  { queues, readVmEvent, clock, log }: Pick<Ports, 'queues' | 'readVmEvent' | 'clock' | 'log'>,
  { settleSeconds, subscriptions }: { readonly settleSeconds: number; readonly subscriptions: readonly string[] },
  raw: unknown,
): Promise<void> {
  const event = readVmEvent(raw);
  if (event.kind === 'not-ours') {
    log('warn', 'An event is not about a VM and is left alone.', { eventId: event.eventId, why: event.why });
    return;
  }
  const { eventId, vm, change, changedAt } = event;
  if (subscriptions.length > 0 && !subscriptions.includes(vm.subscriptionId)) {
    log('warn', 'An event is about a subscription out of scope and is left alone.', { eventId, vmId: vm.id });
    return;
  }
  const delaySeconds = change === 'written' ? settleSeconds : 0;
  const dueAt = new Date(clock().getTime() + delaySeconds * 1000).toISOString();
  await queues.evaluate({ vmId: vm.id, change, changedAt, eventId, dueAt }, delaySeconds);
  log('info', 'A VM changed.', { eventId, vmId: vm.id, change });
}
