import { app } from '@azure/functions';

import { app as backstop } from '../lib/app.ts';
import { removeOldExports } from '../lib/use-cases/remove-old-exports.ts';

/** Timer: removes exports whose days are over. */
app.timer('remove-exports', {
  schedule: '0 0 4 * * *',
  handler: async () => {
    const { ports, exporting } = backstop();
    await removeOldExports({ ...ports, ...exporting });
  },
});
