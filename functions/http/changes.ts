import * as z from 'zod';

import type { Caller } from '../../lib/domain/caller.ts';
import { verdicts } from '../../lib/domain/verdict.ts';
import { type ChangePage, listChanges, type Since } from '../../lib/use-cases/list-changes.ts';
import type { Ports } from '../../lib/use-cases/ports.ts';
import { visibleOf } from './caller.ts';
import { pageOf } from './page.ts';
import { Problem } from './problem.ts';

/** Days that can be looked back on. */
const longestDays = 400;

function readSince(text: string, context: z.RefinementCtx): Since {
  const [, count = '', unit] = /^(\d{1,4})([hd])$/.exec(text) ?? [];
  const hours = Number(count) * (unit === 'd' ? 24 : 1);
  if (unit && hours > 0 && hours <= longestDays * 24) {
    return { hours };
  }
  const instant = z.iso.datetime({ offset: true }).safeParse(text);
  if (instant.success) {
    return { instant: new Date(instant.data).toISOString() };
  }
  const message = `expected an instant such as 2026-11-20T06:00:00Z, or a time such as 24h or 7d, at most ${longestDays}d`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}

/** Since when changes are asked for, and which. */
export const ChangesQuery = z.strictObject({
  since: z.string('expected an instant, or a time such as 24h or 7d').max(40).transform(readSince),
  subscription: z.guid('expected a subscription id').toLowerCase().optional(),
  region: z.string().min(1).max(60).toLowerCase().optional(),
  to: z.enum([...verdicts, 'gone']).optional(),
  owner: z.string().min(1).max(256).optional(),
  size: z.coerce.number('expected a number').int().min(1).max(500).default(100),
  cursor: z.string().min(1).max(1000).optional(),
});

/** What changed since an instant, a page at a time; 400 naming the parameter that makes no sense. */
export async function answerChanges(
  ports: Ports,
  query: z.output<typeof ChangesQuery>,
  caller: Caller,
): Promise<ChangePage> {
  const { since, size, cursor, ...filter } = query;
  const oldest = ports.clock().getTime() - longestDays * 86_400_000;
  if ('instant' in since && Date.parse(since.instant) < oldest) {
    throw new Problem(400, 'Bad request', `since: at most ${longestDays} days ago.`, { parameter: 'since' });
  }
  return pageOf(listChanges(ports, since, { ...filter, ...visibleOf(caller, filter) }, size, cursor));
}
