import { app } from '@azure/functions';

import { app as backstop } from '../lib/app.ts';
import { workOnEvaluation } from '../lib/use-cases/work-queue.ts';

/** Queue: judges one VM from fresh reads. */
app.storageQueue('evaluate-vm', {
  queueName: 'evaluate-vm',
  connection: 'AzureWebJobsStorage',
  handler: async (message: unknown) => {
    const { ports, config } = backstop();
    await workOnEvaluation(ports, config.judgement, message);
  },
});
