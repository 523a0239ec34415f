import * as z from 'zod';

import { type Caller, isVisible } from '../../lib/domain/caller.ts';
import { exemptionCategories } from '../../lib/domain/registered-exemption.ts';
import type { ExemptionAnswer } from '../../lib/use-cases/register-exemption.ts';
import { EndOfValidity } from './end-of-validity.ts';
import { Problem } from './problem.ts';

const said = (most: number) => z.string().trim().min(1, 'expected some words').max(most, `at most ${most} characters`);

/** Who makes a change; needed where a key does not tell who asks, and not looked at where the caller is known. */
const by = said(200).optional();

const words = {
  owner: said(200),
  reason: said(2000),
  ticket: said(200).optional(),
  category: z.enum(exemptionCategories),
  until: EndOfValidity,
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
