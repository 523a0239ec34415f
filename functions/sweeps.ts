import * as z from 'zod';

import { app as backstop } from '../lib/app.ts';
import { listSweeps } from '../lib/use-cases/list-sweeps.ts';
import type { Run } from '../lib/use-cases/run.ts';
import { startSweepOf } from '../lib/use-cases/start-sweep.ts';
import { operation, reply } from './http/operation.ts';
import { Problem } from './http/problem.ts';
import { route } from './http/route.ts';
import { RunOfSweep, Sweeps } from './http/schemas/run.ts';

const Query = z.strictObject({ size: z.coerce.number('expected a number').int().min(1).max(100).default(10) });

const subscription = z.guid('expected subscription ids').toLowerCase();
/** A request without a body wishes for everything in scope. */
const Wish = z
  .strictObject({ subscriptions: z.array(subscription).min(1, 'expected one or more').max(300).optional() })
  .optional();

async function start(subscriptions: readonly string[] | undefined): Promise<Run> {
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
      return answer.run;
  }
}

/** GET: the newest sweeps with their progress. POST: starts one, of some subscriptions or all; 409 while one is running. */
route({
  name: 'sweeps',
  path: 'sweeps',
  operations: [
    operation({
      method: 'GET',
      id: 'listSweeps',
      summary: 'The newest sweeps with their progress.',
      heading: 'Sweeps',
      role: 'Reader',
      query: Query,
      answers: { 200: Sweeps },
      async handle({ query: { size } }) {
        return reply(200, { sweeps: await listSweeps(backstop().ports, size) });
      },
    }),
    operation({
      method: 'POST',
      id: 'startSweep',
      summary: 'Starts a sweep of some subscriptions or, without a body, of all; 409 while one is running.',
      heading: 'Sweeps',
      role: 'Contributor',
      body: Wish,
      answers: { 202: RunOfSweep },
      problems: [409],
      handle: async ({ body }) => reply(202, await start(body?.subscriptions)),
    }),
  ],
});
