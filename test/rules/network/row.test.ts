import { describe, expect, it } from 'vitest';

import { idOf, isId, isReadable, nameOf, referenceAt, vnetOfSubnet } from '../../../lib/rules/network/reference.ts';
import { partAfter, placeOf } from '../../../lib/rules/network/resource-place.ts';
import { at, listAt, textAt, wordAt } from '../../../lib/rules/network/row.ts';
import { oncePerRow } from '../../../lib/rules/network/row-memo.ts';

describe('a place in a row', () => {
  const row = { properties: { list: [1], empty: null, text: 'Text', blank: '', number: 7, flag: false } };

  it('is followed name by name, and is nothing where the way ends', () => {
    expect(at(row, 'properties', 'number')).toBe(7);
    expect(at(row, 'properties', 'flag')).toBe(false);
    expect(at(row, 'properties', 'empty')).toBeNull();
    expect(at(row, 'properties', 'empty', 'more')).toBeUndefined();
    expect(at(row, 'nothing', 'more')).toBeUndefined();
    expect(at(row, 'properties', 'list', '0')).toBeUndefined();
    expect(at(undefined, 'properties')).toBeUndefined();
  });

  it.each(['constructor', 'toString', 'hasOwnProperty'])('never is %s, which every object has', (name) => {
    expect(at(row, 'properties', name)).toBeUndefined();
  });

  it('has a text only if it is one, and not an empty one', () => {
    const texts = ['text', 'blank', 'number', 'flag', 'list', 'empty'].map((name) => textAt(row, 'properties', name));

    expect(texts).toEqual(['Text', undefined, undefined, undefined, undefined, undefined]);
    expect(wordAt(row, 'properties', 'text')).toBe('text');
  });

  it('has a list, an empty one if nothing is there, and none if something else is', () => {
    const lists = ['list', 'empty', 'absent', 'text'].map((name) => listAt(row, 'properties', name));

    expect(lists).toEqual([[1], [], [], undefined]);
  });
});

describe('a reference', () => {
  it('is an id in lower case, none, or something that is no reference', () => {
    const row = { id: { id: '/A/b/' }, empty: null, blank: { id: '' }, text: '/a/b' };
    const references = ['id', 'absent', 'empty', 'blank', 'text'].map((name) => referenceAt(row, name));

    expect(references).toEqual(['/a/b', 'none', 'none', 'unreadable', 'unreadable']);
    expect(references.map(isId)).toEqual([true, false, false, false, false]);
  });

  it('leads to a row by its id, and a row has a name by itself or by its id', () => {
    expect(idOf({ id: '/A/B' })).toBe('/a/b');
    expect(idOf({ id: 7 })).toBeUndefined();
    expect(nameOf({ id: '/A/B', name: 'N' })).toBe('N');
    expect(nameOf({ id: '/A/B' })).toBe('B');
    expect(nameOf({})).toBeUndefined();
  });

  it('to a subnet leads to its network', () => {
    expect(vnetOfSubnet('/VNETS/V/subnets/S')).toBe('/vnets/v');
  });
});

it('a row without its properties tells nothing', () => {
  expect([{ properties: {} }, { properties: null }, {}, null].map(isReadable)).toEqual([true, false, false, false]);
});

describe('where a command finds a resource', () => {
  it('is read from the id in any letter case, and named as it is spelled there', () => {
    const id = '/SUBSCRIPTIONS/sub-1/resourcegroups/Rg/providers/Microsoft.RecoveryServices/VAULTS/Rsv';

    expect(placeOf({ id })).toEqual({ subscription: 'sub-1', resourceGroup: 'Rg', name: 'Rsv' });
    expect(partAfter(id, 'vaults')).toBe('Rsv');
  });

  it('has words in angle brackets for what the row does not tell', () => {
    expect(placeOf(null)).toEqual({
      subscription: '<subscription>',
      resourceGroup: '<resource group>',
      name: '<name>',
    });
    expect(partAfter('/a/b', 'vaults')).toBe('<vaults>');
  });
});

describe('what is made of a row', () => {
  it('is made once', () => {
    const made = oncePerRow(() => ({}));
    const [row, other] = [{ id: '/a' }, { id: '/a' }];

    expect(made(row)).toBe(made(row));
    expect(made(other)).not.toBe(made(row));
  });

  it('may be nothing, and is not made again then', () => {
    const seen: unknown[] = [];
    const made = oncePerRow((row): undefined => {
      seen.push(row);
    });
    const row = {};

    expect([made(row), made(row)]).toEqual([undefined, undefined]);
    expect(seen).toHaveLength(1);
  });

  it.each([null, undefined, 'garbage', 7])('is made of %j, which is no row, just as well', (row) => {
    expect(oncePerRow(String)(row)).toBe(String(row));
  });
});
