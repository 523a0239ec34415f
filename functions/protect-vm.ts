import { app } from '@azure/functions';

import { app as backstop } from '../lib/app.ts';
import { noEngagement } from '../lib/domain/engagement.ts';
import { createProtector } from '../lib/protector.ts';
import { workOnProtection } from '../lib/use-cases/work-on-protection.ts';
import { refuseProtection } from '../lib/use-cases/work-queue.ts';

/** Queue: carries out plans, in the protector. The evaluator refuses them (fail closed). */
app.storageQueue('protect-vm', {
  queueName: 'protect-vm',
  connection: 'AzureWebJobsStorage',
  handler: async (message: unknown) => {
    const service = backstop();
    if (service.config.app !== 'protector') {
      await refuseProtection(service.ports, message);
      return;
    }
    const { engagement = noEngagement } = service.config.judgement;
    await workOnProtection(createProtector(service), engagement, message);
  },
});
