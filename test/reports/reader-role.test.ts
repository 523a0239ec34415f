import { expect, it } from 'vitest';

import { readerActions, renderReaderRole } from '../../lib/reports/reader-role.ts';

it('infra/reader-role.json is current', async () => {
  await expect(renderReaderRole()).toMatchFileSnapshot('../../infra/reader-role.json');
});

it('the reader reads: the only actions that are not reads ask questions', () => {
  const others = readerActions().filter((action) => !action.endsWith('/read'));

  expect(others).toEqual([
    'Microsoft.RecoveryServices/locations/backupStatus/action',
    'Microsoft.RecoveryServices/locations/checkNameAvailability/action',
  ]);
});
