import { describe, expect, it } from 'vitest';

import { armId } from '../../../lib/domain/ids.ts';
import { ipv4Prefixes } from '../../../lib/rules/network/cidr.ts';
import type { Match } from '../../../lib/rules/network/match.ts';
import { holdsEverybody, sourceAddresses, sourceGroups } from '../../../lib/rules/network/traffic-source.ts';

/** A VM at one of these prefixes, in these application security groups. */
function vmAt(prefixes: readonly string[], ...groups: readonly string[]) {
  return { addresses: ipv4Prefixes(prefixes) ?? [], applicationSecurityGroups: groups.map(armId) };
}

const known = ['10.0.1.4/32'];
const nowhere: readonly string[] = [];

describe('an address field', () => {
  it.each<readonly [entries: readonly unknown[], prefixes: readonly string[], expected: Match]>([
    [['*'], nowhere, 'yes'],
    [['0.0.0.0/0'], nowhere, 'yes'],
    [['128.0.0.0/1', '0.0.0.0/1'], nowhere, 'yes'],
    [['VirtualNetwork'], nowhere, 'yes'],
    [['10.9.0.0/16', 'virtualnetwork'], known, 'yes'],
    [['10.0.1.0/24'], known, 'yes'],
    [['10.0.2.0/24'], known, 'no'],
    [['10.0.2.0/24', '10.0.1.4'], known, 'yes'],
    [['0.0.0.0/1'], ['200.0.0.1/32'], 'no'],
    [['128.0.0.0/1'], known, 'no'],
    [['Internet'], known, 'no'],
    [['AzureLoadBalancer'], nowhere, 'no'],
    [['Internet', '10.0.1.0/24'], known, 'yes'],
    [['::/0'], known, 'no'],
    [[], known, 'maybe'],
    [['a b'], known, 'maybe'],
    [['10.0.2.0/24', 7], known, 'maybe'],
    [['10.0.1.0/24', 7], known, 'yes'],
    [['10.0.1.0/24'], nowhere, 'maybe'],
    [['10.0.0.0/16'], ['10.0.1.0/24', '10.0.2.0/24'], 'yes'],
    [['10.0.1.0/24'], ['10.0.1.0/24', '10.0.2.0/24'], 'maybe'],
    [['10.0.1.4/32'], ['10.0.1.4/32', '10.0.2.0/24'], 'maybe'],
    [['10.0.9.0/24'], ['10.0.1.0/24', '10.0.2.0/24'], 'no'],
  ])('%j holds a VM at %j: %s', (entries, prefixes, expected) => {
    expect(sourceAddresses(entries)(vmAt(prefixes))).toBe(expected);
  });
});

describe('a list of application security groups', () => {
  it.each<readonly [what: string, groups: readonly (string | undefined)[], expected: Match]>([
    ['holds a VM that is in one of them', ['/other', '/WEB'], 'yes'],
    ['does not hold a VM that is in none of them', ['/other'], 'no'],
    ['may hold it if one of them could not be read', ['/other', undefined], 'maybe'],
    ['holds it whatever else could not be read', [undefined, '/web'], 'yes'],
  ])('%s', (_what, groups, expected) => {
    const match = sourceGroups(groups.map((group) => (group === undefined ? undefined : armId(group))));

    expect(match(vmAt(known, '/web', '/db'))).toBe(expected);
  });
});

it.each<readonly [entries: readonly unknown[], expected: boolean]>([
  [['*'], true],
  [['128.0.0.0/1', '0.0.0.0/1'], true],
  [['VirtualNetwork'], true],
  [['0.0.0.0/1'], false],
  [['128.0.0.0/1'], false],
  [['Internet'], false],
  [[], false],
])('%j holds everybody: %s', (entries, expected) => {
  expect(holdsEverybody(sourceAddresses(entries))).toBe(expected);
});
