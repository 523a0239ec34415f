import { describe, expect, it } from 'vitest';

import { createResourceGraph, type ResourceGraphOptions } from '../../../local/azure/resource-graph/service.ts';
import { now, sampleRow } from './sample.ts';

const sorted = 'resources | project id, name | order by id asc';
const unsorted = 'resources | project id, name';

function rowsNamed(count: number, subscriptionId = 's1') {
  return Array.from({ length: count }, (_, index) => {
    const name = `vm${String(index).padStart(4, '0')}`;
    return sampleRow({ id: `/${subscriptionId}/${name}`, name, subscriptionId });
  });
}

interface Body {
  readonly totalRecords: number;
  readonly count: number;
  readonly data: readonly { readonly id: string; readonly name: string }[];
  readonly resultTruncated: string;
  readonly $skipToken?: string;
}

function createGraph(options: Partial<ResourceGraphOptions> = {}) {
  const rows = rowsNamed(25);
  const graph = createResourceGraph({
    rowsOf: (table) => (table === 'resources' ? rows : undefined),
    subscriptionsOf: () => [],
    now: () => now,
    quota: 'off',
    ...options,
  });
  const ask = (query: string, queryOptions: object = {}, scope: object = {}) =>
    graph.handle({ query, options: queryOptions, ...scope });
  const page = (query: string, queryOptions: object = {}, scope: object = {}) => {
    const answer = ask(query, queryOptions, scope);
    expect(answer.status).toBe(200);
    return answer.body as Body;
  };
  return { graph, ask, page };
}

const namesOf = (body: Body) => body.data.map(({ name }) => name);
const refused = (code: string) => ({
  status: 400,
  body: {
    error: { code: 'BadRequest', message: expect.any(String), details: [{ code, message: expect.any(String) }] },
  },
});

