import { app } from '@azure/functions';

import { app as backstop } from '../lib/app.ts';
import { reportResources } from '../lib/use-cases/report-resources.ts';
import { Problem, withProblems } from './http/problem.ts';
import { refuseQuery } from './http/request.ts';

const files: readonly string[] = ['other-resources.json'];

/** Reports as files. `other-resources.json`: classic resources, and protected items whose VM is gone. */
app.http('reports', {
  route: 'reports/{file}',
  methods: ['GET'],
  authLevel: 'function',
  handler: withProblems(async (request) => {
    refuseQuery(request);
    const file = request.params['file'] ?? '';
    if (!files.includes(file)) {
      throw new Problem(404, 'Not found', `There is no report ${file}; there are: ${files.join(', ')}.`);
    }
    return { jsonBody: await reportResources(backstop().ports) };
  }),
});
