import { app } from '@azure/functions';

import { app as backstop } from '../lib/app.ts';
import { workOnExport } from '../lib/use-cases/make-export.ts';

/** Queue: writes a report to a file. */
app.storageQueue('make-export', {
  queueName: 'make-export',
  connection: 'AzureWebJobsStorage',
  handler: async (message: unknown) => {
    const { ports, exporting, config } = backstop();
    await workOnExport({ ...ports, ...exporting }, config.exemptions.noticeDays, message);
  },
});
