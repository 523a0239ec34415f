import { app } from '@azure/functions';
import * as z from 'zod';

import { app as backstop } from '../lib/app.ts';
import { listPlans } from '../lib/use-cases/list-plans.ts';
import { pageOf } from './http/page.ts';
import { withProblems } from './http/problem.ts';
import { readQuery } from './http/request.ts';
import { orUnknownScope, Scope } from './http/scope.ts';

const Query = z.strictObject({
  scope: Scope.optional(),
  kind: z.enum(['plan', 'none'], 'expected plan or none').default('plan'),
  size: z.coerce.number('expected a number').int().min(1).max(500).default(50),
  cursor: z.string().min(1).max(1000).optional(),
});

/** What would be done to protect VMs, or (`kind=none`) why nothing would, a page at a time. Nothing is written in Azure. */
app.http('plans', {
  route: 'plans',
  methods: ['GET'],
  authLevel: 'function',
  handler: withProblems(async (request) => {
    const { scope = {}, kind, size, cursor } = readQuery(request, Query);
    return { jsonBody: await orUnknownScope(pageOf(listPlans(backstop().ports, { scope, kind }, size, cursor))) };
  }),
});
