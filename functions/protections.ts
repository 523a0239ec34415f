import * as z from 'zod';

import { app as backstop } from '../lib/app.ts';
import { listProtections } from '../lib/use-cases/list-protections.ts';
import { operation, reply } from './http/operation.ts';
import { route } from './http/route.ts';
import { Attempts } from './http/schemas/attempt.ts';

const Query = z.strictObject({ size: z.coerce.number('expected a number').int().min(1).max(500).default(50) });

/** The newest attempts to protect VMs: plan, request, outcome, and whether a recovery point proves that protection works. */
route({
  name: 'protections',
  path: 'protections',
  operations: [
    operation({
      method: 'GET',
      id: 'listProtections',
      summary: 'The newest attempts to protect VMs, and whether a recovery point proves that protection works.',
      heading: 'Protection',
      role: 'Reader',
      forLimited: true,
      query: Query,
      answers: { 200: Attempts },
      async handle({ query: { size }, caller }) {
        const { ports, protections } = backstop();
        const isStopped = await protections.isStopped();
        const newest = await listProtections(ports, protections, size, caller.subscriptions);
        return reply(200, { isStopped, protections: newest });
      },
    }),
  ],
});

/** The stop switch: while it is set, nothing new is begun; what was sent to Azure is followed to its end. */
route({
  name: 'protections-stop',
  path: 'protections/stop',
  operations: [
    operation({
      method: 'POST',
      id: 'stopProtections',
      summary: 'Sets or releases the stop switch: while it is set, nothing new is begun.',
      heading: 'Protection',
      role: 'Approver',
      body: z.strictObject({ stop: z.boolean('expected true or false') }),
      answers: { 200: z.object({ isStopped: z.boolean() }) },
      async handle({ body: { stop } }) {
        const { ports, protections } = backstop();
        await protections.setStopped(stop);
        ports.log('warn', stop ? 'The stop switch is set.' : 'The stop switch is released.');
        return reply(200, { isStopped: stop });
      },
    }),
  ],
});
