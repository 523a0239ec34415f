import { describe, expect, it } from 'vitest';

import type { NicRows } from '../../../lib/domain/network-rows.ts';
import { chooseNic, otherNicRows } from '../../../lib/rules/network/network-input.ts';
import { nameOf } from '../../../lib/rules/network/reference.ts';
import { networkId } from './sample.ts';

const idOfNic = (name: string) => networkId('networkInterfaces', name);

function rowsOf(name: string, primary?: unknown): NicRows {
  return { nic: { id: idOfNic(name), name, properties: primary === undefined ? {} : { primary } } };
}

/** A VM that lists these interfaces, some of them as primary. */
function vmWith(...nics: readonly (readonly [id: string, primary?: unknown])[]): object {
  const networkInterfaces = nics.map(([id, primary]) => ({ id, properties: { primary } }));
  return { id: '/vm', properties: { networkProfile: { networkInterfaces } } };
}

describe('the interface to judge', () => {
  const [a, b, c] = [rowsOf('a'), rowsOf('b'), rowsOf('c')];

  it.each<readonly [what: string, input: Parameters<typeof chooseNic>[0], name: string | undefined]>([
    ['is the only one', a, 'a'],
    ['is the only one, though it denies to be primary', rowsOf('a', false), 'a'],
    ['is the only one that the VM lists', { ...a, vm: vmWith([idOfNic('a')]) }, 'a'],
    [
      'is the one that the VM marks',
      { ...a, otherNics: [b, c], vm: vmWith([idOfNic('a')], [idOfNic('b'), true]) },
      'b',
    ],
    [
      'is the one that the VM marks, whatever the interfaces say',
      { ...rowsOf('a', true), otherNics: [b], vm: vmWith([idOfNic('a'), false], [idOfNic('b'), true]) },
      'b',
    ],
    [
      'is the one that the VM marks in another letter case',
      { ...a, otherNics: [b], vm: vmWith([idOfNic('a')], [idOfNic('b').toUpperCase(), true]) },
      'b',
    ],
    [
      'is the only one that the VM lists, beside a stray one',
      { ...a, otherNics: [b], vm: vmWith([idOfNic('b')]) },
      'b',
    ],
    ['is the one that calls itself primary', { ...a, otherNics: [b, rowsOf('c', true)] }, 'c'],
    ['is not one that calls itself primary in words', { ...a, otherNics: [rowsOf('b', 'true')] }, 'a'],
    ['is the one at hand if none is marked', { ...a, otherNics: [b], vm: vmWith([idOfNic('b')], [idOfNic('a')]) }, 'a'],
    ['is the one at hand if the VM does not tell', { ...a, otherNics: [b], vm: { properties: {} } }, 'a'],
    ['is the one at hand if the list of the others makes no sense', { ...a, otherNics: 'garbage' }, 'a'],
    ['has no name if it has no row', {}, undefined],
  ])('%s', (_what, input, name) => {
    expect(nameOf(chooseNic(input).named)).toBe(name);
  });

  it('has the rows that go with it, and leaves the others in their order', () => {
    const input = { ...a, otherNics: [b, null, c], vm: vmWith([idOfNic('b'), true], [idOfNic('a'), false]) };

    expect(chooseNic(input)).toEqual({ judged: b, others: [input, c], named: b.nic });
    expect(chooseNic({ ...a, otherNics: [b] }).others).toEqual([b]);
    expect(chooseNic(a).others).toEqual([]);
  });

  it('has no rows if the one that the VM marks was not read: no other stands in for it', () => {
    const input = { ...a, vm: vmWith([idOfNic('lost'), true]) };

    expect(chooseNic(input)).toEqual({ judged: {}, others: [input], named: { id: idOfNic('lost') } });
  });
});

describe('the rows of all interfaces but one', () => {
  const [a, b, c] = [rowsOf('a'), rowsOf('b'), rowsOf('c')];

  it('are none if there is but one', () => {
    expect(otherNicRows(a, a)).toEqual([]);
  });

  it('are those of the others', () => {
    const input = { ...a, otherNics: [b, c] };

    expect(otherNicRows(input, input)).toEqual([b.nic, c.nic]);
    expect(otherNicRows(input, b)).toEqual([a.nic, c.nic]);
  });

  it('are that of the one at hand if another is judged that was not read', () => {
    expect(otherNicRows(a, {})).toEqual([a.nic]);
  });

  it('are not known if they could not be read', () => {
    const input = { ...a, otherNics: null };

    expect(otherNicRows(input, input)).toBeUndefined();
  });

  it('are one that was not read if their list makes no sense', () => {
    const input = { ...a, otherNics: 'garbage' };

    expect(otherNicRows(input, input)).toEqual([undefined]);
  });
});
