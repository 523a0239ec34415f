import * as z from 'zod';

import { app as backstop } from '../lib/app.ts';
import { vmHistory } from '../lib/use-cases/vm-history.ts';
import { operation, reply } from './http/operation.ts';
import { pageOf } from './http/page.ts';
import { route } from './http/route.ts';
import { HistoryOfVm } from './http/schemas/vm-history.ts';
import { vmOfKey } from './http/vm.ts';

const Query = z.strictObject({
  size: z.coerce.number('expected a number').int().min(1).max(500).default(50),
  cursor: z.string().min(1).max(1000).optional(),
});

/** All changes of a VM, newest first, a page at a time: what each was, and which rules it is about. */
route({
  name: 'vm-history',
  path: 'vms/{vmKey}/history',
  operations: [
    operation({
      method: 'GET',
      id: 'getVmHistory',
      summary: 'All changes of a VM, newest first, a page at a time: what each was, and which rules it is about.',
      heading: 'VMs',
      role: 'Reader',
      forLimited: true,
      params: z.object({ vmKey: z.string() }),
      query: Query,
      answers: { 200: HistoryOfVm },
      problems: [404],
      async handle({ params: { vmKey }, query: { size, cursor }, caller }) {
        const { ports } = backstop();
        const vm = await vmOfKey(ports, vmKey, caller);
        return reply(200, await pageOf(vmHistory(ports, vm, size, cursor)));
      },
    }),
  ],
});
