import { app } from '@azure/functions';

import { app as backstop } from '../lib/app.ts';
import { notifyDue } from '../lib/use-cases/notify-due.ts';

/** Timer: notes exemptions that expire and the daily digest, and wakes the notifier. Without a target it does nothing. */
app.timer('notify-due', {
  schedule: '0 */15 * * * *',
  handler: async () => {
    const { notifier, config } = backstop();
    await notifyDue(notifier, { ...config.notifications, noticeDays: config.exemptions.noticeDays });
  },
});
