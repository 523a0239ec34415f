import { app } from '@azure/functions';

import { app as backstop } from '../lib/app.ts';
import { startSweep } from '../lib/use-cases/start-sweep.ts';

/** Timer: opens a run about what changed since the run before. */
app.timer('sweep-changes', {
  schedule: '%CHANGES_SCHEDULE%',
  handler: async () => {
    const { ports, config } = backstop();
    const { kind, run } = await startSweep(ports, config.sweep, { kind: 'changes', trigger: 'timer' });
    const { runId, changes, shards } = run;
    ports.log('info', 'The timer asked for what changed.', { kind, runId, changes, shards });
  },
});
