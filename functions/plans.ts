import * as z from 'zod';

import { app as backstop } from '../lib/app.ts';
import { listPlans } from '../lib/use-cases/list-plans.ts';
import { operation, reply } from './http/operation.ts';
import { pageOf } from './http/page.ts';
import { route } from './http/route.ts';
import { PlansPage } from './http/schemas/plan.ts';
import { orUnknownScope, Scope, visibleScope } from './http/scope.ts';

const Query = z.strictObject({
  scope: Scope.optional(),
  kind: z.enum(['plan', 'none'], 'expected plan or none').default('plan'),
  size: z.coerce.number('expected a number').int().min(1).max(500).default(50),
  cursor: z.string().min(1).max(1000).optional(),
});

/** What would be done to protect VMs, or (`kind=none`) why nothing would, a page at a time. Nothing is written in Azure. */
route({
  name: 'plans',
  path: 'plans',
  operations: [
    operation({
      method: 'GET',
      id: 'listPlans',
      summary: 'What would be done to protect VMs, or (`kind=none`) why nothing would, a page at a time.',
      heading: 'Protection',
      role: 'Reader',
      forLimited: true,
      query: Query,
      answers: { 200: PlansPage },
      async handle({ query: { scope = {}, kind, size, cursor }, caller }) {
        const asked = visibleScope(caller, scope);
        const page = listPlans(backstop().ports, { scope: asked, kind }, size, cursor);
        return reply(200, await orUnknownScope(pageOf(page)));
      },
    }),
  ],
});
