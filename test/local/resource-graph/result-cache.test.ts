import { expect, test } from 'vitest';

import { ResultCache } from '../../../local/azure/resource-graph/result-cache.ts';

const versionOf = () => 1;
const made = (name: string, rows: number) => ({
  rows: [[name]],
  reads: [{ table: 'resources', narrowing: {}, version: 1, rows }],
});

test('a result is kept until one of its tables has another version', () => {
  const cache = new ResultCache();
  cache.keep('a', made('a', 10));

  expect(cache.find('a', versionOf)).toEqual([['a']]);
  expect(cache.find('a', () => 2)).toBeUndefined();
});

test('the result that was not asked for longest goes first, by the rows that it was made from', () => {
  const cache = new ResultCache();
  for (const name of ['a', 'b', 'c']) cache.keep(name, made(name, 600_000));
  cache.find('a', versionOf);

  cache.keep('d', made('d', 600_000));

  expect(['a', 'b', 'c', 'd'].filter((name) => cache.find(name, versionOf) !== undefined)).toEqual(['a', 'c', 'd']);
});

test('the newest result is kept, however large it is', () => {
  const cache = new ResultCache();
  cache.keep('small', made('small', 1));
  cache.keep('large', made('large', 5_000_000));

  expect(cache.find('large', versionOf)).toEqual([['large']]);
  expect(cache.find('small', versionOf)).toBeUndefined();
});
