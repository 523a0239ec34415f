import { describe, expect, it } from 'vitest';

import type { PolicyCondition } from '../../lib/domain/policy-condition.ts';
import { groupTagDemand } from '../../lib/domain/tag-demand.ts';

const groups = 'Microsoft.Resources/subscriptions/resourceGroups';

function compared(field: string, operator: string, operand: unknown): PolicyCondition {
  return { kind: 'comparison', field, operator, operand };
}
const not = (of: PolicyCondition): PolicyCondition => ({ kind: 'not', of });
const all = (...of: readonly PolicyCondition[]): PolicyCondition => ({ kind: 'all', of });
const any = (...of: readonly PolicyCondition[]): PolicyCondition => ({ kind: 'any', of });

const isGroup = compared('type', 'equals', groups);
const missing = (tag = "tags['owner']") => compared(tag, 'exists', 'false');
const owner = { tag: 'owner' };

describe('a resource group without a tag is refused', () => {
  it.each<[string, PolicyCondition, object]>([
    ['in quotes', missing(), owner],
    ['in brackets', missing('tags[owner]'), owner],
    ['after a dot', missing('Tags.owner'), owner],
    ['with blanks in its name', missing("tags['Cost Centre']"), { tag: 'Cost Centre' }],
    ['whose name cannot be told', missing('tags[]'), {}],
    ['that must exist, as a truth value', compared('tags.owner', 'exists', false), owner],
    ['that must not be missing', not(compared('tags.owner', 'exists', 'TRUE')), owner],
    ['that must have a value', not(compared('tags.owner', 'equals', 'me')), owner],
    ['that must have one of some values', not(compared('tags.owner', 'in', ['me', 'you'])), owner],
    ['that must have a form', not(compared('tags.owner', 'like', 'CC-*')), owner],
    ['that must match', not(compared('tags.owner', 'match', '###')), owner],
    ['that must match in any case', not(compared('tags.owner', 'matchinsensitively', 'a##')), owner],
    ['that must contain something', not(compared('tags.owner', 'contains', '@')), owner],
    ['that must be a key', not(compared('tags', 'containskey', 'owner')), owner],
    ['of whatever name', compared('tags', 'exists', false), {}],
    ['of whatever name, with a value', not(compared('tags', 'equals', 'me')), {}],
    ['that must be one of several keys', not(compared('tags', 'containskey', ['owner'])), {}],
    ['one of several', any(missing(), missing('tags.cost')), {}],
    ['the same twice', any(missing(), not(compared('tags.owner', 'in', ['me']))), owner],
    ['or with an empty value', any(missing(), compared('tags.owner', 'equals', '')), owner],
    ['or for a reason that is not understood', any(missing(), { kind: 'unread' }), owner],
  ])('%s', (_what, demand, expected) => {
    expect(groupTagDemand(all(isGroup, demand))).toEqual(expected);
  });
});

