import { expect, it } from 'vitest';

import { judgementSettings, serviceSettings } from '../../lib/app-settings.ts';
import { renderSettings } from '../../lib/reports/settings-page.ts';

it('docs/settings.md is current', async () => {
  const page = renderSettings(Object.values(serviceSettings), Object.values(judgementSettings));

  await expect(page).toMatchFileSnapshot('../../docs/settings.md');
});
