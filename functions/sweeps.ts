import * as z from 'zod';

import { app as backstop } from '../lib/app.ts';
import type { Caller, Visible } from '../lib/domain/caller.ts';
import { listSweeps } from '../lib/use-cases/list-sweeps.ts';
import type { Run } from '../lib/use-cases/run.ts';
import { concerns, type RunInPart, runInPart } from '../lib/use-cases/seen-in-part.ts';
import { startSweepOf } from '../lib/use-cases/start-sweep.ts';
import { checkVisible } from './http/caller.ts';
import { operation, reply } from './http/operation.ts';
import { Problem } from './http/problem.ts';
import { route } from './http/route.ts';
import { RunSeen, Sweeps } from './http/schemas/run.ts';

const Query = z.strictObject({ size: z.coerce.number('expected a number').int().min(1).max(100).default(10) });

const subscription = z.guid('expected subscription ids').toLowerCase();
/** A request without a body wishes for everything in scope. */
const Wish = z
  .strictObject({ subscriptions: z.array(subscription).min(1, 'expected one or more').max(300).optional() })
  .optional();

/** Runs that are looked at for those that concern some subscriptions. */
const mostRuns = 100;

async function newest(size: number, visible: Visible): Promise<readonly (Run | RunInPart)[]> {
  const { ports } = backstop();
  if (!visible) {
    return listSweeps(ports, size);
  }
  const runs = await listSweeps(ports, mostRuns);
  return runs
    .filter((run) => concerns(run, visible))
    .slice(0, size)
    .map((run) => runInPart(run, visible));
}

/** The subscriptions to sweep; whoever may see only some has these swept, and 403 for others. */
function wished(subscriptions: readonly string[] | undefined, caller: Caller): readonly string[] | undefined {
  for (const id of subscriptions ?? []) {
    checkVisible(caller, id);
  }
  return subscriptions ?? caller.subscriptions;
}

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
      forLimited: true,
      query: Query,
      answers: { 200: Sweeps },
      async handle({ query: { size }, caller }) {
        return reply(200, { sweeps: await newest(size, caller.subscriptions) });
      },
    }),
    operation({
      method: 'POST',
      id: 'startSweep',
      summary: 'Starts a sweep of some subscriptions or, without a body, of all; 409 while one is running.',
      heading: 'Sweeps',
      role: 'Contributor',
      forLimited: true,
      body: Wish,
      answers: { 202: RunSeen },
      problems: [409],
      async handle({ body, caller }) {
        const run = await start(wished(body?.subscriptions, caller));
        return reply(202, caller.subscriptions ? runInPart(run, caller.subscriptions) : run);
      },
    }),
  ],
});
