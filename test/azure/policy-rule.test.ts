import { describe, expect, test } from 'vitest';

import { parametersOf } from '../../lib/azure/policy-expression.ts';
import { deniedWithoutTag } from '../../lib/azure/policy-rule.ts';

const isGroup = { field: 'type', equals: 'Microsoft.Resources/subscriptions/resourceGroups' };
const missing = { field: "tags['owner']", exists: 'false' };
const parameters = parametersOf(
  { tagName: { value: 'owner' }, allowed: { value: ['me'] } },
  { effect: { defaultValue: 'Deny' }, audit: { defaultValue: 'Audit' } },
);

/** Not written as a literal: an object with a `then` looks like a promise. */
function rule(condition: unknown, effect: unknown = 'deny'): object {
  return Object.fromEntries([
    ['if', condition],
    ['then', { effect }],
  ]);
}

describe('the effect', () => {
  test.each([
    ['deny', true],
    ['Deny', true],
    ["[parameters('effect')]", true],
    ["[parameters('EFFECT')]", true],
    ["[parameters('audit')]", false],
    ["[parameters('gone')]", false],
    ["[if(true, 'deny', 'audit')]", false],
    ['denyAction', false],
    ['audit', false],
    [undefined, false],
    [5, false],
  ])('%j denies: %j', (effect, expected) => {
    const denied = deniedWithoutTag(rule({ allOf: [isGroup, missing] }, effect ?? null), parameters);

    expect(denied).toEqual(expected ? { tag: 'owner' } : undefined);
  });
});

describe('a condition demands a tag', () => {
  test.each<[string, unknown]>([
    ['in all', { allOf: [isGroup, missing] }],
    ['in any', { allOf: [{ anyOf: [{ field: 'kind', equals: 'x' }, missing] }, isGroup] }],
    ['in not', { not: { anyOf: [{ not: isGroup }, { field: 'tags.owner', exists: true }] } }],
    [
      'in any case',
      {
        ALLOF: [
          { Field: 'Type', Equals: isGroup.equals },
          { FIELD: 'TAGS[owner]', EXISTS: 'False' },
        ],
      },
    ],
    [
      'by a parameter',
      { allOf: [isGroup, { field: "[concat('tags[', parameters('tagName'), ']')]", exists: 'false' }] },
    ],
    ['by a value', { allOf: [isGroup, { field: 'tags.owner', notEquals: 'me' }] }],
    ['by values', { allOf: [isGroup, { field: 'tags.owner', notIn: ['me', "[parameters('tagName')]"] }] }],
    ['by values of a parameter', { allOf: [isGroup, { field: 'tags.owner', notIn: "[parameters('allowed')]" }] }],
    ['by a key', { allOf: [isGroup, { field: 'tags', notContainsKey: 'owner' }] }],
  ])('%s', (_what, condition) => {
    expect(deniedWithoutTag(rule(condition), parameters)).toEqual({ tag: 'owner' });
  });

  test.each([["[concat('tags[', parameters('tags')[0], ']')]"], ["[ concat( 'tags.', field('kind'))]"]])(
    'of a name that cannot be told: %s',
    (field) => {
      expect(deniedWithoutTag(rule({ allOf: [isGroup, { field, exists: 'false' }] }), parameters)).toEqual({});
    },
  );
});

describe('nothing is denied', () => {
  test.each<[string, unknown]>([
    ['without a condition', undefined],
    ['by a text', 'allOf'],
    ['by conditions that are no list', { allOf: { isGroup, missing } }],
    ['by a list', [isGroup, missing]],
    ['by a part without a comparison', { allOf: [isGroup, { field: 'tags.owner' }] }],
    ['by a part with two comparisons', { allOf: [isGroup, { ...missing, equals: 'x' }] }],
    ['by a part without a field', { allOf: [isGroup, { exists: 'false' }] }],
    ['by a value', { allOf: [isGroup, { value: "[field('tags')]", exists: 'false' }] }],
    ['by a count', { allOf: [isGroup, { count: { field: 'tags[*]' }, equals: 0 }] }],
    ['by a field that is not understood', { allOf: [isGroup, { field: "[first('tags.owner')]", exists: 'false' }] }],
    ['by a field that is no text', { allOf: [isGroup, { field: 5, exists: 'false' }] }],
    ['by the tag of every resource', missing],
  ])('%s', (_what, condition) => {
    expect(deniedWithoutTag(rule(condition), parameters)).toBeUndefined();
  });

  test.each([[undefined], [null], ['deny'], [{}], [[]]])('by %j', (raw) => {
    expect(deniedWithoutTag(raw, parameters)).toBeUndefined();
  });
});
