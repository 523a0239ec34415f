import { app as backstop } from '../lib/app.ts';
import { endExemption } from '../lib/use-cases/register-exemption.ts';
import { nameFor } from './http/caller.ts';
import { checkExemptionVisible, ExemptionAddress, ExemptionEnd, orExemptionProblem } from './http/exemption.ts';
import { operation, reply } from './http/operation.ts';
import { route } from './http/route.ts';
import { WrittenExemption } from './http/schemas/exemption.ts';

/** Ends an exemption before its time; its VMs are judged anew. */
route({
  name: 'exemption-end',
  path: 'exemptions/{exemptionId}/end',
  operations: [
    operation({
      method: 'POST',
      id: 'endExemption',
      summary: 'Ends an exemption before its time; its VMs are judged anew.',
      heading: 'Exemptions',
      role: 'Contributor',
      forLimited: true,
      params: ExemptionAddress,
      body: ExemptionEnd,
      answers: { 200: WrittenExemption },
      problems: [404, 409],
      async handle({ params: { exemptionId }, body: { reason, by }, caller }) {
        checkExemptionVisible(caller, exemptionId);
        const answer = await endExemption(backstop().ports, exemptionId, reason, nameFor(caller, by));
        return reply(200, orExemptionProblem(answer));
      },
    }),
  ],
});
