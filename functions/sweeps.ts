import { app, type HttpRequest } from '@azure/functions';
import * as z from 'zod';

import { app as backstop } from '../lib/app.ts';
import { listSweeps } from '../lib/use-cases/list-sweeps.ts';
import { startSweepOf } from '../lib/use-cases/start-sweep.ts';
import { Problem, withProblems } from './http/problem.ts';
import { readBody, readQuery, refuseQuery } from './http/request.ts';

const Query = z.strictObject({ size: z.coerce.number('expected a number').int().min(1).max(100).default(10) });

const subscription = z.guid('expected subscription ids').toLowerCase();
const Wish = z.strictObject({
  subscriptions: z.array(subscription).min(1, 'expected one or more').max(300).optional(),
});

/** A request without a body wishes for everything in scope. */
async function readWish(request: HttpRequest): Promise<z.infer<typeof Wish>> {
  refuseQuery(request);
  return request.headers.get('content-length') === '0' || !request.body ? {} : readBody(request, Wish);
}

async function start(request: HttpRequest) {
  const { subscriptions } = await readWish(request);
  const { ports, config } = backstop();
  const answer = await startSweepOf(ports, config.sweep, subscriptions);
  switch (answer.kind) {
    case 'unknown-scope': {
      const detail = `subscriptions: not in scope, or not to be read: ${answer.unknown.join(', ')}.`;
      throw new Problem(400, 'Bad request', detail, { parameter: 'subscriptions' });
    }
    case 'already-running': {
      const { runId } = answer.run;
      throw new Problem(409, 'A sweep is running', `Sweep ${runId} is still running.`, { runId });
    }
    default:
      return { status: 202, jsonBody: answer.run };
  }
}

/** GET: the newest sweeps with their progress. POST: starts one, of some subscriptions or all; 409 while one is running. */
app.http('sweeps', {
  route: 'sweeps',
  methods: ['GET', 'POST'],
  authLevel: 'function',
  handler: withProblems(async (request) => {
    if (request.method === 'POST') {
      return start(request);
    }
    return { jsonBody: { sweeps: await listSweeps(backstop().ports, readQuery(request, Query).size) } };
  }),
});
