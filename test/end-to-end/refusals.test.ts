import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { generateEstate } from '../../local/estates/generate.ts';
import type { Neighbourhood } from '../../local/neighbourhood.ts';
import { startBuilt } from './support/built-app.ts';
import { allVms, bodyOf, ended, sweep } from './support/results.ts';

const estate = generateEstate({ vms: 12, seed: 5 });
let neighbourhood: Neighbourhood;

beforeAll(async () => {
  neighbourhood = await startBuilt({ estate, simulated: { resourceGraphQuota: 'off' } });
  await sweep(neighbourhood);
});

afterAll(() => neighbourhood?.stop());

const nobody = '00000000-0000-0000-0000-000000000000';
const managementGroup = '/providers/Microsoft.Management/managementGroups/nobody';
const unknownVm = `/subscriptions/${nobody}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm`;

/** Checks that an answer is a problem by RFC 9457, and gives it. */
async function problemOf(answer: Response): Promise<Record<string, unknown>> {
  const problem = (await answer.json()) as Record<string, unknown>;
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(problem).toMatchObject({
    type: expect.any(String),
    title: expect.any(String),
    status: answer.status,
    detail: expect.any(String),
  });
  return problem;
}

function post(path: string, body: string): Promise<Response> {
  return neighbourhood.call(path, { method: 'POST', body });
}

describe('without the key', () => {
  const routes: [string, string][] = [
    ['GET', 'posture'],
    ['GET', 'vms'],
    ['GET', 'vms/0123456789abcdef0123'],
    ['POST', 'evaluations'],
    ['GET', 'sweeps'],
    ['POST', 'sweeps'],
    ['GET', 'reports/other-resources.json'],
    ['GET', 'reports/changes.json'],
    ['GET', 'rules'],
    ['GET', 'health'],
  ];

  it.each(routes)('%s %s answers 401', async (method, path) => {
    expect((await fetch(`${neighbourhood.host.url}/api/${path}`, { method })).status).toBe(401);
  });

  it.each(routes)('%s %s answers 401 to a wrong key, in the header or in the address', async (method, path) => {
    const url = `${neighbourhood.host.url}/api/${path}`;

    expect((await fetch(url, { method, headers: { 'x-functions-key': 'wrong' } })).status).toBe(401);
    expect((await fetch(`${url}?code=wrong`, { method })).status).toBe(401);
  });

  it('only the probe answers, and says nothing but that it is alive', async () => {
    expect(await bodyOf(await fetch(`${neighbourhood.host.url}/api/alive`))).toEqual({ status: 'alive' });
  });
});

