import { app } from '@azure/functions';

import { app as backstop } from '../lib/app.ts';
import { endExemption } from '../lib/use-cases/register-exemption.ts';
import { answerOf, ExemptionEnd } from './http/exemption.ts';
import { withProblems } from './http/problem.ts';
import { readBody, refuseQuery } from './http/request.ts';

/** Ends an exemption before its time; its VMs are judged anew. */
app.http('exemption-end', {
  route: 'exemptions/{exemptionId}/end',
  methods: ['POST'],
  authLevel: 'function',
  handler: withProblems(async (request) => {
    refuseQuery(request);
    const { reason, by } = await readBody(request, ExemptionEnd);
    return answerOf(await endExemption(backstop().ports, request.params['exemptionId'] ?? '', reason, by), 200);
  }),
});
