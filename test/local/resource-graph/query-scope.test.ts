import { describe, expect, it } from 'vitest';

import { createResourceGraph } from '../../../local/azure/resource-graph/service.ts';
import { now, sampleRow } from './sample.ts';

const group = (name: string) => `/providers/Microsoft.Management/managementGroups/${name}`;
const assignment = (scope: string) => `${scope}/providers/Microsoft.Authorization/policyAssignments/a`;
const row = (id: string, subscriptionId = '') => {
  const type =
    id === builtIn ? 'microsoft.authorization/policydefinitions' : 'microsoft.authorization/policyassignments';
  return sampleRow({ id, type, subscriptionId });
};

const builtIn = '/providers/Microsoft.Authorization/policyDefinitions/d';
const onTenant = assignment('');
const onSubscription = assignment('/subscriptions/S1');
const inSubscription = assignment('/subscriptions/S1/resourceGroups/rg');
const rows = [
  row(builtIn),
  row(onTenant),
  row(assignment(group('Top'))),
  row(assignment(group('Leaf'))),
  row(assignment(group('other'))),
  row(onSubscription, 'S1'),
  row(inSubscription, 'S1'),
  row(assignment('/subscriptions/s2'), 's2'),
];

/** top > leaf > s1, and beside them other > s2. */
const graph = createResourceGraph({
  rowsOf: () => rows,
  subscriptionsOf: (name) => (name === 'other' ? ['s2'] : ['s1']),
  groupsAbove: (scope) => ({ s1: ['leaf', 'top'], leaf: ['top'], s2: ['other'] })[scope] ?? [],
  now: () => now,
  quota: 'off',
});

interface Body {
  readonly data: readonly { readonly id: string }[];
  readonly $skipToken?: string;
}

function ask(table: string, scope: object, options: object = {}): Body {
  const { status, body } = graph.handle({ query: `${table} | project id | order by id asc`, options, ...scope });
  expect(status).toBe(200);
  return body as Body;
}

const idsOf = ({ data }: Body) => data.map(({ id }) => id).toSorted();
const [top, leaf] = [assignment(group('Top')), assignment(group('Leaf'))];

describe('the filter by scope', () => {
  it.each([
    ['a subscription', ['S1'], undefined, [builtIn, onSubscription, inSubscription]],
    ['a subscription and above', ['S1'], 'AtScopeAndAbove', [builtIn, onTenant, top, leaf, onSubscription]],
    ['a subscription alone', ['S1'], 'AtScopeExact', [builtIn, onSubscription]],
    [
      'all around a subscription',
      ['s1'],
      'AtScopeAboveAndBelow',
      [builtIn, onTenant, top, leaf, onSubscription, inSubscription],
    ],
  ])('shows %s', (_, subscriptions, authorizationScopeFilter, expected) => {
    const options = authorizationScopeFilter === undefined ? {} : { authorizationScopeFilter };

    expect(idsOf(ask('policyresources', { subscriptions }, options))).toEqual(expected.toSorted());
  });

  it.each([
    ['a group', ['LEAF'], undefined, [builtIn, leaf, onSubscription, inSubscription]],
    ['a group with those below it', ['top'], 'AtScopeAndBelow', [builtIn, top, leaf, onSubscription, inSubscription]],
    ['a group and above', ['leaf'], 'AtScopeAndAbove', [builtIn, onTenant, leaf, top]],
  ])('shows %s', (_, managementGroups, authorizationScopeFilter, expected) => {
    const options = authorizationScopeFilter === undefined ? {} : { authorizationScopeFilter };

    expect(idsOf(ask('authorizationresources', { managementGroups }, options))).toEqual(expected.toSorted());
  });

  it('does not count where nothing is assigned', () => {
    const shown = ask('resources', { subscriptions: ['s1'] }, { authorizationScopeFilter: 'AtScopeExact' });

    expect(idsOf(shown)).toEqual(expect.arrayContaining([onSubscription, inSubscription]));
  });

  it('shows everything to who names no scope', () => {
    expect(idsOf(ask('policyresources', {}))).toHaveLength(rows.length);
  });

  it('is part of what a token belongs to', () => {
    const scope = { subscriptions: ['s1'] };
    const { $skipToken } = ask('policyresources', scope, { $top: 1 });
    const query = 'policyresources | project id | order by id asc';

    const same = graph.handle({ query, ...scope, options: { $skipToken } });
    const other = graph.handle({ query, ...scope, options: { $skipToken, authorizationScopeFilter: 'AtScopeExact' } });

    expect([same.status, other.status]).toEqual([200, 400]);
  });

  it('is refused when nobody knows it', () => {
    const query = 'policyresources | project id';

    expect(graph.handle({ query, options: { authorizationScopeFilter: 'Everywhere' } }).status).toBe(400);
  });
});
