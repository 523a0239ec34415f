import { isCreatedAgain } from '../domain/instance.ts';
import { bornAt, isNewborn, nextCheckOf } from '../domain/newborn.ts';
import type { Evaluated } from './evaluated.ts';
import { inBatches } from './in-batches.ts';
import type { CheckMessage, Ports } from './ports.ts';

/** A VM that was judged, and what is known about its age. */
export interface JudgedNewborn {
  /** The row is only asked for where the VM is newborn: in a sweep words are made for those who read them. */
  readonly judged: { readonly row: Evaluated };
  /** What was stored of the VM until now. */
  readonly stored: Omit<Evaluated, 'findings'> | undefined;
  /** When Azure says that the VM was created (ISO 8601). */
  readonly timeCreated: string | undefined;
  /** When the VM was first seen (ISO 8601), for one of which Azure does not tell the age; absent = it is not new then. */
  readonly firstSeenAt?: string | undefined;
  /** When it was judged. */
  readonly now: Date;
}

/** Which look at a newborn VM comes next; a former VM of the same name is no look at this one. */
function nextCheckAfter({ judged, stored, timeCreated, firstSeenAt, now }: JudgedNewborn): CheckMessage | undefined {
  const born = bornAt(timeCreated, firstSeenAt, now);
  if (born === undefined || !isNewborn(born, now)) {
    return undefined;
  }
  const { row } = judged;
  const former = stored?.goneAt || isCreatedAgain(stored, row) ? undefined : stored;
  const checkAt = nextCheckOf(born, now, former, row);
  return checkAt ? { vmId: row.vmId, checkAt, bornAt: born } : undefined;
}

/**
 * Lets a newborn VM be looked at again when it is time, by a delayed message; other VMs cost nothing. To be called before
 * its row is written: whoever finds newer evidence than a message wants leaves it at that, as the next look was asked for
 * together with that evidence.
 */
export async function scheduleNextCheck(
  { queues, clock }: Pick<Ports, 'queues' | 'clock'>,
  newborn: JudgedNewborn,
): Promise<void> {
  const next = nextCheckAfter(newborn);
  if (next) {
    const seconds = Math.ceil((Date.parse(next.checkAt) - clock().getTime()) / 1000);
    await queues.evaluate(next, Math.max(0, seconds));
  }
}

/** The same for the VMs of a page of a sweep, which finds those whose event was lost; changed or not. */
export async function scheduleNextChecks(
  ports: Pick<Ports, 'queues' | 'clock'>,
  newborns: readonly JudgedNewborn[],
): Promise<void> {
  await inBatches(newborns, (each) => scheduleNextCheck(ports, each));
}
