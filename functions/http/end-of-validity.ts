import * as z from 'zod';

const someEnd = 'expected a day such as 2027-01-31, or an instant such as 2027-01-31T18:00:00Z';

/** An instant, or the one after the last moment of a day `YYYY-MM-DD` (UTC). */
function readEnd(text: string, context: z.RefinementCtx): string {
  if (z.iso.date().safeParse(text).success) {
    return new Date(Date.parse(`${text}T00:00:00Z`) + 86_400_000).toISOString();
  }
  if (z.iso.datetime({ offset: true }).safeParse(text).success) {
    return new Date(text).toISOString();
  }
  context.addIssue({ code: 'custom', message: someEnd });
  return z.NEVER;
}

/** The end of something that holds until then: an instant, or a day that still belongs to it. */
export const EndOfValidity = z
  .string(someEnd)
  .max(40, someEnd)
  .transform(readEnd)
  .describe('A day that still belongs to it, or an instant.');
