import { app } from '@azure/functions';

import { app as backstop } from '../lib/app.ts';
import { workOnShard } from '../lib/use-cases/work-on-shard.ts';

/** Queue: judges the VMs of one shard of a sweep. */
app.storageQueue('sweep-shard', {
  queueName: 'sweep-shard',
  connection: 'AzureWebJobsStorage',
  handler: async (message: unknown) => {
    const { ports, config } = backstop();
    await workOnShard(ports, config, message);
  },
});
