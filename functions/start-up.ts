import { app } from '@azure/functions';

import { app as backstop } from '../lib/app.ts';

/** Wrong settings end the start, not the first message. */
app.hook.appStart(() => {
  backstop();
});