describe('paging', () => {
  it('answers a first page with a token and the next ones until there is none', () => {
    const { page } = createGraph();

    const first = page(sorted, { $top: 10 });
    const second = page(sorted, { $top: 10, $skipToken: first.$skipToken });
    const third = page(sorted, { $top: 10, $skipToken: second.$skipToken });

    expect(first).toMatchObject({ totalRecords: 25, count: 10, facets: [], resultTruncated: 'false' });
    expect([first, second, third].flatMap(namesOf)).toEqual(rowsNamed(25).map(({ name }) => name));
    expect(third).toMatchObject({ count: 5, resultTruncated: 'false' });
    expect(third).not.toHaveProperty('$skipToken');
  });

  it.each([
    ['100 rows unless told otherwise', {}, 100],
    ['as many rows as asked for', { $top: 7 }, 7],
    ['at most 1,000 rows', { $top: 1000 }, 1000],
  ])('gives %s', (_, options, count) => {
    const rows = rowsNamed(1200);
    const { page } = createGraph({ rowsOf: () => rows });

    expect(page(sorted, options).count).toBe(count);
  });

  it('gives pages no larger than it was told', () => {
    expect(createGraph({ maxPage: 3 }).page(sorted).count).toBe(3);
  });

  it('skips rows when asked to', () => {
    expect(namesOf(createGraph().page(sorted, { $top: 1, $skip: 24 }))).toEqual(['vm0024']);
  });

  it('has no token and is truncated when rows are left over and the result has no id', () => {
    const body = createGraph().page('resources | project name | order by name asc', { $top: 10 });

    expect(body).toMatchObject({ count: 10, totalRecords: 25, resultTruncated: 'true' });
    expect(body).not.toHaveProperty('$skipToken');
  });

  it('is not truncated when a result without id fits', () => {
    expect(createGraph().page('resources | summarize count()')).toMatchObject({ count: 1, resultTruncated: 'false' });
  });

  it.each([
    ['of another query', unsorted, {}],
    ['of another scope', sorted, { subscriptions: ['s1'] }],
  ])('refuses a token %s', (_, query, scope) => {
    const { ask, page } = createGraph();
    const token = page(sorted, { $top: 10 }).$skipToken;

    expect(ask(query, { $skipToken: token }, scope)).toMatchObject(refused('InvalidSkipToken'));
  });

  it.each(['', 'abc', 'bnVsbA==', 'e30='])("refuses '%s' as a token", (token) => {
    expect(createGraph().ask(sorted, { $skipToken: token })).toMatchObject(refused('InvalidSkipToken'));
  });

  it('sees rows that changed between two pages', () => {
    let rows = rowsNamed(4);
    const { page } = createGraph({ rowsOf: () => rows });
    const first = page(sorted, { $top: 2 });

    rows = rows.slice(1);

    expect(namesOf(page(sorted, { $top: 2, $skipToken: first.$skipToken }))).toEqual(['vm0003']);
  });

  it('runs a query once for all of its pages while the rows are the same', () => {
    let reads = 0;
    const [row = sampleRow(), ...others] = rowsNamed(4);
    const counted = Object.defineProperty({ ...row }, 'name', {
      get: () => {
        reads += 1;
        return row.name;
      },
    });
    const rows = [counted, ...others];
    const { page } = createGraph({ rowsOf: () => rows });

    page(sorted, { $top: 2, $skipToken: page(sorted, { $top: 2 }).$skipToken });

    expect(reads).toBe(1);
  });

  it('runs twenty queries once each while they page at the same time', () => {
    let reads = 0;
    const rows = rowsNamed(4);
    const { page } = createGraph({
      rowsOf: () => {
        reads += 1;
        return rows;
      },
      versionOf: () => 1,
    });
    const queries = Array.from({ length: 20 }, (_, at) => `${sorted} // ${at}`);
    const tokens = queries.map((query) => page(query, { $top: 1 }).$skipToken);

    const names = queries.flatMap((query, at) => namesOf(page(query, { $top: 1, $skipToken: tokens[at] })));

    expect(new Set(names)).toEqual(new Set(['vm0001']));
    expect(reads).toBe(20);
  });

  it('asks for the rows of the scope, of what stands above it, and of the types of the query', () => {
    const asked: unknown[] = [];
    const { page } = createGraph({
      rowsOf: (_, narrowing) => {
        asked.push(narrowing);
        return [];
      },
      versionOf: () => 1,
    });

    page("resources | where type =~ 'VM' | project id", {}, { subscriptions: ['S1'] });
    page(unsorted);

    expect(asked).toEqual([
      { subscriptions: new Set(['', 's1']), types: new Set(['vm']) },
      { subscriptions: undefined, types: undefined },
    ]);
  });

  it('forgets old results and still answers', () => {
    const { page } = createGraph();
    const tokens = [1, 2, 3, 4, 5, 6].map((top) => page(`${sorted} // ${top}`, { $top: top }).$skipToken);

    expect(namesOf(page(`${sorted} // 1`, { $top: 1, $skipToken: tokens[0] }))).toEqual(['vm0001']);
  });

  it('computes a query of the clock anew for each first page', () => {
    let time = now;
    const { page } = createGraph({ now: () => time });
    const query = 'resources | project id, name = tostring(now()) | order by id asc';
    const before = page(query);

    time = new Date('2027-01-01T00:00:00Z');

    expect(namesOf(before)[0]).toBe('2026-11-20T12:00:00.0000000Z');
    expect(namesOf(page(query))[0]).toBe('2027-01-01T00:00:00.0000000Z');
  });
});

describe('order', () => {
  it('shuffles unsorted results differently for each request, and alike for the same seed', () => {
    const [one, same, other] = [createGraph({ seed: 1 }), createGraph({ seed: 1 }), createGraph({ seed: 2 })];
    const pages = [one.page(unsorted), one.page(unsorted), same.page(unsorted), other.page(unsorted)].map(namesOf);

    const [first, second, again, different] = pages;
    expect(first).not.toEqual(second);
    expect(first).toEqual(again);
    expect(first).not.toEqual(different);
    expect([...(first ?? [])].sort()).toEqual(rowsNamed(25).map(({ name }) => name));
  });

  it.each([
    'resources | project id, name | top 25 by id asc',
    'resources | order by id asc | where true | extend x = 1 | project id, name | take 25',
  ])('keeps the order of %s', (query) => {
    expect(namesOf(createGraph().page(query))).toEqual(rowsNamed(25).map(({ name }) => name));
  });
});

describe('scope', () => {
  const rows = [...rowsNamed(1, 'S1'), ...rowsNamed(2, 's2'), ...rowsNamed(4, 's3')];
  const subscriptionsOf = (group: string) => (group === 'mg' ? ['s1', 's3'] : []);

  it.each([
    ['everything', {}, 7],
    ['one subscription in any case', { subscriptions: ['S2'] }, 2],
    ['a row of a subscription in capitals', { subscriptions: ['s1'] }, 1],
    ['a management group', { managementGroups: ['mg'] }, 5],
    ['a management group without subscriptions', { managementGroups: ['empty'] }, 0],
    ['empty lists as everything', { subscriptions: [], managementGroups: [] }, 7],
  ])('covers %s', (_, scope, count) => {
    expect(createGraph({ rowsOf: () => rows, subscriptionsOf }).page(sorted, {}, scope).totalRecords).toBe(count);
  });

  it('limits both sides of a join', () => {
    const { page } = createGraph({ rowsOf: () => rows, subscriptionsOf });
    const query = 'resources | join kind=inner (resources | project name, other = subscriptionId) on name';

    expect(page(query, {}, { subscriptions: ['s1'] }).totalRecords).toBe(1);
  });
});

