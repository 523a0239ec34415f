import { app } from '@azure/functions';
import * as z from 'zod';

import { app as backstop } from '../lib/app.ts';
import { parseVmId } from '../lib/domain/ids.ts';
import { evaluateVm } from '../lib/use-cases/evaluate-vm.ts';
import { orNotNow } from './http/not-now.ts';
import { Problem, withProblems } from './http/problem.ts';
import { readBody, refuseQuery } from './http/request.ts';

const Request = z.strictObject({ vmId: z.string().min(1).max(2000) });

/** Judges one VM now, from fresh reads, and answers with its evaluation: all findings, the passed ones included. */
app.http('evaluations', {
  route: 'evaluations',
  methods: ['POST'],
  authLevel: 'function',
  handler: withProblems(async (request) => {
    refuseQuery(request);
    const vm = parseVmId((await readBody(request, Request)).vmId);
    if (!vm) {
      throw new Problem(400, 'Bad request', 'vmId: expected the ARM id of a virtual machine.', { parameter: 'vmId' });
    }
    const { ports, config } = backstop();
    const answer = await orNotNow(evaluateVm(ports, config.judgement, { vm, trigger: 'request' }));
    if (answer.kind === 'out-of-reach') {
      throw new Problem(403, 'Out of reach', answer.detail);
    }
    if (answer.kind !== 'evaluated') {
      throw new Problem(404, 'Not found', 'Azure knows no such VM.');
    }
    return { jsonBody: { ...answer.row, findings: answer.findings() } };
  }),
});
