import * as z from 'zod';

import { authorizationScopeFilters } from './query-scope.ts';

/** The body of a query, in the parts the simulator acts on; other members are let through, as the service does. */
const Request = z.looseObject({
  query: z.string().min(1),
  subscriptions: z.array(z.string()).optional(),
  managementGroups: z.array(z.string()).optional(),
  options: z
    .looseObject({
      $top: z.int().min(1).max(1000).optional(),
      $skip: z.int().min(0).optional(),
      $skipToken: z.string().optional(),
      resultFormat: z.enum(['objectArray', 'table']).optional(),
      authorizationScopeFilter: z.enum(authorizationScopeFilters).optional(),
    })
    .optional(),
});
type Request = z.infer<typeof Request>;

/** A request that can be answered, or what is wrong with it. */
export type ReadRequest = { readonly request: Request } | { readonly problem: string };

/** Reads the body of POST /providers/Microsoft.ResourceGraph/resources. */
export function readRequest(body: unknown): ReadRequest {
  const read = Request.safeParse(body);
  if (!read.success) return { problem: z.prettifyError(read.error) };
  const { subscriptions = [], managementGroups = [] } = read.data;
  // Which of the two the service would prefer is unconfirmed; the documentation offers one or the other.
  if (subscriptions.length > 0 && managementGroups.length > 0) {
    return { problem: 'Give subscriptions or managementGroups, not both.' };
  }
  return { request: read.data };
}
