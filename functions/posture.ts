import { app } from '@azure/functions';
import * as z from 'zod';

import { app as backstop } from '../lib/app.ts';
import { reportPosture } from '../lib/use-cases/report-posture.ts';
import { withProblems } from './http/problem.ts';
import { readQuery } from './http/request.ts';

const Scope = z.strictObject({
  subscription: z.guid('expected a subscription id').toLowerCase().optional(),
  region: z.string().min(1).max(60).toLowerCase().optional(),
});

/** Verdicts counted over everything in scope, a subscription or a region, with what the counts rest on. */
app.http('posture', {
  route: 'posture',
  methods: ['GET'],
  authLevel: 'function',
  handler: withProblems(async (request) => ({
    jsonBody: await reportPosture(backstop().ports, readQuery(request, Scope)),
  })),
});
