import { app } from '@azure/functions';

import { app as backstop } from '../lib/app.ts';
import { checkHealth } from '../lib/use-cases/check-health.ts';
import { withProblems } from './http/problem.ts';
import { refuseQuery } from './http/request.ts';

/** What can be read, and which permission is missing where it cannot (then 503); which support lists are too old; where Azure may be changed. */
app.http('health', {
  route: 'health',
  methods: ['GET'],
  authLevel: 'function',
  handler: withProblems(async (request) => {
    refuseQuery(request);
    const { ports, config } = backstop();
    const report = await checkHealth(ports, config.judgement.engagement);
    return { status: report.ok ? 200 : 503, jsonBody: report };
  }),
});
