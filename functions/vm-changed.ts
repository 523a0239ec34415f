import { app } from '@azure/functions';

import { app as backstop } from '../lib/app.ts';
import { acceptVmEvent } from '../lib/use-cases/accept-vm-event.ts';

/** Event Grid: a VM was written or deleted. Only enqueues: one failing event would make Event Grid resend the batch. */
app.eventGrid('vm-changed', {
  handler: async (event: unknown) => {
    const { ports, config } = backstop();
    const { settleSeconds, sweep } = config;
    await acceptVmEvent(ports, { settleSeconds, subscriptions: sweep.subscriptions }, event);
  },
});
