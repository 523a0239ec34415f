import { request } from 'node:https';

import { expect, test } from 'vitest';

import { refusalOf, runAzure } from './running-azure.ts';
import { itemId, smallEstate, subscriptionId, vaultId, vmId } from './small-estate.ts';

const group = `/subscriptions/${subscriptionId}/resourceGroups/rg-shop`;
const nowhere = '/subscriptions/11111111-1111-4111-8111-111111111111';

test.each([
  [404, 'SubscriptionNotFound', 'an unknown subscription', nowhere],
  [
    404,
    'SubscriptionNotFound',
    'a VM in an unknown subscription',
    vmId('web1').replace(`/subscriptions/${subscriptionId}`, nowhere),
  ],
  [404, 'ResourceGroupNotFound', 'a VM in an unknown resource group', vmId('web1').replace('RG-Shop', 'rg-gone')],
  [
    404,
    'ResourceGroupNotFound',
    'the VMs of an unknown resource group',
    `${group.replace('rg-shop', 'rg-gone')}/providers/Microsoft.Compute/virtualMachines`,
  ],
  [404, 'ResourceNotFound', 'an unknown VM', vmId('gone')],
  [404, 'ResourceNotFound', 'the instance view of an unknown VM', `${vmId('gone')}/instanceView`],
  [404, 'ResourceNotFound', 'an unknown vault', `${vaultId}-gone`],
  [404, 'ResourceNotFound', 'the items of an unknown vault', `${vaultId}-gone/backupProtectedItems`],
  [404, 'ResourceNotFound', 'an unknown protected item', itemId('web5')],
  [404, 'ResourceNotFound', 'the extensions of an unknown VM', `${vmId('gone')}/extensions`],
  [404, 'InvalidResourceType', 'a type that is not simulated', `${group}/providers/Microsoft.Compute/galleries`],
  [404, 'InvalidResourceType', 'a path that ARM does not know', '/nothing/here'],
  [400, 'InvalidSkipToken', 'a skip token that was never given', `/subscriptions?$skipToken=bm9uc2Vuc2U`],
])('answers %i %s for %s', async (status, code, _, path) => {
  const { send } = await runAzure();

  const answer = await send('GET', path);

  expect(answer.status).toBe(status);
  expect(refusalOf(answer).code).toBe(code);
});

test('refuses who brings no token', async () => {
  const { azure, certificate } = await runAzure();

  const status = await new Promise<[number | undefined, string | undefined]>((resolve, reject) => {
    const url = `${azure.armUrl}/subscriptions?api-version=2022-12-01`;
    const call = request(url, { ca: certificate.cert }, (response) => {
      response.resume();
      resolve([response.statusCode, response.headers['www-authenticate']]);
    });
    call.on('error', reject).end();
  });

  expect(status).toEqual([401, expect.stringContaining('Bearer')]);
});

test('insists on an api-version', async () => {
  const { azure, send } = await runAzure();

  const answer = await send('GET', `${azure.armUrl}/subscriptions`);

  expect(answer.status).toBe(400);
  expect(refusalOf(answer).code).toBe('MissingApiVersionParameter');
});

test.each([
  ['in other case', vmId('web1').toUpperCase()],
  ['with doubled slashes', vmId('web1').replaceAll('/providers/', '//providers//')],
  ['with percent-encoded semicolons', itemId('web1').replaceAll(';', '%3B')],
  ['with a slash at the end', `${vmId('web1')}/`],
])('finds a resource by its path %s', async (_, path) => {
  const { send } = await runAzure();

  const answer = await send('GET', path);

  expect(answer.status).toBe(200);
  expect(answer.headers.get('x-ms-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

test('shows how much of the subscription is left to read', async () => {
  const { send } = await runAzure();

  const answer = await send('GET', vmId('web1'));

  expect(answer.headers.get('x-ms-ratelimit-remaining-subscription-reads')).toBe('249');
  expect(answer.headers.get('x-ms-ratelimit-remaining-subscription-global-reads')).toBe('3749');
  expect(answer.headers.get('x-ms-ratelimit-remaining-resource')).toContain('Microsoft.Compute/');
});

test('an injected fault is answered as often as asked for, then the truth again', async () => {
  const { azure, send } = await runAzure();
  azure.faults({ method: 'GET', path: /virtualMachines/, status: 429, headers: { 'retry-after': '7' }, times: 2 });

  const answers = [];
  for (let round = 0; round < 3; round++) answers.push(await send('GET', vmId('web1')));

  expect(answers.map(({ status }) => status)).toEqual([429, 429, 200]);
  expect(answers[0]?.headers.get('retry-after')).toBe('7');
});

test('the first fault that fits wins, and a fault may have a body of its own', async () => {
  const { azure, send } = await runAzure();
  azure.faults({ method: 'POST', path: /./, status: 500 });
  azure.faults({ path: /\/subscriptions$/, status: 503, body: { code: 'Busy' }, delayMs: 1 });
  azure.faults({ path: /./, status: 409 });

  const answer = await send('GET', '/subscriptions');

  expect(answer).toMatchObject({ status: 503, body: { code: 'Busy' } });
});

test('the real client sees a Resource Graph that throttles', async () => {
  const { query } = await runAzure({ resourceGraphQuota: { requests: 1, windowMs: 60_000 } });
  await query('resources | project id');

  const refused = query('resources | project id');

  await expect(refused).rejects.toMatchObject({ statusCode: 429, code: 'RateLimiting' });
});

test('every request is remembered with its status and body, never with its token', async () => {
  const { azure, query, send } = await runAzure();
  await query('resources | project id');
  await send('GET', `${vmId('gone')}?$expand=instanceView`);

  expect(azure.requests).toMatchObject([
    {
      method: 'POST',
      path: '/providers/Microsoft.ResourceGraph/resources',
      status: 200,
      body: { query: 'resources | project id' },
    },
    { method: 'GET', path: vmId('gone'), query: { $expand: 'instanceView' }, status: 404 },
  ]);
  expect(JSON.stringify(azure.requests)).not.toContain('Bearer');
});

test('a port that is taken is exchanged for a free one', async () => {
  const { azure } = await runAzure();

  const second = await runAzure({ estate: smallEstate(), port: azure.port });

  expect(second.azure.port).not.toBe(azure.port);
});

test('a caller who hangs up in the middle of a request disturbs nobody', async () => {
  const { azure, certificate, send } = await runAzure();

  await new Promise((resolve) => {
    const headers = { authorization: 'Bearer any', 'content-length': '1000' };
    const call = request(`${azure.armUrl}/subscriptions`, { method: 'POST', ca: certificate.cert, headers });
    call.on('error', resolve).on('close', resolve);
    call.write('{', () => call.destroy());
  });
  const answer = await send('GET', '/subscriptions');

  expect(answer.status).toBe(200);
  expect(azure.requests).toHaveLength(1);
});