describe('a query that makes no sense', () => {
  const long = 'x'.repeat(2000);

  it.each([
    ['a verdict that does not exist', 'vms?verdict=lost', 'verdict'],
    ['a rule that does not exist', 'vms?rule=no-such-rule', 'rule'],
    ['a parameter that does not exist', 'vms?colour=red', 'colour'],
    ['a reason that no rule gives', 'vms?reason=Bored', 'reason'],
    ['a severity that does not exist', 'vms?severity=fatal', 'severity'],
    ['a sorting by what nobody sorts by', 'vms?sort=colour', 'sort'],
    ['changes since no instant', 'vms?changedSince=yesterday', 'changedSince'],
    ['an owner of 2,000 characters', `vms?owner=${long}`, 'owner'],
    ['a resource group of 2,000 characters', `vms?resourceGroup=${long}`, 'resourceGroup'],
    ['a subscription that is no GUID', 'vms?subscription=prod', 'subscription'],
    ['a region of 2,000 characters', `vms?region=${long}`, 'region'],
    ['a search of 2,000 characters', `vms?q=${long}`, 'q'],
    ['an empty search', 'vms?q=', 'q'],
    ['a page of nothing', 'vms?size=0', 'size'],
    ['a page of a million', 'vms?size=1000000', 'size'],
    ['a page of less than nothing', 'vms?size=-1', 'size'],
    ['a page of a part of a VM', 'vms?size=1.5', 'size'],
    ['a page of words', 'vms?size=ten', 'size'],
    ['a made-up cursor', 'vms?cursor=next', 'cursor'],
    ['a cursor of 2,000 characters', `vms?cursor=${long}`, 'cursor'],
    ['an id that is no VM', `vms?id=/subscriptions/${nobody}`, 'id'],
    ['an unknown parameter of the posture', 'posture?colour=red', 'colour'],
    ['a subscription of the posture that is no GUID', 'posture?subscription=%27', 'subscription'],
    ['a region of the posture without a name', 'posture?region=', 'region'],
    ['a scope of the posture that is none', 'posture?scope=/tenants/x', 'scope'],
    ['a management group that no sweep has seen', `posture?scope=${managementGroup}`, 'scope'],
    ['a scope beside a subscription', `posture?scope=westeurope&subscription=${nobody}`, 'scope'],
    ['a posture by what nobody counts', 'posture?by=colour', 'by'],
    ['a posture of no day', 'posture?day=2026-02-30', 'day'],
    ['a posture of a day that has not come', 'posture?day=2999-01-01', 'day'],
    ['a trend of no days', 'posture?trend=0', 'trend'],
    ['a trend of ten years', 'posture?trend=3650', 'trend'],
    ['changes without a time', 'reports/changes.json', 'since'],
    ['changes since no time', 'reports/changes.json?since=yesterday', 'since'],
    ['changes since no hours', 'reports/changes.json?since=0h', 'since'],
    ['changes since ten years', 'reports/changes.json?since=2016-01-01T00:00:00Z', 'since'],
    ['changes since too many days', 'reports/changes.json?since=401d', 'since'],
    ['changes to a verdict that does not exist', 'reports/changes.json?since=24h&to=lost', 'to'],
    ['changes of a subscription that is no GUID', 'reports/changes.json?since=24h&subscription=x', 'subscription'],
    ['a made-up cursor of the changes', 'reports/changes.json?since=24h&cursor=next', 'cursor'],
    ['a page of a million changes', 'reports/changes.json?since=24h&size=1000000', 'size'],
    ['an unknown parameter of the changes', 'reports/changes.json?since=24h&colour=red', 'colour'],
    ['a parameter of a report that has none', 'reports/other-resources.json?size=1', 'size'],
    ['no sweeps', 'sweeps?size=0', 'size'],
    ['an unknown parameter of the sweeps', 'sweeps?runId=1', 'runId'],
    ['a parameter of the rules, which have none', 'rules?category=vault', 'category'],
    ['a parameter of the health, which has none', 'health?verbose=true', 'verbose'],
    ['a parameter of one VM, which has none', `vms/${'0'.repeat(20)}?expand=all`, 'expand'],
  ])('is refused with its name: %s', async (_what, path, parameter) => {
    const answer = await neighbourhood.call(path);

    expect(answer.status).toBe(400);
    const problem = await problemOf(answer);
    expect(problem['parameter']).toBe(parameter);
    expect(problem['detail']).toContain(parameter);
  });

  it.each([
    ['another filter', 'verdict=protected'],
    ['no filter', ''],
    ['another order', 'q=vm&sort=name'],
  ])('is refused: the cursor of a query with %s', async (_what, filter) => {
    const { next } = await bodyOf<{ next: string }>(await neighbourhood.call('vms?size=1&q=vm'));

    const answer = await neighbourhood.call(`vms?cursor=${next}&${filter}`);

    expect(answer.status).toBe(400);
    expect(await problemOf(answer)).toMatchObject({ parameter: 'cursor' });
  });
});

describe('a hostile string', () => {
  const hostile = [
    "'",
    "' or '1' eq '1",
    '"',
    '%',
    '%27',
    'a\r\nset-cookie: b',
    '<script>',
    '../../x',
    '\u0000',
    '\u{1f4a5}',
    '\ud800',
    '__proto__',
  ];

  it.each(hostile)('finds no VM: %j', async (text) => {
    const q = encodeURIComponent(text.toWellFormed());

    expect(await bodyOf(await neighbourhood.call(`vms?q=${q}`))).toEqual({ vms: [], next: null });
    for (const filter of ['region', 'owner', 'resourceGroup']) {
      expect(await bodyOf(await neighbourhood.call(`vms?${filter}=${q}&sort=name`))).toEqual({ vms: [], next: null });
      expect(await bodyOf(await neighbourhood.call(`vms?${filter}=${q}`))).toEqual({ vms: [], next: null });
    }
    expect(await bodyOf(await neighbourhood.call(`posture?region=${q}`))).toMatchObject({ vms: 0 });
    expect(await bodyOf(await neighbourhood.call(`posture?region=${q}&trend=2&day=2026-01-01`))).toMatchObject({
      vms: 0,
    });
    const changes = await bodyOf(await neighbourhood.call(`reports/changes.json?since=24h&owner=${q}&region=${q}`));
    expect(changes).toMatchObject({ changes: [], next: null });
  });

  it.each([...hostile, 'x'.repeat(2000)])('is the key of no VM: %j', async (text) => {
    const answer = await neighbourhood.call(`vms/${encodeURIComponent(text.toWellFormed())}`);

    expect(answer.status).toBe(404);
    await answer.arrayBuffer();
  });
});

