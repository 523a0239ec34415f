import fc from 'fast-check';
import { expect, it } from 'vitest';

import { canonicalJson } from '../../lib/domain/canonical-json.ts';

it.each([
  [{ b: 1, a: [2, { d: null, c: 'x' }] }, '{"a":[2,{"c":"x","d":null}],"b":1}'],
  [{ 10: 'ten', 9: 'nine', a: 1e21, A: -0 }, '{"10":"ten","9":"nine","A":0,"a":1e+21}'],
  [{ '\u20ac': 1, '\r': 2, '\u{1f600}': 3, '\ufb33': 4 }, '{"\\r":2,"\u20ac":1,"\u{1f600}":3,"\ufb33":4}'],
  [{ left: undefined, list: [undefined] }, '{"list":[null]}'],
  ['\u2028"\\\u0007', '"\u2028\\"\\\\\\u0007"'],
])('%j has one spelling', (value, text) => {
  expect(canonicalJson(value)).toBe(text);
});

it('says what the value is, and the same whatever the order of names', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      const turned = JSON.parse(text, (_, part: unknown) =>
        part && typeof part === 'object' && !Array.isArray(part)
          ? Object.fromEntries(Object.entries(part).toReversed())
          : part,
      ) as unknown;

      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(turned)).toBe(text);
    }),
  );
});
