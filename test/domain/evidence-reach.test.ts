import { expect, test } from 'vitest';

import { bulkReadReaches, evidenceReaches, shownInBulkFrom } from '../../lib/domain/evidence-reach.ts';

const evidenceAt = '2026-11-20T06:00:00.000Z';

test.each([
  ['event', '2026-11-20T06:00:00.000Z'],
  ['request', '2026-11-20T06:00:00.000Z'],
  ['sweep', '2026-11-20T05:55:00.000Z'],
] as const)('the evidence of a row of a %s reaches to %s: Resource Graph lags', (trigger, until) => {
  expect(new Date(evidenceReaches({ evidenceAt, trigger })).toISOString()).toBe(until);
});

test('a bulk read at the instant from which it shows a change reaches exactly to the change', () => {
  const changedAt = Date.parse(evidenceAt);

  expect(bulkReadReaches(shownInBulkFrom(changedAt))).toBe(changedAt);
});
