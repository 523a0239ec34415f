import * as z from 'zod';

import { app as backstop } from '../lib/app.ts';
import { listVms } from '../lib/use-cases/list-vms.ts';
import { sorts } from '../lib/use-cases/sort-vms.ts';
import { visibleOf } from './http/caller.ts';
import { operation, reply } from './http/operation.ts';
import { pageOf } from './http/page.ts';
import { route } from './http/route.ts';
import { VmsOrVm } from './http/schemas/vm.ts';
import { showVm, vmOfId } from './http/vm.ts';
import { vmFilter } from './http/vm-filter.ts';

const Query = z.strictObject({
  ...vmFilter,
  sort: z.enum(sorts).optional(),
  size: z.coerce.number('expected a number').int().min(1).max(500).default(50),
  cursor: z.string().min(1).max(1000).optional(),
  id: z.string().min(1).max(2000).optional(),
});

/** VMs by what is known of them, sorted if asked for, a page at a time; or the one VM with an ARM id. */
route({
  name: 'vms',
  path: 'vms',
  operations: [
    operation({
      method: 'GET',
      id: 'listVms',
      summary:
        'VMs by what is known of them, sorted if asked for, a page at a time; or, with `id`, the one VM with an ARM id.',
      heading: 'VMs',
      role: 'Reader',
      forLimited: true,
      query: Query,
      answers: { 200: VmsOrVm },
      problems: [404],
      async handle({ query: { id, cursor, size, ...filter }, caller }) {
        const service = backstop();
        const { ports } = service;
        if (id !== undefined) {
          return reply(200, await showVm(service, await vmOfId(ports, id, caller)));
        }
        return reply(200, await pageOf(listVms(ports, { ...filter, ...visibleOf(caller, filter) }, size, cursor)));
      },
    }),
  ],
});
