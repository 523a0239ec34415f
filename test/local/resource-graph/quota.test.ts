import { expect, it } from 'vitest';

import { createQuota, defaultQuota, quotaHeaders } from '../../../local/azure/resource-graph/quota.ts';

it('grants 15 requests in 5 seconds by default', () => {
  const charge = createQuota(defaultQuota, () => 0);
  const charges = Array.from({ length: 16 }, charge);

  expect(charges.map(({ granted }) => granted)).toEqual([...Array.from({ length: 15 }, () => true), false]);
});

it('starts a new window with the first request after the old one', () => {
  let time = 100;
  const charge = createQuota({ requests: 1, windowMs: 5000 }, () => time);
  const at = (ms: number) => {
    time = ms;
    return charge();
  };

  expect(at(100)).toEqual({ granted: true, remaining: 0, resetsAfterSeconds: 5 });
  expect(at(1101)).toEqual({ granted: false, remaining: 0, resetsAfterSeconds: 4 });
  expect(at(5099)).toEqual({ granted: false, remaining: 0, resetsAfterSeconds: 1 });
  expect(at(5100)).toEqual({ granted: true, remaining: 0, resetsAfterSeconds: 5 });
});

it('writes the time to wait as hours, minutes and seconds', () => {
  expect(quotaHeaders({ granted: true, remaining: 14, resetsAfterSeconds: 65 })).toEqual({
    'x-ms-user-quota-remaining': '14',
    'x-ms-user-quota-resets-after': '00:01:05',
  });
});
