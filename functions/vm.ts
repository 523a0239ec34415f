import * as z from 'zod';

import { app as backstop } from '../lib/app.ts';
import { operation, reply } from './http/operation.ts';
import { route } from './http/route.ts';
import { VmWithHistory } from './http/schemas/vm.ts';
import { showVm, vmOfKey } from './http/vm.ts';

/** One VM by its key: verdict, findings with evidence and fix, newest changes, attempts to protect it. */
route({
  name: 'vm',
  path: 'vms/{vmKey}',
  operations: [
    operation({
      method: 'GET',
      id: 'getVm',
      summary: 'One VM by its key: verdict, findings with evidence and fix, newest changes, attempts to protect it.',
      heading: 'VMs',
      role: 'Reader',
      forLimited: true,
      params: z.object({ vmKey: z.string() }),
      answers: { 200: VmWithHistory },
      problems: [404],
      async handle({ params: { vmKey }, caller }) {
        const service = backstop();
        return reply(200, await showVm(service, await vmOfKey(service.ports, vmKey, caller)));
      },
    }),
  ],
});
