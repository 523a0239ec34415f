import { describe, expect, test } from 'vitest';

import { membersOf, parametersOf, resolved } from '../../lib/azure/policy-expression.ts';

const parameters = parametersOf(
  { tagName: { value: 'owner' }, list: { value: ['a', 'b'] }, number: { value: 5 } },
  { effect: { defaultValue: 'Deny' }, tagName: { defaultValue: 'never asked' }, bare: {} },
);

describe('resolved', () => {
  test.each([
    ['deny', 'deny'],
    [false, false],
    [null, null],
    ['', ''],
    ['[[literal]', '[literal]'],
    ["[parameters('tagName')]", 'owner'],
    ["[ PARAMETERS( 'TAGNAME' ) ]", 'owner'],
    ["[parameters('list')]", ['a', 'b']],
    ["[parameters('effect')]", 'Deny'],
    ["[parameters('bare')]", undefined],
    ["[parameters('gone')]", undefined],
    ["[concat('tags[', parameters('tagName'), ']')]", 'tags[owner]'],
    ["[ Concat( 'tags.' , parameters( 'tagName' ) ) ]", 'tags.owner'],
    ["[concat('tags[''', parameters('tagName'), ''']')]", "tags['owner']"],
    ["[concat('parameters(''tagName'')')]", "parameters('tagName')"],
    ["[concat('tags[', parameters('gone'), ']')]", undefined],
    ["[concat('tags[', parameters('number'), ']')]", undefined],
    ["[concat('tags[', parameters('list')[0], ']')]", undefined],
    ['[concat()]', undefined],
    ['[resourceGroup().location]', undefined],
    [
      ['x', "[parameters('tagName')]", '[field(1)]'],
      ['x', 'owner', undefined],
    ],
  ])('%j is %j', (value, expected) => {
    expect(resolved(value, parameters)).toEqual(expected);
  });
});

describe('parameters', () => {
  test('that are given name those of the initiative', () => {
    const outer = parametersOf({ how: { value: 'Deny' } }, {});
    const inner = parametersOf(
      { effect: { value: "[parameters('how')]" }, other: { value: "[parameters('gone')]" } },
      { other: { defaultValue: 'not asked for' } },
      outer,
    );

    expect([inner('effect'), inner('other')]).toEqual(['Deny', undefined]);
  });

  test.each([[undefined], [null], ['text'], [[]], [{ effect: 5 }], [{ effect: null }]])(
    'of %j have no value',
    (raw) => {
      expect(parametersOf(raw, raw)('effect')).toBeUndefined();
    },
  );
});

test.each([[undefined], [null], ['text'], [5], [['a']]])('%j has no members', (raw) => {
  expect(membersOf(raw).size).toBe(0);
});
