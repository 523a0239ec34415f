import { expect, it } from 'vitest';

import { allowListText, cloudOf } from '../../lib/domain/allowed-domains.ts';

it.each([
  ['westeurope', 'public'],
  ['', 'public'],
  ['usgovvirginia', 'us-government'],
  ['usdodcentral', 'us-government'],
  ['chinaeast2', 'china'],
] as const)('region %s lies in cloud %s', (region, cloud) => {
  expect(cloudOf(region)).toBe(cloud);
});

it('every cloud has a list of its own, and says what is unconfirmed', () => {
  const lists = ['westeurope', 'usgovtexas', 'chinanorth3'].map(allowListText);

  expect(lists).toEqual([
    expect.stringContaining('*.queue.core.windows.net'),
    expect.stringContaining('*.microsoftonline.us'),
    expect.stringContaining('unconfirmed: no document'),
  ]);
  expect(lists[1]).not.toContain('windows.net');
  expect(lists[2]).not.toContain('windows.net');
});
