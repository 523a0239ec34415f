import { readFile } from 'node:fs/promises';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { generateEstate } from '../../local/estates/generate.ts';
import type { Neighbourhood } from '../../local/neighbourhood.ts';
import { breachOf, documented } from './support/api-contract.ts';
import { startBuilt } from './support/built-app.ts';
import { allVms, bodyOf, patience, sweep } from './support/results.ts';

const estate = generateEstate({ vms: 12, seed: 5, servers: 1 });
let neighbourhood: Neighbourhood;
/** What stands for the parameters that must be given, by name; a new one needs an example here. */
let examples: Readonly<Record<string, string>>;

beforeAll(async () => {
  neighbourhood = await startBuilt({ estate, simulated: { resourceGraphQuota: 'off' } });
  await sweep(neighbourhood);
  const [vm] = await allVms(neighbourhood, 1);
  expect.assert(vm);
  const exemptionId = await exempt(vm.vmId);
  const exportId = await exported();
  examples = { vmKey: vm.vmKey, planId: 'nothing', since: '24h', exemptionId, exportId, serverKey: await surveyed() };
});

/** The key of a backup server, once the survey beside the sweep has found it. */
async function surveyed(): Promise<string> {
  const found = async () => {
    const answer = await neighbourhood.call('servers');
    return (await bodyOf<{ servers: readonly { serverKey: string }[] }>(answer)).servers[0]?.serverKey;
  };
  return vi.waitUntil(found, patience);
}

/** Makes an exemption, and waits until its VM is judged by it: from then on nothing changes by itself. */
async function exempt(scope: string): Promise<string> {
  const until = new Date(Date.parse(estate.now) + 30 * 86_400_000).toISOString();
  const wish = { scope, owner: 'team', reason: 'a test', category: 'waiver', until, by: 'a tester' };
  const answer = await neighbourhood.call('exemptions', { method: 'POST', body: JSON.stringify(wish) });
  const { exemption } = await bodyOf<{ exemption: { exemptionId: string } }>(answer);
  await vi.waitUntil(async () => {
    const page = await neighbourhood.call(`vms?id=${encodeURIComponent(scope)}`);
    return (await bodyOf<{ verdict: string }>(page)).verdict === 'exempt';
  }, patience);
  return exemption.exemptionId;
}

/** Makes an export, and waits for its file. */
async function exported(): Promise<string> {
  const { exportId } = await bodyOf<{ exportId: string }>(await neighbourhood.call('reports/vms.csv?async=true'));
  await vi.waitUntil(async () => {
    const status = await neighbourhood.call(`reports/exports/${exportId}`);
    return (await bodyOf<{ state: string }>(status)).state === 'done';
  }, patience);
  return exportId;
}

afterAll(() => neighbourhood?.stop());

type Documented = (typeof documented)[number];

/** The address of an operation with an example for everything that must be given. */
function addressOf({ path, parameters }: Documented): string {
  const own = path.slice(1).replaceAll(/\{(\w+)\}/g, (_, name: string) => examples[name] ?? 'x');
  const query = parameters.filter((each) => each.in === 'query' && each.required);
  return `${own}?${query.map(({ name }) => `${name}=${examples[name] ?? 'x'}`).join('&')}`;
}

const named = (operations: readonly Documented[]) =>
  operations.map((operation) => [operation.operationId, operation] as const);
const reads = named(documented.filter(({ method }) => method === 'GET'));
const withBody = named(documented.filter(({ requestBody }) => requestBody));

/** Checks what every problem has in common, and gives it. */
async function problemOf(answer: Response, status: number): Promise<Readonly<Record<string, unknown>>> {
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  return (await answer.json()) as Readonly<Record<string, unknown>>;
}

