import * as z from 'zod';

import { mapTexts } from './map-texts.ts';

type Spelling = (id: string) => string;

function alternating(text: string): string {
  return [...text].map((letter, at) => (at % 2 === 0 ? letter.toUpperCase() : letter.toLowerCase())).join('');
}

/** Ways in which Azure may write an id. */
export const spellings: readonly Spelling[] = [
  (id) => id.toUpperCase(),
  (id) => id.toLowerCase(),
  (id) => alternating(id),
  (id) => id,
];

/** The text of an answer with its ids written in another way. */
export function respelt(text: string, spelling: Spelling): string {
  const respell = (each: string) => (/^\/subscriptions\//i.test(each) ? spelling(each) : each);
  return JSON.stringify(mapTexts(JSON.parse(text), respell));
}

const Resource = z.looseObject({ id: z.string() });
const Rows = z.looseObject({ data: z.array(Resource) });
const List = z.looseObject({ value: z.array(Resource) });

/** The text of an answer with its resources in the reverse order, all of them twice. */
export function twiceReversed(text: string): string {
  const body: unknown = JSON.parse(text);
  const again = <T>(rows: readonly T[]) => [...rows.toReversed(), ...rows];
  const rows = Rows.safeParse(body).data;
  if (rows) {
    return JSON.stringify({ ...rows, data: again(rows.data) });
  }
  const list = List.safeParse(body).data;
  return list ? JSON.stringify({ ...list, value: again(list.value) }) : text;
}
