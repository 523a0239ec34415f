import * as z from 'zod';

import { operation, reply } from './http/operation.ts';
import { route } from './http/route.ts';

/** A bare answer for probes: the process runs. It says nothing else, so everybody may ask. */
route({
  name: 'alive',
  path: 'alive',
  operations: [
    operation({
      method: 'GET',
      id: 'isAlive',
      summary: 'The process runs.',
      heading: 'Service',
      role: 'anyone',
      answers: { 200: z.object({ status: z.literal('alive') }) },
      handle: async () => reply(200, { status: 'alive' }),
    }),
  ],
});
