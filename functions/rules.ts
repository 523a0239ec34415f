import { app } from '@azure/functions';

import { describeRule } from '../lib/reports/rule.ts';
import { catalogue } from '../lib/rules/catalogue.ts';
import { resourceCatalogue } from '../lib/rules/resources/catalogue.ts';
import { withProblems } from './http/problem.ts';
import { refuseQuery } from './http/request.ts';

/** The rules by which VMs are judged: what they demand, why, from which source, and their reason codes. */
app.http('rules', {
  route: 'rules',
  methods: ['GET'],
  authLevel: 'function',
  handler: withProblems(async (request) => {
    refuseQuery(request);
    return { jsonBody: { rules: [...catalogue, ...resourceCatalogue].map(describeRule) } };
  }),
});
