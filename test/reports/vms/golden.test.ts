import { expect, it } from 'vitest';

import { vmReports } from '../../../lib/reports/vms/formats.ts';
import { sourceOf, textOf } from './sample.ts';

it.each(Object.entries(vmReports))('%s of a small estate is as it was read by eye', async (file, { write }) => {
  const text = await textOf(write(sourceOf()));

  await expect(text).toMatchFileSnapshot(`golden/${file}`);
});
