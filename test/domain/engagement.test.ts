import { describe, expect, test } from 'vitest';

import { type Belonging, type Engagement, scopeOfVm } from '../../lib/domain/engagement.ts';
import { known, unknown } from '../../lib/domain/fact.ts';
import { EngagementDocument } from '../../lib/engagement-schema.ts';

const subscription = '11111111-2222-3333-4444-555555555555';
const source = { where: 'test', readAt: '2026-11-20T06:00:00.000Z' };

const group = { name: 'group', resourceGroup: `/subscriptions/${subscription}/resourceGroups/RG-app` };
const tagged = { name: 'tagged', tag: 'Backup=Auto' };
const own = { name: 'own', subscription };
const near = { name: 'near', managementGroup: 'MG-Near' };
const far = { name: 'far', managementGroup: 'mg-far' };

function engagementOf(...scopes: readonly object[]): Engagement {
  return EngagementDocument.parse({ scopes });
}

const vm: Belonging = {
  subscriptionId: subscription,
  resourceGroup: 'rg-APP',
  tags: known({ backup: 'auto' }, source),
  managementGroups: known(['mg-near', 'mg-far'], source),
};

function nameOf(engagement: Engagement, of: Belonging = vm): string {
  const found = scopeOfVm(engagement, of);
  return found.kind === 'scope' ? found.scope.name : found.kind;
}

describe('the narrowest scope holds, in whatever order they are written', () => {
  test.each([
    [[far, near, own, group, tagged], 'tagged'],
    [[tagged, group, own, near, far], 'tagged'],
    [[far, near, own, group], 'group'],
    [[far, near, own], 'own'],
    [[far, near], 'near'],
    [[far], 'far'],
    [[], 'none'],
  ])('%j: %s', (scopes, expected) => {
    expect(nameOf(engagementOf(...scopes))).toBe(expected);
  });
});

test.each([
  ['another value of the tag', { tags: known({ backup: 'none' }, source) }, [tagged], 'none'],
  ['no such tag', { tags: known({}, source) }, [tagged], 'none'],
  ['another group of the same name', { subscriptionId: 'other' }, [group], 'none'],
  ['another subscription', { subscriptionId: 'other' }, [own], 'none'],
  ['another management group', { managementGroups: known(['mg-else'], source) }, [near, far], 'none'],
])('%s is not covered', (_, change, scopes, expected) => {
  expect(nameOf(engagementOf(...scopes), { ...vm, ...change })).toBe(expected);
});

describe('what could not be read leaves the scope unknown where it could matter', () => {
  const unread = unknown('no-permission', 'Not to be read.');

  test.each([
    ['tags, where a scope goes by a tag', { tags: unread }, [tagged, own], 'unknown'],
    ['tags, where none does', { tags: unread }, [own], 'own'],
    ['management groups, where nothing narrower covers the VM', { managementGroups: unread }, [near], 'unknown'],
    ['management groups, where something narrower does', { managementGroups: unread }, [near, own], 'own'],
    ['management groups, where no scope goes by one', { managementGroups: unread }, [], 'none'],
  ])('%s', (_, change, scopes, expected) => {
    expect(nameOf(engagementOf(...scopes), { ...vm, ...change })).toBe(expected);
  });
});
