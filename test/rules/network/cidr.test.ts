import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  contains,
  formatCidr,
  ipv4Prefixes,
  isIpv6,
  overlaps,
  parseAddress,
  parseCidr,
} from '../../../lib/rules/network/cidr.ts';

const arbitraryCidr = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 32 }))
  .map(([address, length]) => formatCidr({ lo: address, hi: address, length }));

describe('a prefix', () => {
  it.each([
    ['10.0.1.4', { lo: 167772420, hi: 167772420, length: 32 }],
    ['0.0.0.0/0', { lo: 0, hi: 4294967295, length: 0 }],
    ['128.0.0.0/1', { lo: 2147483648, hi: 4294967295, length: 1 }],
    ['20.38.109.7/23', { lo: 338062336, hi: 338062847, length: 23 }],
  ])('%s is read, host bits dropped', (text, range) => {
    expect(parseCidr(text)).toEqual(range);
  });

  it.each([
    '',
    '*',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/a',
    '::/0',
    'Internet',
    '1.2.3.4/8/9',
    '1/10.0.0.0/8',
  ])('%j is none of IPv4', (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });

  it('keeps its text once its host bits are dropped', () => {
    fc.assert(
      fc.property(arbitraryCidr, (text) => {
        const cidr = parseCidr(text);
        const again = cidr && parseCidr(formatCidr(cidr));

        expect(again).toEqual(cidr);
      }),
    );
  });

  it('holds or misses another wholly: prefixes never overlap in part', () => {
    fc.assert(
      fc.property(arbitraryCidr, arbitraryCidr, (one, other) => {
        const [a, b] = [parseCidr(one), parseCidr(other)];

        expect(a && b && overlaps(a, b)).toBe(a && b && (contains(a, b) || contains(b, a)));
      }),
    );
  });
});

it.each([
  ['2603:1020::/32', true],
  ['::/0', true],
  ['::ffff:10.0.0.1', true],
  ['FE80::1', true],
  ['::/1234', false],
  ['::1 or so', false],
  ['Storage:1', false],
  ['10.0.0.0/8', false],
  ['AzureBackup', false],
])('%s is IPv6: %s', (text, expected) => {
  expect(isIpv6(text)).toBe(expected);
});

it('a list with an entry that is no prefix does not say what it covers', () => {
  expect(ipv4Prefixes(['10.0.0.0/8', '::/0'])).toHaveLength(1);
  expect(ipv4Prefixes(['10.0.0.0/8', 'ten'])).toBeUndefined();
  expect(ipv4Prefixes(['10.0.0.0/8', 10])).toBeUndefined();
  expect(ipv4Prefixes([['10.0.0.0/8']])).toBeUndefined();
  expect(ipv4Prefixes([['::/0']])).toBeUndefined();
});

it.each([
  [1, 3, 3, 5, true],
  [3, 5, 1, 3, true],
  [1, 5, 3, 3, true],
  [1, 2, 3, 5, false],
  [3, 5, 1, 2, false],
])('addresses from %i to %i have one in common with those from %i to %i: %s', (lo, hi, otherLo, otherHi, expected) => {
  expect(overlaps({ lo, hi }, { lo: otherLo, hi: otherHi })).toBe(expected);
});

it.each([
  '1.2.3',
  '1.2.3.',
  '.1.2.3',
  '1..2.3',
  '1.2.3.4.5',
  '1.2.3.-1',
  '1.2.3.+1',
  '1.2.3./',
  '1.2.3.:',
  '1.2.3.a',
  '1.2.3.4 ',
  '0001.2.3.4',
  '256.2.3.4',
  '1.2.3.999',
])('%j is no address', (text) => {
  expect(parseAddress(text)).toBeUndefined();
});

it.each([
  ['0.0.0.0', 0],
  ['0.0.1.9', 265],
  ['010.000.000.255', 10 * 256 ** 3 + 255],
])('%s is the address %i', (text, expected) => {
  expect(parseAddress(text)).toBe(expected);
});

it('an address beyond 127.255.255.255 is not negative', () => {
  expect(parseAddress('255.255.255.255')).toBe(2 ** 32 - 1);
});