describe('the API', () => {
  it('serves the document that it is tested by', async () => {
    const served = await bodyOf(await neighbourhood.call('openapi.json'));

    expect(served).toEqual(JSON.parse(await readFile('docs/openapi.json', 'utf8')));
  });

  it.each(named([...documented]))('%s refuses a parameter that nobody knows', async (_, operation) => {
    const answer = await neighbourhood.call(`${addressOf(operation)}&colour=red`, { method: operation.method });

    expect(await problemOf(answer, 400)).toMatchObject({ parameter: 'colour' });
  });

  it.each(withBody)('%s refuses a body that is no JSON, of another type, or too large', async (_, operation) => {
    const { method } = operation;
    const send = (body: string, headers = {}) => neighbourhood.call(addressOf(operation), { method, body, headers });

    await problemOf(await send('{"a":'), 400);
    await problemOf(await send('[]'), 400);
    expect(await problemOf(await send('{"colour":"red"}'), 400)).toMatchObject({ title: 'Bad request' });
    await problemOf(await send('{}', { 'content-type': 'text/plain' }), 415);
    await problemOf(await send('a=b', { 'content-type': 'application/x-www-form-urlencoded' }), 415);
    await problemOf(await send(JSON.stringify('x'.repeat(1024 * 1024))), 413);
  });

  it('reads a body of almost a MiB, in any charset that says so', async () => {
    const headers = { 'content-type': 'Application/JSON; charset=utf-8' };
    const body = JSON.stringify({ vmId: 'x'.repeat(1024 * 1024 - 20) });

    const answer = await neighbourhood.call('evaluations', { method: 'POST', body, headers });

    expect(await problemOf(answer, 400)).toMatchObject({ parameter: 'vmId' });
  });

  it('names the reports that there are where another one is asked for', async () => {
    const problem = await problemOf(await neighbourhood.call('reports/nothing.json'), 404);

    expect(problem['detail']).toMatch(
      /^There is no nothing\.json under reports\/\{file\}; there are: vms\.json, .*, other-resources\.json\.$/,
    );
  });
});

describe('what is read', () => {
  it.each(reads)('%s has a tag, and is not sent again to who has it', async (_, operation) => {
    const address = addressOf(operation);
    const first = await neighbourhood.call(address);
    const etag = first.headers.get('etag') ?? '';
    const ask = (tag: string) => neighbourhood.call(address, { headers: { 'if-none-match': tag } });

    expect(first.status).toBe(200);
    expect(etag).toMatch(/^W\/"[\w-]{27}"$/);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    expect(first.headers.get('x-content-type-options')).toBe('nosniff');
    for (const known of [etag, etag.slice(2), `"other", ${etag}`, '*']) {
      const again = await ask(known);
      expect([known, again.status, await again.text()]).toEqual([known, 304, '']);
      expect(again.headers.get('etag')).toBe(etag);
    }
    expect((await ask('W/"other"')).status).toBe(200);
  });

  it('has another tag once it is another', async () => {
    const tagOf = async (path: string) => (await neighbourhood.call(path)).headers.get('etag');

    expect(await tagOf('vms?size=1')).not.toBe(await tagOf('vms?size=2'));
  });
});

describe('the check of every answer', () => {
  const answer = (status: number, type = 'application/json') =>
    new Response(null, { status, headers: { 'content-type': type } });
  const body = JSON.stringify({ isStopped: false, protections: [] });

  it('takes what is documented', () => {
    expect(breachOf('GET', 'protections?size=1', answer(200), body)).toBeUndefined();
  });

  it.each([
    ['a field too many', 200, JSON.stringify({ isStopped: false, protections: [], colour: 'red' })],
    ['a field too few', 200, JSON.stringify({ protections: [] })],
    ['a field of another kind', 200, JSON.stringify({ isStopped: 'no', protections: [] })],
    ['no body', 200, ''],
    ['a status that nobody told of', 409, body],
  ])('sees %s', (_, status, text) => {
    expect(breachOf('GET', 'protections', answer(status), text)).toBeDefined();
  });

  it('sees an operation that nobody told of', () => {
    expect(breachOf('GET', 'secrets', answer(200), '{}')).toBe('there is no such operation');
  });
});
