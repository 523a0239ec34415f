import * as z from 'zod';

import { exemptionCategories } from '../../lib/domain/registered-exemption.ts';
import type { ExemptionAnswer } from '../../lib/use-cases/register-exemption.ts';
import { Problem } from './problem.ts';

/** The instant after the last moment of a day `YYYY-MM-DD` in UTC. */
function afterDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString();
}

const wrongEnd = 'expected a day such as 2027-01-31, or an instant such as 2027-01-31T18:00:00Z';

/** The end of an exemption: an instant with its zone, or a day that still belongs to it. */
const until = z.string(wrongEnd).transform((text, context) => {
  const day = z.iso.date().safeParse(text);
  const instant = z.iso.datetime({ offset: true }).safeParse(text);
  if (!day.success && !instant.success) {
    context.addIssue(wrongEnd);
    return z.NEVER;
  }
  return day.success ? afterDay(day.data) : new Date(text).toISOString();
});

const said = (most: number) => z.string().trim().min(1, 'expected some words').max(most, `at most ${most} characters`);

/** Who makes a change, where callers have no names of their own. */
const by = said(200);

const words = {
  owner: said(200),
  reason: said(2000),
  ticket: said(200).optional(),
  category: z.enum(exemptionCategories),
  until,
};

/** The body with which an exemption is made. */
export const NewExemption = z.strictObject({ scope: z.string().min(1).max(2000), ...words, by });

/** The body with which an exemption is changed: at least one field. */
export const ExemptionChangeBody = z
  .strictObject({ ...z.strictObject(words).partial().shape, by })
  .refine(({ by: _, ...change }) => Object.keys(change).length > 0, 'expected something to change');

/** The body with which an exemption is ended. */
export const ExemptionEnd = z.strictObject({ reason: said(2000), by });

/** What became of a wish as an answer, or the problem with it. */
export function answerOf(answer: ExemptionAnswer, status: 200 | 201) {
  switch (answer.kind) {
    case 'written':
      return { status, jsonBody: { exemption: answer.exemption, vms: answer.vms } };
    case 'wrong':
      throw new Problem(400, 'Bad request', `${answer.parameter}: ${answer.why}.`, { parameter: answer.parameter });
    case 'not-found':
      throw new Problem(404, 'Not found', 'There is no exemption with this id; GET exemptions lists them.');
    case 'conflict':
      throw new Problem(409, 'Conflict', answer.why);
    default: {
      const never: never = answer;
      return never;
    }
  }
}
