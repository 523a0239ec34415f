import * as z from 'zod';

import { decodeCursor, encodeCursor } from './cursor.ts';
import type { Evaluated } from './evaluated.ts';
import type { Ports, VmFilter } from './ports.ts';

/** A page of VMs and the cursor of the next one; `null` at the end. */
export interface VmPage {
  readonly vms: readonly Evaluated[];
  readonly next: string | null;
}

/** The keys at which a page of VMs ended. */
export const vmPosition = { subscriptionId: z.guid(), vmKey: z.string().regex(/^[0-9a-f]{20}$/) };

/** VMs by filter, in a stable order, a page at a time. Throws `WrongCursor`. */
export async function listVms(
  { evaluations }: Pick<Ports, 'evaluations'>,
  filter: VmFilter,
  size: number,
  cursor: string | undefined,
): Promise<VmPage> {
  const { verdict, rule, subscription, region, q } = filter;
  const query = [verdict, rule, subscription, region, q];
  const after = cursor === undefined ? undefined : decodeCursor(query, vmPosition, cursor);
  const { rows, next } = await evaluations.page(filter, size, after);
  return { vms: rows, next: next ? encodeCursor(query, { ...next }) : null };
}
