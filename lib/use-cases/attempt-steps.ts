import type { Attempt, AttemptEnd } from '../domain/attempt.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { ProtectedItem } from '../domain/protection.ts';
import type { Order } from './plan-order.ts';
import type { Stored } from './ports.ts';
import type { ProtectorPorts } from './protector-ports.ts';
import { TryAgainLater } from './try-again-later.ts';

/** What became of a message of `protect-vm`. */
export type ProtectAnswer =
  | { readonly kind: 'passed-over'; readonly why: string }
  | { readonly kind: 'waits'; readonly seconds: number; readonly why: string }
  | { readonly kind: 'attempted'; readonly attempt: Attempt };

/** Nothing was done, and why. */
export const passedOver = (why: string): ProtectAnswer => ({ kind: 'passed-over', why });

/** The end of an attempt that the stop switch stopped. */
export const stopped = { code: 'Stopped', message: 'The stop switch is set.' } as const;

/** Whether nothing new may be begun. */
export async function isStopped({ protections }: ProtectorPorts, { stop }: Engagement): Promise<boolean> {
  return stop || (await protections.isStopped());
}

/** Stores how an attempt stands now; `undefined` where somebody else works on it. */
export function saved(
  { protections, clock }: ProtectorPorts,
  { value, version }: Stored<Attempt>,
  change: Partial<Attempt>,
): Promise<Stored<Attempt> | undefined> {
  const next = { ...value, ...change, changedAt: clock().toISOString() };
  return protections.save(version ? { value: next, version } : { value: next });
}

/** For so long events may still see the former state of an item that was changed: they share what they read. */
const staleSeconds = 6 * 60;

/** Ends an attempt, and has its VM judged anew. */
export async function end(
  ports: ProtectorPorts,
  attempt: Stored<Attempt>,
  state: AttemptEnd,
  outcome: Attempt['outcome'],
): Promise<ProtectAnswer> {
  const ended = await saved(ports, attempt, { state, ...(outcome ? { outcome } : {}) });
  if (!ended) {
    return passedOver('somebody else works on the attempt');
  }
  const { vmId, vmKey, number, plan } = ended.value;
  const seconds = plan.action === 'enable' ? 0 : staleSeconds;
  const changedAt = new Date(ports.clock().getTime() + seconds * 1000).toISOString();
  const eventId = `protection-${vmKey}-${number}`;
  await ports.queues.evaluate({ vmId, change: 'written', changedAt, eventId }, seconds);
  return { kind: 'attempted', attempt: ended.value };
}

/** The item of the VM as Azure Backup has it now. */
export async function itemNow(
  ports: ProtectorPorts,
  { machine }: Pick<Order, 'machine'>,
): Promise<ProtectedItem | 'none'> {
  const item = await ports.arm.itemOf(machine.vm.value);
  if (item.kind === 'unknown') {
    throw new TryAgainLater(item.because);
  }
  return item.value;
}

/** Sends the message that follows an attempt. */
export async function follow(
  ports: ProtectorPorts,
  { value: { vmId, plan } }: Stored<Attempt>,
  look: number,
  seconds: number,
): Promise<void> {
  await ports.queues.protect({ vmId, planId: plan.planId, follow: look }, seconds);
}

/** Seconds between two looks at an attempt where Azure does not say. */
export const secondsBetweenLooks = 60;
