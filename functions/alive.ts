import { app } from '@azure/functions';

/** A bare answer for probes: the process runs. It says nothing else, so it needs no key. */
app.http('alive', {
  route: 'alive',
  methods: ['GET'],
  authLevel: 'anonymous',
  handler: async () => ({ jsonBody: { status: 'alive' } }),
});
