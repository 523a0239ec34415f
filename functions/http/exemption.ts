import * as z from 'zod';

import { type Caller, isVisible } from '../../lib/domain/caller.ts';
import { exemptionCategories } from '../../lib/domain/registered-exemption.ts';
import type { ExemptionAnswer } from '../../lib/use-cases/register-exemption.ts';
import { Problem } from './problem.ts';

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

/** The end of an exemption: an instant, or a day that still belongs to it. */
const until = z
  .string(someEnd)
  .max(40, someEnd)
  .transform(readEnd)
  .describe('A day that still belongs to it, or an instant.');

const said = (most: number) => z.string().trim().min(1, 'expected some words').max(most, `at most ${most} characters`);

/** Who makes a change; needed where a key does not tell who asks, and not looked at where the caller is known. */
const by = said(200).optional();

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

type Written = Extract<ExemptionAnswer, { kind: 'written' }>;

/** Characters of a GUID. */
const guidLength = 36;

/** Where an exemption is found. */
export const ExemptionAddress = z.object({ exemptionId: z.string() });

/** There is no exemption with an id. */
export function noSuchExemption(): Problem {
  return new Problem(404, 'Not found', 'There is no exemption with this id; GET exemptions lists them.');
}

/** 404 for an exemption that a caller may not see, as if there were none; its id begins with its subscription. */
export function checkExemptionVisible({ subscriptions }: Caller, exemptionId: string): void {
  if (!isVisible(subscriptions, exemptionId.slice(0, guidLength))) {
    throw noSuchExemption();
  }
}

/** What was written, or the problem with the wish. */
export function orExemptionProblem(answer: ExemptionAnswer): Pick<Written, 'exemption' | 'vms'> {
  switch (answer.kind) {
    case 'written':
      return { exemption: answer.exemption, vms: answer.vms };
    case 'wrong':
      throw new Problem(400, 'Bad request', `${answer.parameter}: ${answer.why}.`, { parameter: answer.parameter });
    case 'not-found':
      throw noSuchExemption();
    case 'conflict':
      throw new Problem(409, 'Conflict', answer.why);
    default: {
      const never: never = answer;
      return never;
    }
  }
}
