import { expect, test } from 'vitest';

import { pageOf, refusalOf, runAzure } from './running-azure.ts';
import { estateNow, otherSubscriptionId, smallEstate, subscriptionId, vmId } from './small-estate.ts';

const vms = "resources | where type =~ 'microsoft.compute/virtualmachines' | project id | order by id asc";
const nics = "resources | where type =~ 'microsoft.network/networkinterfaces' | project id | order by id asc";
const vmList = `/subscriptions/${subscriptionId}/providers/Microsoft.Compute/virtualMachines`;
const names = ['web1', 'web2', 'web3', 'web4', 'web5'];

const idsOf = (rows: readonly { readonly id?: unknown }[]) => rows.map(({ id }) => String(id).split('/').at(-1));
const code = (error: { readonly code?: string }) => error.code;

test('a fault may be about queries of Resource Graph by their text', async () => {
  const { azure, query } = await runAzure();
  azure.faults({ path: /ResourceGraph/, asks: /networkinterfaces/, status: 503 });

  expect(await query(vms)).toHaveLength(5);
  await expect(query(nics)).rejects.toMatchObject({ statusCode: 503 });
});

test('one page fails as often as asked for, while other pages are right', async () => {
  const { azure, query } = await runAzure();
  azure.faults({ path: /ResourceGraph/, asks: /./, status: 500, times: 2, onlyRepetitions: true });

  const answers = [];
  for (const text of [vms, nics, vms, nics, vms]) {
    answers.push(await query(text).then((rows) => rows.length, code));
  }

  expect(answers).toEqual(['InternalServerError', 5, 'InternalServerError', 5, 5]);
});

test('refusals come in bursts at moments that the seed decides', async () => {
  async function outcomes(seed: number): Promise<string> {
    const { azure, send } = await runAzure();
    azure.faults({ path: /./, status: 429, bursts: { seed, oneIn: 6, length: 2 } });
    let marks = '';
    for (let round = 0; round < 30; round += 1) {
      marks += (await send('GET', vmId('web1'))).status === 200 ? '.' : 'x';
    }
    return marks;
  }

  const first = await outcomes(7);

  expect(first.replace(/x$/, '')).toMatch(/^(\.|xx)+$/);
  expect(first).toContain('.xx');
  expect(await outcomes(7)).toBe(first);
  expect(await outcomes(8)).not.toBe(first);
});

test('empty pages of Resource Graph lead to every row once, however many come in a row', async () => {
  const { azure, graph } = await runAzure({ graphPageSize: 2 });
  azure.faults({ path: /ResourceGraph/, emptyPage: true, spared: 1, times: 2 });
  const pages: unknown[][] = [];
  let skipToken: string | undefined;

  do {
    const options = { resultFormat: 'objectArray', top: 1000, ...(skipToken ? { skipToken } : {}) } as const;
    const answer = await graph.resources({ query: vms, options });
    expect(answer.resultTruncated).toBe('false');
    pages.push(answer.data);
    skipToken = answer.skipToken;
  } while (skipToken !== undefined);

  expect(pages.map((page) => page.length)).toEqual([2, 0, 0, 2, 1]);
  expect(idsOf(pages.flat() as { id: string }[])).toEqual(names);
});

test('a query without ids, which Azure could not continue, is answered as it is', async () => {
  const { azure, query } = await runAzure();
  azure.faults({ path: /ResourceGraph/, emptyPage: true });

  expect(await query('resources | summarize n = count()')).toHaveLength(1);
});

test('an empty page of an ARM list leads to the right one', async () => {
  const { azure, send } = await runAzure();
  azure.faults({ path: /virtualMachines/, emptyPage: true, times: 2 });

  const first = pageOf(await send('GET', vmList));
  const second = pageOf(await send('GET', first.nextLink ?? ''));
  const third = pageOf(await send('GET', second.nextLink ?? ''));

  expect([first.value, second.value]).toEqual([[], []]);
  expect(new Set([first.nextLink, second.nextLink]).size).toBe(2);
  expect(third.value.map(({ name }) => name)).toEqual(names);
  expect(third.nextLink).toBeUndefined();
});

test('a subscription that is lost halfway is forbidden in ARM and gone from Resource Graph, until it is given back', async () => {
  const { azure, query, send } = await runAzure();
  const containers = "resourcecontainers | where type =~ 'microsoft.resources/subscriptions' | project id";
  azure.loseAccess(subscriptionId, 3);

  expect(await query(vms)).toHaveLength(5);
  expect(await query(containers)).toHaveLength(2);
  expect((await send('GET', vmId('web1'))).status).toBe(200);
  // That was the third request.
  expect(await query(vms)).toEqual([]);
  expect(await query(containers)).toHaveLength(1);
  for (const path of [vmId('web1'), vmList, `/subscriptions/${subscriptionId}`]) {
    const answer = await send('GET', path);
    expect(answer.status).toBe(403);
    expect(refusalOf(answer).code).toBe('AuthorizationFailed');
  }
  expect((await send('GET', '/subscriptions')).body).toMatchObject({
    value: [{ subscriptionId: otherSubscriptionId }],
  });

  azure.heal();
  expect(await query(vms)).toHaveLength(5);
  expect((await send('GET', vmId('web1'))).status).toBe(200);
});

test('Resource Graph may lag by minutes of the estate, which take no time', async () => {
  let minutes = 0;
  const { query, send } = await runAzure({
    estate: smallEstate(),
    now: () => new Date(estateNow.getTime() + minutes * 60_000),
    lagMs: 10 * 60_000,
    lagClock: 'estate',
  });

  await send('PUT', vmId('newborn'), { location: 'westeurope', properties: {} });
  await send('DELETE', vmId('web1'));

  expect(idsOf(await query(vms))).toEqual(names);
  minutes = 9;
  expect(idsOf(await query(vms))).toEqual(names);
  minutes = 10;
  expect(idsOf(await query(vms))).toEqual(['newborn', 'web2', 'web3', 'web4', 'web5']);
});
