import { createHash } from 'node:crypto';

import * as z from 'zod';

/** A cursor that was not given out for this query. */
export class WrongCursor extends Error {
  override readonly name = 'WrongCursor';
}

/** What a list is asked for, in a fixed order; what is absent is `undefined`. */
type Query = readonly (string | undefined)[];

/** A cursor belongs to the query it was made for: another one would skip and repeat rows. */
function nameOf(query: Query): string {
  const text = JSON.stringify(query.map((value) => value ?? null));
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** Where a page of a query ended, as text for the caller. */
export function encodeCursor(query: Query, position: Readonly<Record<string, string>>): string {
  return Buffer.from(JSON.stringify({ filter: nameOf(query), ...position })).toString('base64url');
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw new WrongCursor('expected the cursor of an earlier answer');
  }
}

/** The position of a cursor, by the schema of its fields. Throws `WrongCursor`. */
export function decodeCursor<Shape extends z.ZodRawShape>(
  query: Query,
  position: Shape,
  cursor: string,
): z.infer<z.ZodObject<Shape>> {
  const named = z.looseObject({ filter: z.string() }).safeParse(parsed(cursor));
  const { filter = '', ...rest } = named.data ?? {};
  const found = z.strictObject(position).safeParse(rest);
  if (!named.success || !found.success) {
    throw new WrongCursor('expected the cursor of an earlier answer');
  }
  if (filter !== nameOf(query)) {
    throw new WrongCursor('it belongs to a query with other filters');
  }
  return found.data;
}
