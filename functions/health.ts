import { app } from '@azure/functions';

import { app as backstop } from '../lib/app.ts';
import { checkHealth } from '../lib/use-cases/check-health.ts';
import { withProblems } from './http/problem.ts';
import { refuseQuery } from './http/request.ts';

/** What can be read, and which permission is missing where it cannot (then 503); which support lists are too old. */
app.http('health', {
  route: 'health',
  methods: ['GET'],
  authLevel: 'function',
  handler: withProblems(async (request) => {
    refuseQuery(request);
    const report = await checkHealth(backstop().ports);
    return { status: report.ok ? 200 : 503, jsonBody: report };
  }),
});
