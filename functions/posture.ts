import { app } from '@azure/functions';

import { app as backstop } from '../lib/app.ts';
import { dayOf } from '../lib/domain/day.ts';
import { reportPosture } from '../lib/use-cases/report-posture.ts';
import { readPostureQuery } from './http/posture-query.ts';
import { withProblems } from './http/problem.ts';
import { orUnknownScope } from './http/scope.ts';

/** Verdicts counted over everything in scope or a part of it, as a whole and in groups, now or over time. */
app.http('posture', {
  route: 'posture',
  methods: ['GET'],
  authLevel: 'function',
  handler: withProblems(async (request) => {
    const { ports } = backstop();
    const query = readPostureQuery(request, dayOf(ports.clock()));
    return { jsonBody: await orUnknownScope(reportPosture(ports, query)) };
  }),
});
