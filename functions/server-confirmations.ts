import { app as backstop } from '../lib/app.ts';
import { confirmServer } from '../lib/use-cases/confirm-server.ts';
import { shownServer } from '../lib/use-cases/show-servers.ts';
import { nameFor } from './http/caller.ts';
import { operation, reply } from './http/operation.ts';
import { route } from './http/route.ts';
import { ConfirmedServer } from './http/schemas/server.ts';
import { NewConfirmation, orConfirmationProblem, ServerAddress } from './http/server.ts';

/** Records what an owner says of a server that Azure does not show; the server is judged by it at once. */
route({
  name: 'server-confirmations',
  path: 'servers/{serverKey}/confirmations',
  operations: [
    operation({
      method: 'POST',
      id: 'confirmServer',
      summary: 'Records what an owner says of a backup server that Azure does not show; it is judged by it at once.',
      heading: 'Backup servers',
      role: 'Contributor',
      params: ServerAddress,
      body: NewConfirmation,
      answers: { 201: ConfirmedServer },
      problems: [404],
      async handle({ params: { serverKey }, body: { until, by, ...wish }, caller }) {
        const { ports, config } = backstop();
        const settings = { judgement: config.judgement, maxDays: config.exemptions.maxDays };
        const answer = await confirmServer(ports, settings, serverKey, { ...wish, until, by: nameFor(caller, by) });
        const { confirmation, server } = orConfirmationProblem(answer);
        return reply(201, {
          confirmation,
          server: { ...shownServer(server, ports.clock()), findings: server.findings },
        });
      },
    }),
  ],
});
