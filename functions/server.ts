import { app as backstop } from '../lib/app.ts';
import { showServer } from '../lib/use-cases/show-servers.ts';
import { operation, reply } from './http/operation.ts';
import { route } from './http/route.ts';
import { ServerWithHistory } from './http/schemas/server.ts';
import { noSuchServer, ServerAddress } from './http/server.ts';

/** One backup server: findings, checklist, what its owner confirmed, and what changed. */
route({
  name: 'server',
  path: 'servers/{serverKey}',
  operations: [
    operation({
      method: 'GET',
      id: 'getServer',
      summary: 'One backup server: findings, checklist, what its owner confirmed, and what changed.',
      heading: 'Backup servers',
      role: 'Reader',
      params: ServerAddress,
      answers: { 200: ServerWithHistory },
      problems: [404],
      async handle({ params: { serverKey } }) {
        const shown = await showServer(backstop().ports, serverKey);
        if (!shown) {
          throw noSuchServer();
        }
        return reply(200, shown);
      },
    }),
  ],
});
