import { app as backstop } from '../lib/app.ts';
import { dayOf } from '../lib/domain/day.ts';
import { reportPosture } from '../lib/use-cases/report-posture.ts';
import { operation, reply } from './http/operation.ts';
import { PostureQuery, postureRequestOf } from './http/posture-query.ts';
import { route } from './http/route.ts';
import { PostureOfScope } from './http/schemas/posture.ts';
import { orUnknownScope } from './http/scope.ts';

/** Verdicts counted over everything in scope or a part of it, as a whole and in groups, now or over time. */
route({
  name: 'posture',
  path: 'posture',
  operations: [
    operation({
      method: 'GET',
      id: 'getPosture',
      summary: 'Verdicts counted over everything in scope or a part of it, as a whole and in groups, now or over time.',
      heading: 'Posture',
      role: 'Reader',
      query: PostureQuery,
      answers: { 200: PostureOfScope },
      async handle({ query }) {
        const { ports, config } = backstop();
        const { noticeDays } = config.exemptions;
        const request = { ...postureRequestOf(query, dayOf(ports.clock())), noticeDays };
        return reply(200, await orUnknownScope(reportPosture(ports, request)));
      },
    }),
  ],
});