describe('a condition concerns resource groups', () => {
  it.each<[string, PolicyCondition, boolean]>([
    ['by their type', isGroup, true],
    ['in any case', compared('TYPE', 'equals', groups.toUpperCase()), true],
    ['among others', compared('type', 'in', ['Microsoft.Sql/servers', groups.toLowerCase()]), true],
    ['but not among others', compared('type', 'in', ['Microsoft.Sql/servers']), false],
    ['by not being among others', not(compared('type', 'in', ['Microsoft.Sql/servers'])), true],
    [
      'but not by not being among others that cannot all be told',
      not(compared('type', 'in', ['Microsoft.Sql/servers', undefined])),
      false,
    ],
    ['but not in a list that is none', compared('type', 'in', groups), false],
    ['but not by being equal to a list', compared('type', 'equals', [groups]), false],
    ['but not by a pattern where the very type is asked for', compared('type', 'equals', '*'), false],
    ['but not if it cannot be told among which', compared('type', 'in', ['Microsoft.Sql/servers', undefined]), false],
    ['even if it cannot be told what else', compared('type', 'in', [undefined, groups]), true],
    ['by a pattern', compared('type', 'like', 'Microsoft.Resources/*'), true],
    ['by a pattern that ends alike', compared('type', 'like', '*/resourceGroups'), true],
    ['by a pattern whose star stands for nothing', compared('type', 'like', `${groups}*`), true],
    ['by a pattern without a star', compared('type', 'like', groups), true],
    ['but not by a pattern of others', compared('type', 'like', 'Microsoft.Sql/*'), false],
    ['but not by a pattern that ends otherwise', compared('type', 'like', 'Microsoft.Resources/*/tags'), false],
    ['but not by a shorter text', compared('type', 'like', 'Microsoft.Resources'), false],
    ['but not by a pattern that overlaps itself', compared('type', 'like', `${groups}*Groups`), false],
    ['but not by a pattern with two stars', compared('type', 'like', '*esource*'), false],
    ['by a part', compared('type', 'contains', 'resourceGroups'), true],
    ['but not by a part of others', compared('type', 'contains', 'virtualMachines'), false],
    ['by not being something else', not(compared('type', 'equals', 'Microsoft.Sql/servers')), true],
    ['but not if they are left out', not(isGroup), false],
    ['but not if a list is left out that holds them', not(compared('type', 'in', [groups])), false],
    ['but not if a list is left out that cannot be told', not(compared('type', 'in', [undefined])), false],
    ['but not if a pattern is left out that is none', not(compared('type', 'like', '*x*y')), false],
    ['but not for another type', compared('type', 'equals', 'Microsoft.Resources/subscriptions'), false],
    ['but not if the type cannot be told', compared('type', 'equals', undefined), false],
    ['but not by a comparison that is not understood', compared('type', 'less', groups), false],
    ['but not by another field', compared('kind', 'equals', groups), false],
  ])('%s', (_what, type, expected) => {
    expect(groupTagDemand(all(missing(), type))).toEqual(expected ? owner : undefined);
  });
});

describe('nothing is demanded', () => {
  it.each<[string, PolicyCondition]>([
    ['of nothing', all()],
    ['by a part that is not understood', { kind: 'unread' }],
    ['if all groups are refused', isGroup],
    ['if it is not for groups alone', missing()],
    ['if groups are refused whatever their tags', any(isGroup, all(isGroup, missing()))],
    ['if everything without the tag is refused, groups among it', any(missing(), isGroup)],
    ['if a tag must not exist', all(isGroup, compared('tags.owner', 'exists', 'true'))],
    ['if it cannot be told what must exist', all(isGroup, compared('tags.owner', 'exists', undefined))],
    ['if a tag must not have a value', all(isGroup, compared('tags.owner', 'equals', 'me'))],
    ['if a value must be compared with nothing', all(isGroup, not(compared('tags.owner', 'equals', '')))],
    ['if any value will do', all(isGroup, not(compared('tags.owner', 'like', '*')))],
    ['if the value cannot be told', all(isGroup, not(compared('tags.owner', 'equals', undefined)))],
    ['if one of the values cannot be told', all(isGroup, not(compared('tags.owner', 'in', ['me', undefined])))],
    ['if the comparison is not understood', all(isGroup, not(compared('tags.owner', 'greater', '5')))],
    ['if the field only begins like a tag', all(isGroup, missing('tagsOfOthers'))],
    ['if it is about the elements of tags', all(isGroup, missing('tags[*]'))],
    ['if only some groups are meant', all(isGroup, missing(), compared('name', 'like', 'rg-*'))],
    ['if something else is asked that is not understood', all(isGroup, missing(), { kind: 'unread' })],
    ['if it is the contrary', not(all(isGroup, missing()))],
  ])('%s', (_what, condition) => {
    expect(groupTagDemand(condition)).toBeUndefined();
  });
});
