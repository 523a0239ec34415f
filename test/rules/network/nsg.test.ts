import { describe, expect, it } from 'vitest';

import { fieldValues, freePriorities, nsgLayer, outboundRules, protocolMatch } from '../../../lib/rules/network/nsg.ts';
import { nsg, rule } from './sample.ts';

const vm = { addresses: [], applicationSecurityGroups: [] };

describe('the outbound rules of a group', () => {
  it('are those that are not inbound, in any letter case', () => {
    const rules = [
      rule('in', 100, 'Deny', { direction: 'INBOUND' }),
      rule('out', 100, 'deny', { direction: 'outbound' }),
      rule('last', 4096, 'ALLOW'),
    ];

    expect(outboundRules(nsg('n', rules))).toMatchObject([
      { name: 'out', priority: 100, access: 'Deny' },
      { name: 'last', priority: 4096, access: 'Allow' },
    ]);
  });

  it.each<readonly [what: string, broken: unknown]>([
    ['has no direction', rule('d', 200, 'Deny', { direction: undefined })],
    ['has a direction that is none', rule('d', 200, 'Deny', { direction: 'Sideways' })],
    ['has no priority', rule('d', 200, 'Deny', { priority: undefined })],
    ['has a priority in words', rule('d', 200, 'Deny', { priority: '200' })],
    ['has a priority below those that rules may have', rule('d', 99, 'Deny')],
    ['has a priority above those that rules may have', rule('d', 4097, 'Deny')],
    ['neither allows nor denies', rule('d', 200, 'Audit')],
    ['does not say whether it allows', rule('d', 200, 'Deny', { access: null })],
    ['is none', null],
  ])('are not known if one %s, for it may come before all others', (_what, broken) => {
    const group = nsg('n', [rule('a', 300, 'Allow'), broken]);

    expect(outboundRules(group)).toBeUndefined();
    expect(nsgLayer('nicNsg', 'none', group, vm)).toEqual({ kind: 'missing', part: 'nicNsg' });
  });
});

describe('the layer of a group', () => {
  it.each([
    ['null', null],
    ['absent', undefined],
  ])('lets everything pass if nothing refers to a group and its row is %s', (_what, raw) => {
    expect(nsgLayer('nicNsg', 'none', raw, vm)).toEqual({ kind: 'none' });
  });

  it('is missing if a group is referred to that has no row', () => {
    expect(nsgLayer('subnetNsg', 'unreadable', null, vm)).toEqual({ kind: 'missing', part: 'subnetNsg' });
  });

  it("has Azure's own rules, though the row does not list them", () => {
    const layer = nsgLayer('nicNsg', 'none', nsg('n', []), vm);

    expect(layer).toMatchObject({
      rules: [
        { action: 'allow', certain: true, shown: { name: 'AllowVnetOutBound', priority: 65000, default: true } },
        { action: 'allow', certain: true, shown: { name: 'AllowInternetOutBound', priority: 65001, default: true } },
        { action: 'deny', certain: true, shown: { name: 'DenyAllOutBound', priority: 65500, default: true } },
      ],
    });
  });

  it.each<readonly [what: string, fields: Readonly<Record<string, unknown>>, certain: boolean | undefined]>([
    ['every protocol', { protocol: '*' }, true],
    ['TCP in any letter case', { protocol: 'TCP' }, true],
    ['another protocol', { protocol: 'Udp' }, undefined],
    ['a protocol that is new', { protocol: 'Sctp' }, false],
    ['no protocol', { protocol: undefined }, false],
    ['443 in the plural form', { destinationPortRange: '', destinationPortRanges: ['80', '443'] }, true],
    [
      '443 in the singular form beside an empty plural',
      { destinationPortRange: '443', destinationPortRanges: [] },
      true,
    ],
    ['other ports', { destinationPortRange: '80' }, undefined],
    ['ports that are no list', { destinationPortRange: '', destinationPortRanges: 7 }, false],
    ['source ports of no client', { sourcePortRange: null, sourcePortRanges: ['443'] }, undefined],
    ['source ports of every client', { sourcePortRange: null, sourcePortRanges: ['1024-65535'] }, true],
    ['source ports of some clients', { sourcePortRange: '50000-60000' }, false],
    ['source groups that are no list', { sourceApplicationSecurityGroups: 'garbage' }, false],
    ['a source group without an id', { sourceApplicationSecurityGroups: [{}] }, false],
    ['a source group that the VM is not in', { sourceApplicationSecurityGroups: [{ id: '/asg' }] }, undefined],
  ])('has a rule for %s, certain: %s', (_what, fields, certain) => {
    const layer = nsgLayer('nicNsg', 'none', nsg('n', [rule('d', 100, 'Deny', fields)]), vm);
    const [found] = layer.kind === 'rules' ? layer.rules.filter(({ shown }) => shown.priority === 100) : [];

    expect(found?.certain).toBe(certain);
  });

  it('shows a rule and a group without names as having none', () => {
    const { properties } = rule('d', 100, 'Deny');
    const layer = nsgLayer('nicNsg', 'none', { properties: { securityRules: [{ properties }] } }, vm);

    expect(layer).toMatchObject({ rules: [{ shown: { name: '', nsg: '', priority: 100 } }, {}, {}, {}] });
  });
});

it.each([
  ['*', 'yes', 'yes'],
  ['any', 'yes', 'yes'],
  ['tcp', 'yes', 'no'],
  ['udp', 'no', 'yes'],
  ['icmp', 'no', 'no'],
  ['esp', 'no', 'no'],
  ['ah', 'no', 'no'],
  ['sctp', 'maybe', 'maybe'],
  [undefined, 'maybe', 'maybe'],
])('protocol %s covers TCP: %s, and UDP: %s', (word, tcp, udp) => {
  expect([protocolMatch(word, 'tcp'), protocolMatch(word, 'udp')]).toEqual([tcp, udp]);
});

it('a field has the values of both its forms, the empty ones left out', () => {
  const values = (one: unknown, many: unknown) => fieldValues({ one, many }, 'one', 'many');

  expect(values('a', [])).toEqual(['a']);
  expect(values('', ['b', '', null, undefined, 'c'])).toEqual(['b', 'c']);
  expect(values(null, undefined)).toEqual([]);
  expect(values('a', 7)).toEqual([7, 'a']);
});

describe('free priorities', () => {
  it('are those before another one that no outbound rule has', () => {
    const taken = [rule('a', 100, 'Allow'), rule('b', 102, 'Deny'), rule('in', 101, 'Deny', { direction: 'Inbound' })];

    expect(freePriorities(nsg('n', taken), 104)).toEqual([101, 103]);
    expect(freePriorities(nsg('n', taken), 100)).toEqual([]);
    expect(freePriorities(nsg('n', taken), 0)).toEqual([]);
  });

  it('end with the last that an own rule may have', () => {
    const free = freePriorities(nsg('n', []), 65500);

    expect([free.at(0), free.at(-1)]).toEqual([100, 4096]);
  });
});
