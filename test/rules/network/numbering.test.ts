import { describe, expect, it } from 'vitest';

import { createNumbering } from '../../../lib/rules/network/numbering.ts';

describe('a numbering', () => {
  it('tells rows apart by being the same object, whatever is in them', () => {
    const number = createNumbering();
    const [row, other] = [{ id: '/a' }, { id: '/a' }];

    expect(number(row)).toBe(number(row));
    expect(number(other)).not.toBe(number(row));
  });

  it('tells lists apart by their entries and the order of them', () => {
    const number = createNumbering();
    const [a, b] = [{}, {}];
    const list = [a, b];

    expect(number(list)).toBe(number(list));
    expect(number([a, b])).toBe(number(list));
    expect(new Set([list, [b, a], [a], [], [list]].map(number)).size).toBe(5);
  });

  it('gives everything else a text of its own value', () => {
    const number = createNumbering();
    const values = ['a', '', 'null', '7', 'true', '#1', 7, 8, true, false, null, undefined, {}];

    expect(new Set(values.map(number)).size).toBe(values.length);
    expect(values.slice(0, -1).map(number)).toEqual(values.slice(0, -1).map(createNumbering()));
  });

  it.each<readonly [one: readonly unknown[], other: readonly unknown[]]>([
    [['a,b'], ['a', 'b']],
    [['a","b'], ['a', 'b']],
    [['a,string b'], ['a', 'b']],
    [['#1'], [{}]],
  ])('does not take %j for %j', (one, other) => {
    const number = createNumbering();

    expect(number(one)).not.toBe(number(other));
  });
});
