import { describe, expect, it } from 'vitest';

import { isOlder, parseVersion } from '../../lib/domain/agent.ts';

describe('parseVersion', () => {
  it.each<[string | undefined, readonly number[] | undefined]>([
    ['2.7.41491.1010', [2, 7, 41491, 1010]],
    [' 10.0.14393 ', [10, 0, 14393]],
    ['02.007', [2, 7]],
    ['2', undefined],
    ['2.', undefined],
    ['.2', undefined],
    ['2..3', undefined],
    ['2.7-beta', undefined],
    ['v2.7', undefined],
    ['Unknown', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s', (text, parts) => {
    expect(parseVersion(text)).toEqual(parts);
  });
});

describe('isOlder', () => {
  it.each<[readonly number[], readonly number[], boolean]>([
    [[2, 7, 41491, 999], [2, 7, 41491, 1010], true],
    [[2, 7, 41491, 1010], [2, 7, 41491, 1010], false],
    [[2, 7], [2, 7, 0, 0], false],
    [[2, 7], [2, 7, 0, 1], true],
    [[2, 7, 1], [2, 7], false],
    [[3], [2, 9, 9], false],
    [[2, 10], [2, 9], false],
    [[1, 99], [2, 0], true],
  ])('%j against %j', (version, minimum, expected) => {
    expect(isOlder(version, minimum)).toBe(expected);
  });
});
