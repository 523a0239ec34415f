import * as z from 'zod';

import { dayOf } from '../domain/day.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { Transition } from './evaluated.ts';
import type { ChangeFilter, Ports } from './ports.ts';

/** Since when changes are asked for: an instant, or so many hours before now. */
export type Since = { readonly instant: string } | { readonly hours: number };

/** What changed since an instant, newest first, and the cursor of the next page; `null` at the end. */
export interface ChangePage {
  /** ISO 8601 UTC. */
  readonly since: string;
  readonly changes: readonly Transition[];
  readonly next: string | null;
}

/** All pages of an answer go back to the same instant, however long it takes to read them. */
const position = {
  since: z.iso.datetime(),
  day: z.iso.date(),
  key: z.string().regex(/^\d{13}\|[0-9a-z-]{1,64}\|\d{10}$/),
};

/** What became of VMs since an instant: the changes of their verdicts and failing rules. Throws `WrongCursor`. */
export async function listChanges(
  { transitions, clock }: Pick<Ports, 'transitions' | 'clock'>,
  since: Since,
  filter: ChangeFilter,
  size: number,
  cursor: string | undefined,
): Promise<ChangePage> {
  const now = clock();
  const { subscription, region, to, owner } = filter;
  const query = [JSON.stringify(since), subscription, region, to, owner];
  const after = cursor === undefined ? undefined : decodeCursor(query, position, cursor);
  const asked = 'instant' in since ? since.instant : new Date(now.getTime() - since.hours * 3_600_000).toISOString();
  const from = after?.since ?? asked;
  const { rows, next } = await transitions.since({ since: from, lastDay: dayOf(now) }, filter, size, after);
  return { since: from, changes: rows, next: next ? encodeCursor(query, { since: from, ...next }) : null };
}
