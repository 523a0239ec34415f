import type { HttpRequest } from '@azure/functions';
import * as z from 'zod';

import { groupings } from '../../lib/reports/posture-groups.ts';
import type { PostureRequest } from '../../lib/use-cases/report-posture.ts';
import { readQuery } from './request.ts';
import { Scope } from './scope.ts';

/** What is asked of a posture, in a tenant where it is `today` (`YYYY-MM-DD`); 400 naming what makes no sense. */
export function readPostureQuery(request: HttpRequest, today: string): PostureRequest {
  const Query = z
    .strictObject({
      scope: Scope.optional(),
      subscription: z.guid('expected a subscription id').toLowerCase().optional(),
      region: z.string().min(1).max(60).toLowerCase().optional(),
      by: z.enum(groupings).optional(),
      day: z.iso
        .date('expected a day such as 2026-11-20')
        .refine((day) => day <= today, 'it has not come yet')
        .optional(),
      trend: z.coerce.number('expected a number of days').int().min(1).max(400).optional(),
    })
    .refine(({ scope, subscription, region }) => !(scope && (subscription || region)), {
      path: ['scope'],
      message: 'not together with subscription or region',
    });
  const { scope, ...query } = readQuery(request, Query);
  return { ...query, ...scope };
}
