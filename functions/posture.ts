import { app } from '@azure/functions';

import { app as backstop } from '../lib/app.ts';
import { dayOf } from '../lib/domain/day.ts';
import { UnknownScope } from '../lib/use-cases/posture-scope.ts';
import { reportPosture } from '../lib/use-cases/report-posture.ts';
import { readPostureQuery } from './http/posture-query.ts';
import { Problem, withProblems } from './http/problem.ts';

/** Verdicts counted over everything in scope or a part of it, as a whole and in groups, now or over time. */
app.http('posture', {
  route: 'posture',
  methods: ['GET'],
  authLevel: 'function',
  handler: withProblems(async (request) => {
    const { ports } = backstop();
    try {
      return { jsonBody: await reportPosture(ports, readPostureQuery(request, dayOf(ports.clock()))) };
    } catch (error) {
      if (error instanceof UnknownScope) {
        throw new Problem(400, 'Bad request', `scope: ${error.message}.`, { parameter: 'scope' });
      }
      throw error;
    }
  }),
});
