import { app } from '@azure/functions';

import { app as backstop } from '../lib/app.ts';
import { showExemption } from '../lib/use-cases/list-exemptions.ts';
import { changeExemption } from '../lib/use-cases/register-exemption.ts';
import { answerOf, ExemptionChangeBody } from './http/exemption.ts';
import { Problem, withProblems } from './http/problem.ts';
import { readBody, refuseQuery } from './http/request.ts';

/** GET: one exemption with its changes and who made them. PATCH: changes it; its VMs are judged anew. */
app.http('exemption', {
  route: 'exemptions/{exemptionId}',
  methods: ['GET', 'PATCH'],
  authLevel: 'function',
  handler: withProblems(async (request) => {
    refuseQuery(request);
    const { ports, config } = backstop();
    const exemptionId = request.params['exemptionId'] ?? '';
    if (request.method === 'PATCH') {
      const { by, ...change } = await readBody(request, ExemptionChangeBody);
      return answerOf(await changeExemption(ports, config.exemptions, exemptionId, change, by), 200);
    }
    const shown = await showExemption(ports, config.exemptions.noticeDays, exemptionId);
    if (!shown) {
      throw new Problem(404, 'Not found', 'There is no exemption with this id; GET exemptions lists them.');
    }
    return { jsonBody: shown };
  }),
});
