import { expect, it } from 'vitest';

import { fill } from '../../lib/domain/message.ts';

it.each([
  ['every name, as often as it occurs', '{a} and {b} and {a}', { a: '1', b: '2' }, '1 and 2 and 1'],
  ['a name without a value stays visible', 'from {here}', {}, 'from {here}'],
  ['a value in braces is not filled in again', '{a}', { a: '{b}', b: '2' }, '{b}'],
  ['a value with signs of replacement patterns', '{a}!', { a: "$& $1 $'" }, "$& $1 $'!"],
  ['an empty value', '[{a}]', { a: '' }, '[]'],
  ['braces around no name', '{} {a b}', { a: '1' }, '{} {a b}'],
])('fills in %s', (_what, template, values: Readonly<Record<string, string>>, expected) => {
  expect(fill(template, values)).toBe(expected);
});

it('quotes values and nothing else', () => {
  expect(fill("echo 'x' {a}", { a: 'b' }, (value) => `<${value}>`)).toBe("echo 'x' <b>");
});
