import * as z from 'zod';

import { app as backstop } from '../lib/app.ts';
import { approvePlan } from '../lib/use-cases/approve-plan.ts';
import { nameFor } from './http/caller.ts';
import { orNotNow } from './http/not-now.ts';
import { operation, reply } from './http/operation.ts';
import { Problem } from './http/problem.ts';
import { route } from './http/route.ts';
import { ApprovedPlan } from './http/schemas/plan.ts';

/** Approves a plan: its VM is judged anew, and if the same plan comes out, it is handed to the protector. */
route({
  name: 'plan-approval',
  path: 'plans/{planId}/approve',
  operations: [
    operation({
      method: 'POST',
      id: 'approvePlan',
      summary: 'Approves a plan that waits for it, once its VM was judged anew.',
      heading: 'Protection',
      role: 'Approver',
      forLimited: true,
      params: z.object({ planId: z.string() }),
      // Where callers are known, nobody need say who they are.
      body: z.strictObject({ by: z.string().min(1).max(200).optional() }),
      answers: { 202: ApprovedPlan },
      problems: [404, 409, 503],
      async handle({ params: { planId }, body: { by }, caller }) {
        const { ports, protections, config } = backstop();
        const approver = { name: nameFor(caller, by), subscriptions: caller.subscriptions };
        const answer = await orNotNow(approvePlan(ports, protections, config.judgement, planId, approver));
        if (answer.kind === 'unknown-plan') {
          throw new Problem(404, 'Not found', 'There is no plan with this id; GET plans lists them.');
        }
        if (answer.kind === 'outdated') {
          throw new Problem(409, 'The plan no longer holds', answer.why);
        }
        return reply(202, { plan: answer.plan });
      },
    }),
  ],
});
