import { app as backstop } from '../lib/app.ts';
import { preflightServer } from '../lib/use-cases/preflight-server.ts';
import { operation, reply } from './http/operation.ts';
import { Problem } from './http/problem.ts';
import { route } from './http/route.ts';
import { JudgedPlan } from './http/schemas/server.ts';
import { hostOf, NewServer, told } from './http/server.ts';

/** Judges a backup server before it is installed: an Azure VM, a description of a machine, or both. */
route({
  name: 'server-preflight',
  path: 'preflight/backup-server',
  operations: [
    operation({
      method: 'POST',
      id: 'preflightBackupServer',
      summary: 'Judges a backup server before it is installed, by an Azure VM, a description of its machine, or both.',
      heading: 'Backup servers',
      role: 'Reader',
      body: NewServer,
      answers: { 200: JudgedPlan },
      problems: [404],
      async handle({ body: { vmId, host, vault } }) {
        const { ports, config } = backstop();
        const plan = { vmId, host: hostOf(host), vault: vault && told(vault) };
        const answer = await preflightServer(ports, config.judgement, plan);
        if (answer.kind === 'no-such-vm') {
          throw new Problem(404, 'Not found', 'vmId: Azure knows no such VM, or it may not be read.', {
            parameter: 'vmId',
          });
        }
        return reply(200, answer.evaluation);
      },
    }),
  ],
});
