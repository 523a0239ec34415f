import { app as backstop } from '../lib/app.ts';
import { showExemption } from '../lib/use-cases/list-exemptions.ts';
import { changeExemption } from '../lib/use-cases/register-exemption.ts';
import { nameFor } from './http/caller.ts';
import {
  checkExemptionVisible,
  ExemptionAddress,
  ExemptionChangeBody,
  noSuchExemption,
  orExemptionProblem,
} from './http/exemption.ts';
import { operation, reply } from './http/operation.ts';
import { route } from './http/route.ts';
import { ExemptionWithChanges, WrittenExemption } from './http/schemas/exemption.ts';

/** GET: one exemption with its changes and who made them. PATCH: changes it; its VMs are judged anew. */
route({
  name: 'exemption',
  path: 'exemptions/{exemptionId}',
  operations: [
    operation({
      method: 'GET',
      id: 'getExemption',
      summary: 'One exemption with its changes and who made them.',
      heading: 'Exemptions',
      role: 'Reader',
      forLimited: true,
      params: ExemptionAddress,
      answers: { 200: ExemptionWithChanges },
      problems: [404],
      async handle({ params: { exemptionId }, caller }) {
        checkExemptionVisible(caller, exemptionId);
        const { ports, config } = backstop();
        const shown = await showExemption(ports, config.exemptions.noticeDays, exemptionId);
        if (!shown) {
          throw noSuchExemption();
        }
        return reply(200, shown);
      },
    }),
    operation({
      method: 'PATCH',
      id: 'changeExemption',
      summary: 'Changes an exemption; its VMs are judged anew. 409 where somebody else changed it meanwhile.',
      heading: 'Exemptions',
      role: 'Contributor',
      forLimited: true,
      params: ExemptionAddress,
      body: ExemptionChangeBody,
      answers: { 200: WrittenExemption },
      problems: [404, 409],
      async handle({ params: { exemptionId }, body: { by, ...change }, caller }) {
        checkExemptionVisible(caller, exemptionId);
        const { ports, config } = backstop();
        const answer = await changeExemption(ports, config.exemptions, exemptionId, change, nameFor(caller, by));
        return reply(200, orExemptionProblem(answer));
      },
    }),
  ],
});
