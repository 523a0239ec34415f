import * as z from 'zod';

import { app as backstop } from '../lib/app.ts';
import { serverVerdicts } from '../lib/domain/server-verdict.ts';
import { serverCatalogue } from '../lib/rules/servers/catalogue.ts';
import { listServers } from '../lib/use-cases/show-servers.ts';
import { operation, reply } from './http/operation.ts';
import { pageOf } from './http/page.ts';
import { route } from './http/route.ts';
import { Servers } from './http/schemas/server.ts';

const Query = z.strictObject({
  verdict: z.enum(serverVerdicts).optional(),
  rule: z.enum(serverCatalogue.map(({ id }) => id)).optional(),
  subscription: z.guid('expected a subscription id').toLowerCase().optional(),
  size: z.coerce.number('expected a number').int().min(1).max(500).default(100),
  cursor: z.string().min(1).max(1000).optional(),
});

/** Backup servers (Azure Backup Server and DPM) with what they may do now, a page at a time. */
route({
  name: 'servers',
  path: 'servers',
  operations: [
    operation({
      method: 'GET',
      id: 'listServers',
      summary: 'Backup servers (Azure Backup Server and DPM) with what they may do now, a page at a time.',
      heading: 'Backup servers',
      role: 'Reader',
      query: Query,
      answers: { 200: Servers },
      async handle({ query: { size, cursor, ...filter } }) {
        return reply(200, await pageOf(listServers(backstop().ports, filter, size, cursor)));
      },
    }),
  ],
});
