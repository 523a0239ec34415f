import { app } from '@azure/functions';

import { app as backstop } from '../lib/app.ts';
import { findVm } from '../lib/use-cases/find-vm.ts';
import { Problem, withProblems } from './http/problem.ts';
import { refuseQuery } from './http/request.ts';
import { showVm } from './http/vm.ts';

/** One VM by its key: verdict, findings with evidence and fix, newest changes, attempts to protect it. */
app.http('vm', {
  route: 'vms/{vmKey}',
  methods: ['GET'],
  authLevel: 'function',
  handler: withProblems(async (request) => {
    refuseQuery(request);
    const service = backstop();
    const vm = await findVm(service.ports, request.params['vmKey'] ?? '');
    if (!vm) {
      throw new Problem(404, 'Not found', 'Backstop knows no VM with this key.');
    }
    return { jsonBody: await showVm(service, vm) };
  }),
});
