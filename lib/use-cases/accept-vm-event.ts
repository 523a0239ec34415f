import type { Ports } from './ports.ts';

/**
 * Takes an event of Event Grid: one about a VM becomes a message, everything else is logged with its id and done with.
 * Writes settle first (agent and tags follow the VM itself); a delete has nothing to wait for.
 */
export async function acceptVmEvent(
  { queues, readVmEvent, log }: Pick<Ports, 'queues' | 'readVmEvent' | 'log'>,
  settleSeconds: number,
  raw: unknown,
): Promise<void> {
  const event = readVmEvent(raw);
  if (event.kind === 'not-ours') {
    log('warn', 'An event is not about a VM and is left alone.', { eventId: event.eventId, why: event.why });
    return;
  }
  const { eventId, vm, change, changedAt } = event;
  await queues.evaluate({ vmId: vm.id, change, changedAt, eventId }, change === 'written' ? settleSeconds : 0);
  log('info', 'A VM changed.', { eventId, vmId: vm.id, change });
}
