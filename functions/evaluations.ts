import * as z from 'zod';

import { app as backstop } from '../lib/app.ts';
import { parseVmId } from '../lib/domain/ids.ts';
import { evaluateVm } from '../lib/use-cases/evaluate-vm.ts';
import { checkVisible } from './http/caller.ts';
import { orNotNow } from './http/not-now.ts';
import { operation, reply } from './http/operation.ts';
import { Problem } from './http/problem.ts';
import { route } from './http/route.ts';
import { EvaluatedVm } from './http/schemas/vm.ts';

/** Judges one VM now, from fresh reads, and answers with its evaluation: all findings, the passed ones included. */
route({
  name: 'evaluations',
  path: 'evaluations',
  operations: [
    operation({
      method: 'POST',
      id: 'evaluateVm',
      summary: 'Judges one VM now, from fresh reads; all findings, the passed ones included.',
      heading: 'VMs',
      role: 'Contributor',
      forLimited: true,
      body: z.strictObject({ vmId: z.string().min(1).max(2000) }),
      answers: { 200: EvaluatedVm },
      problems: [404, 503],
      async handle({ body: { vmId }, caller }) {
        const vm = parseVmId(vmId);
        if (!vm) {
          const detail = 'vmId: expected the ARM id of a virtual machine.';
          throw new Problem(400, 'Bad request', detail, { parameter: 'vmId' });
        }
        checkVisible(caller, vm.subscriptionId);
        const { ports, config } = backstop();
        const answer = await orNotNow(evaluateVm(ports, config.judgement, { vm, trigger: 'request' }));
        if (answer.kind === 'out-of-reach') {
          throw new Problem(403, 'Out of reach', answer.detail);
        }
        if (answer.kind !== 'evaluated') {
          throw new Problem(404, 'Not found', 'Azure knows no such VM.');
        }
        return reply(200, { ...answer.row, findings: answer.findings() });
      },
    }),
  ],
});
