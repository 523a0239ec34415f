import { app } from '@azure/functions';

import { app as backstop } from '../lib/app.ts';
import { startSweep } from '../lib/use-cases/start-sweep.ts';

/** Timer: opens a sweep over everything in scope. */
app.timer('sweep-start', {
  schedule: '%SWEEP_SCHEDULE%',
  handler: async () => {
    const { ports, config } = backstop();
    const { kind, run } = await startSweep(ports, config.sweep, { kind: 'full', trigger: 'timer' });
    ports.log('info', 'The timer asked for a sweep.', {
      kind,
      runId: run.runId,
      shards: run.shards,
      vms: run.vmsExpected,
    });
  },
});
