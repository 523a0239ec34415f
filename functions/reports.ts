import { app, type HttpRequest } from '@azure/functions';

import { app as backstop } from '../lib/app.ts';
import type { Ports } from '../lib/use-cases/ports.ts';
import { reportResources } from '../lib/use-cases/report-resources.ts';
import { answerChanges } from './http/changes.ts';
import { Problem, withProblems } from './http/problem.ts';
import { refuseQuery } from './http/request.ts';

type Report = (ports: Ports, request: HttpRequest) => Promise<unknown>;

const reports: ReadonlyMap<string, Report> = new Map<string, Report>([
  ['changes.json', answerChanges],
  [
    'other-resources.json',
    async (ports, request) => {
      refuseQuery(request);
      return reportResources(ports);
    },
  ],
]);

/** Reports as files. `changes.json`: what changed; `other-resources.json`: classic resources, and items without a VM. */
app.http('reports', {
  route: 'reports/{file}',
  methods: ['GET'],
  authLevel: 'function',
  handler: withProblems(async (request) => {
    const file = request.params['file'] ?? '';
    const report = reports.get(file);
    if (!report) {
      const known = [...reports.keys()].join(', ');
      throw new Problem(404, 'Not found', `There is no report ${file}; there are: ${known}.`);
    }
    return { jsonBody: await report(backstop().ports, request) };
  }),
});
