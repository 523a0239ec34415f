import { app as backstop } from '../lib/app.ts';
import { reportResources } from '../lib/use-cases/report-resources.ts';
import { answerChanges, ChangesQuery } from './http/changes.ts';
import { operation, reply } from './http/operation.ts';
import { route } from './http/route.ts';
import { ResourcesOfSweep } from './http/schemas/resources.ts';
import { ChangesPage } from './http/schemas/vm.ts';

/** Reports as files. `changes.json`: what changed; `other-resources.json`: classic resources, and items without a VM. */
route({
  name: 'reports',
  path: 'reports/{file}',
  operations: [
    operation({
      method: 'GET',
      id: 'listChanges',
      summary: 'What changed since an instant, newest first, a page at a time.',
      heading: 'Reports',
      role: 'Reader',
      when: { file: 'changes.json' },
      query: ChangesQuery,
      answers: { 200: ChangesPage },
      handle: async ({ query }) => reply(200, await answerChanges(backstop().ports, query)),
    }),
    operation({
      method: 'GET',
      id: 'reportOtherResources',
      summary: 'Classic resources, and protected items without a VM, as the newest sweep found them.',
      heading: 'Reports',
      role: 'Reader',
      when: { file: 'other-resources.json' },
      answers: { 200: ResourcesOfSweep },
      handle: async () => reply(200, await reportResources(backstop().ports)),
    }),
  ],
});
