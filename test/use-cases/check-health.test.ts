import { expect, test } from 'vitest';

import { checkHealth } from '../../lib/use-cases/check-health.ts';
import { testEstate } from '../contract/test-estate.ts';
import { serviceOfFile } from './service-of-file.ts';

const { started } = await serviceOfFile();

/** The health of a service that can read everything, on a day. */
async function healthOn(day: string) {
  const { ports } = await started(testEstate());
  return checkHealth({ ...ports, clock: () => new Date(day) });
}

test('a support list that is too old is named with source and age, and the service stays well', async () => {
  const { ok, staleLists } = await healthOn('2026-11-21T09:00:00Z');

  expect(ok).toBe(true);
  expect(staleLists).toContainEqual({
    name: 'Windows versions of agent-based backup',
    source: 'Support matrix for Azure VM backups',
    asOf: '2026-03-26',
    ageDays: 240,
  });
});

test('a support list that is fresh is not named', async () => {
  const { staleLists } = await healthOn('2026-04-01T09:00:00Z');

  expect(staleLists.map(({ asOf }) => asOf)).toEqual(['2025-09-15']);
});
