import { app } from '@azure/functions';

import { app as backstop } from '../lib/app.ts';
import { dayOf } from '../lib/domain/day.ts';

/** Timer: before a day ends (UTC) it is to have its snapshot, also if no full sweep ended on it. */
app.timer('snapshot-due', {
  schedule: '0 30 23 * * *',
  handler: async () => {
    const { ports } = backstop();
    await ports.queues.takeSnapshot({ day: dayOf(ports.clock()) }, 0);
  },
});
