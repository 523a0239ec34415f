import { app } from '@azure/functions';
import * as z from 'zod';

import { app as backstop } from '../lib/app.ts';
import { listSweeps } from '../lib/use-cases/list-sweeps.ts';
import { startSweep } from '../lib/use-cases/start-sweep.ts';
import { Problem, withProblems } from './http/problem.ts';
import { readQuery, refuseQuery } from './http/request.ts';

const Query = z.strictObject({ size: z.coerce.number('expected a number').int().min(1).max(100).default(10) });

/** GET: the newest sweeps with their progress. POST: starts one; 409 with its id while one is running. */
app.http('sweeps', {
  route: 'sweeps',
  methods: ['GET', 'POST'],
  authLevel: 'function',
  handler: withProblems(async (request) => {
    const { ports, config } = backstop();
    if (request.method === 'GET') {
      return { jsonBody: { sweeps: await listSweeps(ports, readQuery(request, Query).size) } };
    }
    refuseQuery(request);
    const { kind, run } = await startSweep(ports, config.sweep, 'request');
    if (kind === 'already-running') {
      throw new Problem(409, 'A sweep is running', `Sweep ${run.runId} is still running.`, { runId: run.runId });
    }
    return { status: 202, jsonBody: run };
  }),
});
