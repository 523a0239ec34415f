import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type HostProcess, startHostProcess } from './support/host-process.ts';
import { removeApp, writeApp } from './support/sample-app.ts';

const functions = `
const { app } = require('@azure/functions');
const seen = [];
app.eventGrid('vm-changed', {
  handler: async (event, context) => {
    if (event.data?.fail) throw new Error('cannot take ' + event.id);
    seen.push({ event, metadata: context.triggerMetadata });
  },
});
app.eventGrid('switched-off', { handler: async () => {} });
app.http('seen', { authLevel: 'anonymous', handler: async () => ({ jsonBody: seen.splice(0) }) });
`;

let appDir: string;
let host: HostProcess;

beforeAll(async () => {
  appDir = await writeApp({ files: { 'dist/functions.js': functions } });
  host = await startHostProcess({ appDir }, { 'AzureWebJobs.switched-off.Disabled': 'true' });
});

afterAll(async () => {
  await host.close();
  await removeApp(appDir);
});

interface Sent {
  readonly query?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

async function post({ query = 'functionName=vm-changed&code=event-grid-key', method = 'POST', headers, body }: Sent) {
  const response = await host.call(`/runtime/webhooks/EventGrid?${query}`, {
    method,
    headers: headers ?? { 'aeg-event-type': 'Notification' },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return {
    status: response.status,
    text: await response.text(),
    origin: response.headers.get('webhook-allowed-origin'),
  };
}

const seen = async () => await (await host.call('/api/seen')).json();
const validation = { 'aeg-event-type': 'subscriptionvalidation' };
const event = (id: string, data: object = {}) => ({ id, eventType: 'Write', dataVersion: '2', data });

describe('the handshakes of Event Grid', () => {
  it.each([
    ['an array, as the Event Grid schema sends', [{ data: { validationCode: 'abc' } }]],
    ['one object with its data encoded twice', { data: '{"validationCode":"abc"}' }],
    ['one object with plain data', { data: { validationCode: 'abc' } }],
  ])('repeat the validation code of %s', async (_, body) => {
    expect(await post({ headers: validation, body })).toMatchObject({
      status: 200,
      text: '{"validationResponse":"abc"}',
    });
  });

  it.each([
    ['eventgrid.azure.net', 'eventgrid.azure.net'],
    ['eventgrid.azure.us', 'eventgrid.azure.us'],
    ['evil.example', 'eventgrid.azure.net'],
  ])('allow the origin %s by answering %s', async (asked, allowed) => {
    const answer = await post({ method: 'OPTIONS', headers: { 'webhook-request-origin': asked } });

    expect(answer).toMatchObject({ status: 200, origin: allowed });
  });
});

describe('the webhook', () => {
  it.each([
    ['without a key', { query: 'functionName=vm-changed' }, 401, ''],
    ['with the key of functions', { query: 'functionName=vm-changed&code=function-key' }, 401, ''],
    ['with the master key', { query: 'functionName=vm-changed&code=master-key', body: [] }, 202, ''],
    ['for a function in other case', { query: 'functionName=VM-changed&code=event-grid-key' }, 404, "'VM-changed'"],
    ['for no function', { query: 'code=event-grid-key' }, 404, "cannot find function: ''"],
    ['for a disabled function', { query: 'functionName=switched-off&code=event-grid-key' }, 404, 'cannot find'],
    ['for a function of another kind', { query: 'functionName=seen&code=event-grid-key' }, 404, 'cannot find'],
    ['with an unknown event type', { headers: { 'aeg-event-type': 'Other' } }, 400, ''],
    ['with no event type', { headers: {} }, 400, ''],
    ['with the goodbye', { headers: { 'aeg-event-type': 'Unsubscribe' } }, 202, ''],
    ['with a body that is no JSON', { body: '{' }, 500, ''],
  ] satisfies readonly [string, Sent, number, string][])('called %s answers', async (_, sent, status, text) => {
    const answer = await post(sent);

    expect(answer.status).toBe(status);
    expect(answer.text).toContain(text);
  });

  it('runs the function once per event of a batch and answers 202', async () => {
    expect(await post({ body: [event('1'), event('2')] })).toMatchObject({ status: 202 });
    expect(await seen()).toHaveLength(2);
  });

  it('answers 500 with the first message when one event of a batch fails, though the others have run', async () => {
    const answer = await post({ body: [event('1'), event('2', { fail: true })] });

    expect(answer).toMatchObject({ status: 500, text: 'cannot take 2' });
    expect(await seen()).toHaveLength(1);
  });

  it('hands over a single CloudEvent unchanged', async () => {
    const cloudEvent = {
      specversion: '1.0',
      id: '7',
      type: 'Write',
      time: '2026-11-20T10:00:00.123Z',
      data: { a: [1] },
    };

    await post({ body: cloudEvent });

    expect(await seen()).toEqual([expect.objectContaining({ event: cloudEvent })]);
  });

  it('gives the metadata production gives: data and lifted properties, parsed, with small first letters', async () => {
    await post({ body: [{ ...event('9', { Nested: { Key: 1 } }), Topic: 'T', ready: true, list: [1], none: null }] });

    expect(await seen()).toMatchObject([
      {
        metadata: {
          data: { nested: { key: 1 } },
          id: 9,
          eventType: 'Write',
          dataVersion: 2,
          topic: 'T',
          ready: 'True',
        },
      },
    ]);
  });

  it('is not needed to run a function by hand', async () => {
    const call = { method: 'POST', body: JSON.stringify({ input: JSON.stringify(event('by-hand')) }) };

    expect((await host.call('/admin/functions/vm-changed?code=master-key', call)).status).toBe(202);
    await expect.poll(seen, { timeout: 10_000 }).toEqual([expect.objectContaining({ event: event('by-hand') })]);
  });
});
