import { app } from '@azure/functions';

import { app as backstop } from '../lib/app.ts';
import { workOnSnapshot } from '../lib/use-cases/work-on-snapshot.ts';

/** Queue: writes the evidence of a day to storage, once, and appends it to the chain of days. */
app.storageQueue('take-snapshot', {
  queueName: 'take-snapshot',
  connection: 'AzureWebJobsStorage',
  handler: async (message: unknown) => {
    const { ports, evidence, config } = backstop();
    await workOnSnapshot(ports, evidence, config.evidence, message);
  },
});
