import * as z from 'zod';

import { groupings } from '../../lib/reports/posture-groups.ts';
import type { PostureRequest } from '../../lib/use-cases/report-posture.ts';
import { Problem } from './problem.ts';
import { Scope } from './scope.ts';

/** What is asked of a posture. */
export const PostureQuery = z
  .strictObject({
    scope: Scope.optional(),
    subscription: z.guid('expected a subscription id').toLowerCase().optional(),
    region: z.string().min(1).max(60).toLowerCase().optional(),
    by: z.enum(groupings).optional(),
    day: z.iso.date('expected a day such as 2026-11-20').optional(),
    trend: z.coerce.number('expected a number of days').int().min(1).max(400).optional(),
  })
  .refine(({ scope, subscription, region }) => !(scope && (subscription || region)), {
    path: ['scope'],
    message: 'not together with subscription or region',
  });

/** The request of a query in a tenant where it is `today` (`YYYY-MM-DD`); 400 for a day that has not come. */
export function postureRequestOf({ scope, ...query }: z.output<typeof PostureQuery>, today: string): PostureRequest {
  if (query.day && query.day > today) {
    throw new Problem(400, 'Bad request', 'day: it has not come yet.', { parameter: 'day' });
  }
  return { ...query, ...scope };
}
