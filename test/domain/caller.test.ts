import { describe, expect, it } from 'vitest';

import { isA, isVisible, keyHolder, roles, speaksOnlyOf, visibleTo } from '../../lib/domain/caller.ts';

const one = '11111111-2222-3333-4444-555555555555';
const two = '66666666-7777-8888-9999-aaaaaaaaaaaa';

describe('a role', () => {
  it.each([
    ['Reader', ['Reader']],
    ['Contributor', ['Reader', 'Contributor']],
    ['Approver', ['Reader', 'Approver']],
  ] as const)('%s includes %j', (role, included) => {
    expect(roles.filter((each) => isA({ roles: [role] }, each))).toEqual(included);
  });

  it('is held by whoever has the key, and by nobody without one', () => {
    expect(roles.filter((each) => isA(keyHolder, each))).toEqual(roles);
    expect(roles.filter((each) => isA({ roles: [] }, each))).toEqual([]);
  });
});

describe('what a caller may see', () => {
  const scopes = { 'Backstop.Approver': ['*'], [one.toUpperCase()]: [one], group: [two, one] };

  it.each([
    ['everything where nobody said anything', [one], undefined, undefined],
    ['nothing where nothing names it', [two], scopes, 'nothing'],
    ['nothing where nothing names anybody', [one], {}, 'nothing'],
    ['what is said of it, whatever the case', [one], scopes, [one]],
    ['everything that is said of it and its groups, once', [one, 'GROUP'], scopes, [one, two]],
    ['everything where one of its roles may', [one, 'Backstop.Approver'], scopes, undefined],
    ['nothing by a role that another one includes', ['Backstop.Reader'], scopes, 'nothing'],
  ])('is %s', (_, names, given, expected) => {
    expect(visibleTo(names, given)).toEqual(expected);
  });

  it('is told of a subscription in any case', () => {
    expect([isVisible([two], two.toUpperCase()), isVisible([two], one), isVisible(undefined, one)]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it.each([
    [`vaults of subscription ${one}`, true],
    [`subscription ${one.toUpperCase()}`, true],
    [`subscriptions ${one}, ${two}`, false],
    [`subscription ${two}`, false],
    ['protected items in westeurope', false],
  ])('is told of a text: %s', (text, isSeen) => {
    expect(speaksOnlyOf([one], text)).toBe(isSeen);
    expect(speaksOnlyOf(undefined, text)).toBe(true);
  });
});