describe('answers', () => {
  it('writes instants as ISO text, numbers as numbers and missing values as null', () => {
    const query = `resources | take 1 | project id, at = todatetime('2026-11-19T22:15:33.5466787Z'), none = toint(''), n = 1, t = 90m`;

    expect(createGraph().page(query).data).toEqual([
      { id: '/s1/vm0000', at: '2026-11-19T22:15:33.5466787Z', none: null, n: 1, t: '01:30:00' },
    ]);
  });

  it('writes a table when asked to', () => {
    const query = 'resources | take 1 | project name, tags, n = 1, r = 1.5, b = true, t = now(), s = 1h';

    expect(createGraph().page(query, { resultFormat: 'table' }).data).toEqual({
      columns: [
        { name: 'name', type: 'string' },
        { name: 'tags', type: 'object' },
        { name: 'n', type: 'integer' },
        { name: 'r', type: 'number' },
        { name: 'b', type: 'boolean' },
        { name: 't', type: 'datetime' },
        { name: 's', type: 'string' },
      ],
      rows: [['vm0000', { env: 'prod' }, 1, 1.5, true, '2026-11-20T12:00:00Z', '01:00:00']],
    });
  });

  it('says where a query fails', () => {
    expect(createGraph().ask('resources\n| where nmae == 1')).toMatchObject({
      status: 400,
      body: {
        error: {
          code: 'BadRequest',
          message: expect.stringMatching(
            /^Please provide below info when asking for support: timestamp = 2026-11-20T12/,
          ),
          details: [
            { code: 'InvalidQuery', message: expect.any(String) },
            {
              code: 'InvalidQueryLanguage',
              message: expect.stringContaining('nmae'),
              line: 2,
              characterPositionInLine: 8,
              token: 'nmae',
            },
          ],
        },
      },
    });
  });

  it('refuses a table that does not exist, also when an earlier answer was kept', () => {
    expect(createGraph().ask('nothings | count').status).toBe(400);
  });

  it.each([
    ['no body', undefined],
    ['a text', 'resources'],
    ['no query', {}],
    ['an empty query', { query: '' }],
    ['$top 0', { query: sorted, options: { $top: 0 } }],
    ['$top 1001', { query: sorted, options: { $top: 1001 } }],
    ['an unknown format', { query: sorted, options: { resultFormat: 'xml' } }],
    ['two scopes', { query: sorted, subscriptions: ['s1'], managementGroups: ['mg'] }],
  ])('refuses %s', (_, body) => {
    expect(createGraph().graph.handle(body)).toMatchObject(refused('InvalidRequest'));
  });
});

describe('quota', () => {
  it('counts every answer down, bad ones too, and then refuses with the time to wait', () => {
    const { graph, ask } = createGraph({ quota: { requests: 2, windowMs: 3_600_000 } });

    const answers = [ask(sorted), graph.handle({}), ask(sorted)];

    expect(answers.map(({ status }) => status)).toEqual([200, 400, 429]);
    expect(answers.map(({ headers }) => headers['x-ms-user-quota-remaining'])).toEqual(['1', '0', '0']);
    expect(answers[2]).toMatchObject({
      headers: { 'retry-after': '3600', 'x-ms-user-quota-resets-after': '01:00:00' },
      body: { error: { code: 'RateLimiting', details: [{ code: 'RateLimiting' }] } },
    });
  });

  it('allows 15 requests by default', () => {
    const graph = createResourceGraph({ rowsOf: () => [], subscriptionsOf: () => [], now: () => now });
    const { headers } = graph.handle({ query: sorted });

    expect(headers).toMatchObject({ 'x-ms-user-quota-remaining': '14', 'x-ms-user-quota-resets-after': '00:00:05' });
  });

  it('never refuses when it is off, and still carries the headers', () => {
    const { ask } = createGraph();
    const answers = Array.from({ length: 40 }, () => ask(sorted));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(answers.at(-1)?.headers).toHaveProperty('x-ms-user-quota-remaining', '15');
  });
});
