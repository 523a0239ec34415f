import { app } from '@azure/functions';

import { app as backstop } from '../lib/app.ts';
import { refuseProtection } from '../lib/use-cases/work-queue.ts';

/** Queue: plans to enable protection. This app evaluates only, so it refuses them (fail closed). */
app.storageQueue('protect-vm', {
  queueName: 'protect-vm',
  connection: 'AzureWebJobsStorage',
  handler: async (message: unknown) => {
    await refuseProtection(backstop().ports, message);
  },
});
