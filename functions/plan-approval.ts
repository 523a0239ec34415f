import { app } from '@azure/functions';
import * as z from 'zod';

import { app as backstop } from '../lib/app.ts';
import { approvePlan } from '../lib/use-cases/approve-plan.ts';
import { orNotNow } from './http/not-now.ts';
import { Problem, withProblems } from './http/problem.ts';
import { readBody, refuseQuery } from './http/request.ts';

const Approval = z.strictObject({ by: z.string().min(1).max(200) });

/** Approves a plan: its VM is judged anew, and if the same plan comes out, it is handed to the protector. */
app.http('plan-approval', {
  route: 'plans/{planId}/approve',
  methods: ['POST'],
  authLevel: 'function',
  handler: withProblems(async (request) => {
    refuseQuery(request);
    const { by } = await readBody(request, Approval);
    const { ports, protections, config } = backstop();
    const planId = request.params['planId'] ?? '';
    const answer = await orNotNow(approvePlan(ports, protections, config.judgement, planId, by));
    if (answer.kind === 'unknown-plan') {
      throw new Problem(404, 'Not found', 'There is no plan with this id; GET plans lists them.');
    }
    if (answer.kind === 'outdated') {
      throw new Problem(409, 'The plan no longer holds', answer.why);
    }
    return { status: 202, jsonBody: { plan: answer.plan } };
  }),
});
