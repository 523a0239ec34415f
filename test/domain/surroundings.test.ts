import { describe, expect, it } from 'vitest';

import { armId } from '../../lib/domain/ids.ts';
import { anyCollection, extensionsOf, joinedSurroundings, type Surroundings } from '../../lib/domain/surroundings.ts';
import { diskResource, gap, machine, oneNic } from '../rules/healthy-vm.ts';

const shared = armId('/shared');

/** One resource of each kind under its own id, and one under an id that all readings have. */
function reading(name: string): Surroundings {
  const own = armId(`/${name}`);
  const both = <T>(value: T) =>
    new Map([
      [own, value],
      [shared, value],
    ]);
  const [nic] = oneNic.nics;
  return {
    disks: both(diskResource(name)),
    nics: nic ? both({ nic: { ...nic, name }, row: name }) : new Map(),
    publicIps: both(name),
    extensions: both([]),
    restorePoints: both([armId(name)]),
    scaleSets: both(name),
    keyVaults: both({
      key: armId(name),
      name,
      resourceGroup: 'rg',
      usesRbac: true,
      accessPolicies: [],
      isOpenToTrustedServices: true,
    }),
    networkRows: both({ name }),
    missing: both({ ...gap, detail: name }),
  };
}

describe('joinedSurroundings', () => {
  const [first, second] = [reading('first'), reading('second')];
  const kinds = [
    'disks',
    'nics',
    'publicIps',
    'extensions',
    'restorePoints',
    'scaleSets',
    'keyVaults',
    'networkRows',
    'missing',
  ] as const;

  it.each(kinds)('has the %s of every reading, and of what is in two the later one', (kind) => {
    const joined = joinedSurroundings([first, second]);

    expect([...joined[kind]].toSorted(([a], [b]) => a.localeCompare(b))).toEqual([
      ['/first', first[kind].get(armId('/first'))],
      ['/second', second[kind].get(armId('/second'))],
      [shared, second[kind].get(shared)],
    ]);
  });

  it('of no reading has nothing', () => {
    const nothing = joinedSurroundings([]);

    expect(kinds.map((kind) => nothing[kind].size)).toEqual(kinds.map(() => 0));
  });
});

it('what is missing of a VM or of anybody has a place of its own', () => {
  const { key } = machine();

  expect(extensionsOf(key)).toBe(`${key}/extensions`);
  expect(anyCollection).toBe('/restorepointcollections');
});
