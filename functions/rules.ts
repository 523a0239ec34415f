import { describeRule } from '../lib/reports/rule.ts';
import { catalogue } from '../lib/rules/catalogue.ts';
import { resourceCatalogue } from '../lib/rules/resources/catalogue.ts';
import { serverCatalogue } from '../lib/rules/servers/catalogue.ts';
import { operation, reply } from './http/operation.ts';
import { route } from './http/route.ts';
import { Rules } from './http/schemas/rule.ts';

/** The rules by which VMs, other resources and backup servers are judged: what they demand, why, from which source, and their reason codes. */
route({
  name: 'rules',
  path: 'rules',
  operations: [
    operation({
      method: 'GET',
      id: 'listRules',
      summary: 'The rules: what they demand, why, from which source, and their reason codes.',
      heading: 'Service',
      role: 'Reader',
      forLimited: true,
      answers: { 200: Rules },
      handle: async () =>
        reply(200, { rules: [...catalogue, ...resourceCatalogue, ...serverCatalogue].map(describeRule) }),
    }),
  ],
});
