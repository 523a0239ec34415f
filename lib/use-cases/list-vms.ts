import * as z from 'zod';

import { decodeCursor, encodeCursor } from './cursor.ts';
import type { Evaluated } from './evaluated.ts';
import type { Ports, VmFilter } from './ports.ts';
import { nextInOrder, type Sort, type SortedPosition } from './sort-vms.ts';

/** A page of VMs and the cursor of the next one; `null` at the end. */
export interface VmPage {
  readonly vms: readonly Evaluated[];
  readonly next: string | null;
}

/** The keys at which a page of VMs ended. */
export const vmPosition = { subscriptionId: z.guid(), vmKey: z.string().regex(/^[0-9a-f]{20}$/) };
const sortedPosition = { ...vmPosition, value: z.string() };

/** What a cursor belongs to: a filter, whatever the order in which its fields were given. */
function queryOf(filter: VmFilter, sort: Sort | undefined): readonly (string | undefined)[] {
  const fields = Object.entries(filter).filter(([, value]) => value !== undefined);
  return [sort, ...fields.map(([name, value]) => `${name}=${String(value)}`).toSorted()];
}

/** The next rows in an order: found by their heads, then read; one that vanished in between is left out. */
async function sortedPage(
  { evaluations }: Pick<Ports, 'evaluations'>,
  { reason, severity, ...filter }: VmFilter,
  sort: Sort,
  size: number,
  after: SortedPosition | undefined,
): Promise<{ readonly rows: readonly Evaluated[]; readonly next?: SortedPosition }> {
  if (reason ?? severity) {
    return nextInOrder(evaluations.each({ ...filter, reason, severity }), sort, size, after);
  }
  const { rows: heads, ...rest } = await nextInOrder(evaluations.eachHead(filter), sort, size, after);
  const rows: Evaluated[] = [];
  for (const { subscriptionId, vmKey } of heads) {
    const row = await evaluations.find(subscriptionId, vmKey);
    rows.push(...(row ? [row.value] : []));
  }
  return { rows, ...rest };
}

/**
 * VMs by filter, in a stable order, a page at a time. Sorted by something, every page reads all VMs that the filter selects.
 * Throws `WrongCursor`.
 */
export async function listVms(
  { evaluations }: Pick<Ports, 'evaluations'>,
  { sort, ...filter }: VmFilter & { readonly sort?: Sort | undefined },
  size: number,
  cursor: string | undefined,
): Promise<VmPage> {
  const query = queryOf(filter, sort);
  if (sort) {
    const after = cursor === undefined ? undefined : decodeCursor(query, sortedPosition, cursor);
    const { rows, next } = await sortedPage({ evaluations }, filter, sort, size, after);
    return { vms: rows, next: next ? encodeCursor(query, { ...next }) : null };
  }
  const after = cursor === undefined ? undefined : decodeCursor(query, vmPosition, cursor);
  const { rows, next } = await evaluations.page(filter, size, after);
  return { vms: rows, next: next ? encodeCursor(query, { ...next }) : null };
}