describe('a VM that nobody knows', () => {
  it.each([
    ['by its key', () => neighbourhood.call('vms/0123456789abcdef0123')],
    ['by its id', () => neighbourhood.call(`vms?id=${encodeURIComponent(unknownVm)}`)],
    ['by an id with a line break', () => neighbourhood.call(`vms?id=${encodeURIComponent(`${unknownVm}\nx`)}`)],
    ['by an id with a quote', () => neighbourhood.call(`vms?id=${encodeURIComponent(unknownVm.replace(nobody, "'"))}`)],
    ['to be judged, of an unknown subscription', () => post('evaluations', JSON.stringify({ vmId: unknownVm }))],
    [
      'to be judged, of a known subscription',
      () => {
        const [{ subscriptionId } = { subscriptionId: nobody }] = estate.subscriptions;
        return post('evaluations', JSON.stringify({ vmId: unknownVm.replace(nobody, subscriptionId) }));
      },
    ],
    [
      'to be judged, with a name that climbs out of its path',
      () => post('evaluations', JSON.stringify({ vmId: unknownVm.replace('/rg/', '/../') })),
    ],
  ])('is not found %s', async (_how, ask) => {
    const answer = await ask();

    expect(answer.status).toBe(404);
    await problemOf(answer);
  });
});

describe('a request to judge that makes no sense', () => {
  it.each([
    ['no body', '', 'body'],
    ['no JSON', '{"vmId":', 'body'],
    ['no object', '[]', 'body'],
    ['no id', '{}', 'vmId'],
    ['a number for an id', '{"vmId":1}', 'vmId'],
    ['an id of something else', `{"vmId":"/subscriptions/${nobody}"}`, 'vmId'],
    ['an id of 3,000 characters', JSON.stringify({ vmId: unknownVm + 'x'.repeat(3000) }), 'vmId'],
    ['a field too many', JSON.stringify({ vmId: unknownVm, force: true }), 'force'],
  ])('is refused: %s', async (_what, body, parameter) => {
    const answer = await post('evaluations', body);

    expect(answer.status).toBe(400);
    expect(await problemOf(answer)).toMatchObject({ parameter });
  });
});

describe('a request for a sweep that makes no sense', () => {
  const [{ subscriptionId } = { subscriptionId: nobody }] = estate.subscriptions;
  const wish = (...subscriptions: readonly unknown[]) => JSON.stringify({ subscriptions });

  it.each([
    ['no JSON', '{"subscriptions":', 'body'],
    ['no object', '[]', 'body'],
    ['no list', JSON.stringify({ subscriptions: subscriptionId }), 'subscriptions'],
    ['an empty list', wish(), 'subscriptions'],
    ['a name for an id', wish('prod'), 'subscriptions.0'],
    ['a number among the ids', wish(subscriptionId, 1), 'subscriptions.1'],
    ['a path for an id', wish(`/subscriptions/${subscriptionId}`), 'subscriptions.0'],
    ['more than 300 of them', wish(...Array.from({ length: 301 }, () => subscriptionId)), 'subscriptions'],
    ['one that does not exist', wish(nobody), 'subscriptions'],
    ['one that does not exist beside one that does', wish(subscriptionId, nobody), 'subscriptions'],
    ['a management group', JSON.stringify({ managementGroup: 'mg-corp' }), 'managementGroup'],
    ['a field too many', JSON.stringify({ subscriptions: [subscriptionId], force: true }), 'force'],
  ])('is refused: %s', async (_what, body, parameter) => {
    const before = await bodyOf(await neighbourhood.call('sweeps'));

    const answer = await post('sweeps', body);

    expect(answer.status).toBe(400);
    expect(await problemOf(answer)).toMatchObject({ parameter, detail: expect.stringContaining(parameter) });
    expect(await bodyOf(await neighbourhood.call('sweeps'))).toEqual(before);
  });

  it('is refused: a query', async () => {
    const answer = await post(`sweeps?subscriptions=${subscriptionId}`, '');

    expect(answer.status).toBe(400);
    expect(await problemOf(answer)).toMatchObject({ parameter: 'subscriptions' });
  });

  it('names what does not exist, and nothing else', async () => {
    const { detail } = await problemOf(await post('sweeps', wish(subscriptionId, nobody)));

    expect(detail).toContain(nobody);
    expect(detail).not.toContain(subscriptionId);
  });
});

describe('a sweep while another one runs', () => {
  it.each([
    ['of everything', ''],
    [
      'of a subscription',
      JSON.stringify({ subscriptions: estate.subscriptions.slice(0, 1).map((each) => each.subscriptionId) }),
    ],
  ])('is refused with the id of that: %s', async (_what, body) => {
    // The VMs of its shard take so long to be shown.
    neighbourhood.azure.faults({
      path: /ResourceGraph/i,
      asks: /hardwareProfile\.vmSize/,
      emptyPage: true,
      delayMs: 3000,
      times: 1,
    });
    const { runId } = await bodyOf<{ runId: string }>(await post('sweeps', ''));

    const answer = await post('sweeps', body);

    expect(answer.status).toBe(409);
    expect(await problemOf(answer)).toMatchObject({ runId, detail: expect.stringContaining(runId) });
    await ended(neighbourhood, runId);
  });
});

it('none of all this left a VM behind', async () => {
  expect(await allVms(neighbourhood)).toHaveLength(12);
});
