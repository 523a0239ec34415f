import { app } from '@azure/functions';

import { app as backstop } from '../lib/app.ts';
import { workOnNotification } from '../lib/use-cases/work-on-notification.ts';

/** Queue: sends what waits for one target. */
app.storageQueue('notify', {
  queueName: 'notify',
  connection: 'AzureWebJobsStorage',
  handler: async (message: unknown) => {
    const { notifier, config } = backstop();
    if (config.app !== 'evaluator') {
      throw new Error('The protector sends nothing; the message is left to the evaluator.');
    }
    await workOnNotification(notifier, config.notifications, message);
  },
});
