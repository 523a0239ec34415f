import { app } from '@azure/functions';
import * as z from 'zod';

import { app as backstop } from '../lib/app.ts';
import { listProtections } from '../lib/use-cases/list-protections.ts';
import { withProblems } from './http/problem.ts';
import { readBody, readQuery, refuseQuery } from './http/request.ts';

const Query = z.strictObject({ size: z.coerce.number('expected a number').int().min(1).max(500).default(50) });

/** The newest attempts to protect VMs: plan, request, outcome, and whether a recovery point proves that protection works. */
app.http('protections', {
  route: 'protections',
  methods: ['GET'],
  authLevel: 'function',
  handler: withProblems(async (request) => {
    const { size } = readQuery(request, Query);
    const { ports, protections } = backstop();
    const isStopped = await protections.isStopped();
    return { jsonBody: { isStopped, protections: await listProtections(ports, protections, size) } };
  }),
});

const Stop = z.strictObject({ stop: z.boolean('expected true or false') });

/** The stop switch: while it is set, nothing new is begun; what was sent to Azure is followed to its end. */
app.http('protections-stop', {
  route: 'protections/stop',
  methods: ['POST'],
  authLevel: 'function',
  handler: withProblems(async (request) => {
    refuseQuery(request);
    const { stop } = await readBody(request, Stop);
    const { ports, protections } = backstop();
    await protections.setStopped(stop);
    ports.log('warn', stop ? 'The stop switch is set.' : 'The stop switch is released.');
    return { jsonBody: { isStopped: stop } };
  }),
});
