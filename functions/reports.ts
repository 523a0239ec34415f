import { app as backstop } from '../lib/app.ts';
import { listSnapshots } from '../lib/use-cases/list-snapshots.ts';
import { reportResources } from '../lib/use-cases/report-resources.ts';
import { answerChanges, ChangesQuery } from './http/changes.ts';
import { operation, reply } from './http/operation.ts';
import { route } from './http/route.ts';
import { Snapshots } from './http/schemas/evidence.ts';
import { ResourcesOfSweep } from './http/schemas/resources.ts';
import { ChangesPage } from './http/schemas/vm.ts';

/** Snapshots of the evidence that are listed: of more than a year. */
const listedSnapshots = 400;

/** Reports as files. `changes.json`: what changed; `evidence.json`: the daily snapshots; `other-resources.json`: classic resources, and items without a VM. */
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
      id: 'listEvidence',
      summary: 'The newest 400 daily snapshots of the evidence with the hashes of their manifests, newest first.',
      heading: 'Reports',
      role: 'Reader',
      when: { file: 'evidence.json' },
      answers: { 200: Snapshots },
      handle: async () => reply(200, await listSnapshots(backstop().evidence, listedSnapshots)),
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
