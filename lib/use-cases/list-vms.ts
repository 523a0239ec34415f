import { createHash } from 'node:crypto';

import * as z from 'zod';

import type { Evaluated } from './evaluated.ts';
import type { PagePosition, Ports, VmFilter } from './ports.ts';

/** A cursor that was not given out for this query. */
export class WrongCursor extends Error {
  override readonly name = 'WrongCursor';
}

/** A page of VMs and the cursor of the next one; `null` at the end. */
export interface VmPage {
  readonly vms: readonly Evaluated[];
  readonly next: string | null;
}

const Cursor = z.strictObject({
  filter: z.string(),
  subscriptionId: z.guid(),
  vmKey: z.string().regex(/^[0-9a-f]{20}$/),
});

/** A cursor belongs to the filter it was made for: another filter would skip and repeat VMs. */
function nameOf(filter: VmFilter): string {
  const { verdict, rule, subscription, region, q } = filter;
  const text = JSON.stringify([verdict, rule, subscription, region, q].map((value) => value ?? null));
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

function encode(filter: VmFilter, position: PagePosition): string {
  return Buffer.from(JSON.stringify({ filter: nameOf(filter), ...position })).toString('base64url');
}

function decode(filter: VmFilter, cursor: string): PagePosition {
  let raw: unknown;
  try {
    raw = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw new WrongCursor('expected the cursor of an earlier answer');
  }
  const parsed = Cursor.safeParse(raw);
  if (!parsed.success) {
    throw new WrongCursor('expected the cursor of an earlier answer');
  }
  const { filter: name, ...position } = parsed.data;
  if (name !== nameOf(filter)) {
    throw new WrongCursor('it belongs to a query with other filters');
  }
  return position;
}

/** VMs by filter, in a stable order, a page at a time. Throws `WrongCursor`. */
export async function listVms(
  { evaluations }: Pick<Ports, 'evaluations'>,
  filter: VmFilter,
  size: number,
  cursor: string | undefined,
): Promise<VmPage> {
  const position = cursor === undefined ? undefined : decode(filter, cursor);
  const { rows, next } = await evaluations.page(filter, size, position);
  return { vms: rows, next: next ? encode(filter, next) : null };
}
