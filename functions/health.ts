import { app as backstop } from '../lib/app.ts';
import { checkHealth } from '../lib/use-cases/check-health.ts';
import { operation, reply } from './http/operation.ts';
import { route } from './http/route.ts';
import { Health } from './http/schemas/health.ts';

/** What can be read, and which permission is missing where it cannot (then 503); which support lists are too old; where Azure may be changed. */
route({
  name: 'health',
  path: 'health',
  operations: [
    operation({
      method: 'GET',
      id: 'getHealth',
      summary: 'What can be read, and which permission is missing where it cannot (then 503).',
      heading: 'Service',
      role: 'Reader',
      answers: { 200: Health, 503: Health },
      async handle() {
        const { ports, config } = backstop();
        const report = await checkHealth(ports, config.judgement.engagement);
        return reply(report.ok ? 200 : 503, report);
      },
    }),
  ],
});
