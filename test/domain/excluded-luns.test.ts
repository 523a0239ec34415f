import { describe, expect, it } from 'vitest';

import { excludedLuns, lunsOfTag } from '../../lib/domain/excluded-luns.ts';
import type { Disk } from '../../lib/domain/machine.ts';

function data(lun: number): Disk {
  return { name: `data-${lun}`, role: 'data', unmanaged: false, lun };
}

/** The OS disk has a LUN of its own here: it is in every backup all the same. */
const attached: readonly Disk[] = [
  { name: 'os', role: 'os', unmanaged: false, lun: 0 },
  data(10),
  { name: 'untold', role: 'data', unmanaged: false },
  data(2),
  data(1),
];

describe('excludedLuns', () => {
  it.each<[string, readonly number[], boolean, readonly number[]]>([
    ['a list leaves out what it names, in the order of the LUNs', [10, 1, 2], false, [1, 2, 10]],
    ['a list leaves nothing out where there is no disk', [7], false, []],
    ['an inclusion list leaves out what it does not name', [2], true, [1, 10]],
    ['an empty inclusion list leaves out all data disks of which the LUN is told', [], true, [1, 2, 10]],
    ['an empty list leaves out none', [], false, []],
  ])('%s', (_what, luns, isInclusionList, expected) => {
    expect(excludedLuns(attached, { luns, isInclusionList })).toEqual(expected);
  });
});

describe('lunsOfTag', () => {
  it.each<[string | undefined, readonly number[]]>([
    ['1', [1]],
    ['1,2', [1, 2]],
    [' 10 ,\t2', [10, 2]],
    ['012', [12]],
    ['1,,3,', [1, 3]],
    ['1, all, x2, 3x, -4, 5.5, 1e2', [1]],
    ['1234', []],
    ['1 2', []],
    ['', []],
    [undefined, []],
  ])('%j', (value, luns) => {
    expect(lunsOfTag(value)).toEqual(luns);
  });
});
