import { createServer } from 'node:http';

import { DefaultAzureCredential } from '@azure/identity';
import { describe, expect, onTestFinished, test } from 'vitest';

import { createTopicSender } from '../../lib/azure/event-topic.ts';
import { createWebhookSender } from '../../lib/azure/webhook.ts';
import type { CloudEvent } from '../../lib/domain/cloud-event.ts';
import { listenOnLoopback, stopServer } from '../../local/azure/listen.ts';
import { startWebhookReceiver } from '../../local/webhook-receiver.ts';
import { serviceInAzure } from './service-in-azure.ts';
import { trustedCertificate } from './trusted-certificate.ts';

const certificate = await trustedCertificate();
const now = () => new Date('2026-11-20T06:00:00Z');

function event(id: string, data: Readonly<Record<string, unknown>> = { name: 'db 🚀' }): CloudEvent {
  return {
    specversion: '1.0',
    id,
    source: '/backstop',
    type: 'Backstop.VM.Blocked',
    subject: '/subscriptions/s/vm',
    time: '2026-11-20T06:00:00.000Z',
    datacontenttype: 'application/json',
    data,
  };
}

describe('a custom Event Grid topic', () => {
  async function started() {
    const { azure } = await serviceInAzure(certificate);
    const { topic } = azure;
    return { azure, topic, send: createTopicSender(topic.url, { credential: new DefaultAzureCredential() }, now) };
  }

  test('takes a batch that the SDK sends with a token of the identity, as it was', async () => {
    const { topic, send } = await started();

    const answer = await send([event('a'), event('b')]);

    expect(answer).toEqual({ kind: 'taken' });
    expect(topic.events).toEqual([event('a'), event('b')]);
    expect(topic.requests).toHaveLength(1);
  });

  test.each([
    [429, { 'retry-after': '120' }, { kind: 'failed', why: 'HTTP 429', retryAfterSeconds: 120 }],
    [503, {}, { kind: 'failed', why: 'HTTP 503' }],
    [403, {}, { kind: 'failed', why: 'HTTP 403' }],
    [413, {}, { kind: 'failed', why: 'HTTP 413' }],
  ])('that answers %d is asked once, and its wish to wait is told', async (status, headers, expected) => {
    const { topic, send } = await started();
    topic.faults({ path: /events/, status, headers });

    expect(await send([event('a')])).toEqual(expected);
    expect(topic.requests).toHaveLength(1);
    expect(topic.events).toEqual([]);
  });

  test('that cannot be reached is told as such', async () => {
    await started();
    const server = createServer();
    const port = await listenOnLoopback(server, 0);
    await stopServer(server);
    const credential = new DefaultAzureCredential();
    const send = createTopicSender(`https://127.0.0.1:${port}/api/events`, { credential }, now);

    expect(await send([event('b')])).toEqual({ kind: 'failed', why: 'not reachable (ECONNREFUSED)' });
  });
});

describe('the simulated topic refuses', () => {
  const claims = (aud: string) => Buffer.from(JSON.stringify({ aud })).toString('base64url');
  const right = {
    'content-type': 'application/cloudevents-batch+json; charset=utf-8',
    authorization: `Bearer x.${claims('https://eventgrid.azure.net')}.`,
  };
  const body = JSON.stringify([event('a')]);

  test.each([
    ['no token', '?api-version=2018-01-01', { authorization: '' }, body, 401],
    [
      'a token for ARM',
      '?api-version=2018-01-01',
      { authorization: `Bearer x.${claims('https://management.azure.com')}.` },
      body,
      401,
    ],
    ['another api-version', '?api-version=2024-01-01', {}, body, 400],
    ['no api-version', '', {}, body, 400],
    ['events of the Event Grid schema', '?api-version=2018-01-01', { 'content-type': 'application/json' }, body, 400],
    [
      'an event without a source',
      '?api-version=2018-01-01',
      {},
      JSON.stringify([{ ...event('a'), source: undefined }]),
      400,
    ],
    ['what is no JSON', '?api-version=2018-01-01', {}, '[', 400],
    [
      'more than 1 MB',
      '?api-version=2018-01-01',
      {},
      JSON.stringify([event('a', { text: 'x'.repeat(1_048_577) })]),
      413,
    ],
    ['nothing of what is right', '?api-version=2018-01-01', {}, body, 200],
  ])('%s', async (_, query, headers, text, status) => {
    const { azure } = await serviceInAzure(certificate);

    const answer = await fetch(`${azure.topic.url}${query}`, {
      method: 'POST',
      headers: { ...right, ...headers },
      body: text,
    });

    expect(answer.status).toBe(status);
    expect(azure.topic.events).toHaveLength(status === 200 ? 1 : 0);
  });
});

describe('a webhook', () => {
  async function started(patience?: number) {
    const receiver = await startWebhookReceiver();
    onTestFinished(() => receiver.close());
    return { receiver, send: createWebhookSender(receiver.url, [receiver.secret], now, patience) };
  }

  test('gets a signed batch', async () => {
    const { receiver, send } = await started();

    expect(await send([event('a'), event('b')])).toEqual({ kind: 'taken' });
    expect(receiver.events).toEqual([event('a'), event('b')]);
  });

  test('gets the same events under the same id again, and others under another one', async () => {
    const { receiver, send } = await started();

    await send([event('a'), event('b')]);
    await send([event('a'), event('b')]);
    await send([event('a')]);

    const [first, second, third] = receiver.requests.map(({ id }) => id);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  test('with another secret refuses it', async () => {
    const { receiver } = await started();
    const send = createWebhookSender(receiver.url, [`whsec_${Buffer.alloc(32).toString('base64')}`], now);

    expect(await send([event('a')])).toEqual({ kind: 'failed', why: 'HTTP 401' });
  });

  test.each([
    [500, {}, { kind: 'failed', why: 'HTTP 500' }],
    [429, { 'retry-after': '7' }, { kind: 'failed', why: 'HTTP 429', retryAfterSeconds: 7 }],
    [
      503,
      { 'retry-after': 'Fri, 20 Nov 2026 06:02:00 GMT' },
      { kind: 'failed', why: 'HTTP 503', retryAfterSeconds: 120 },
    ],
    [410, {}, { kind: 'failed', why: 'HTTP 410' }],
  ])('that answers %d did not take it', async (status, headers, expected) => {
    const { receiver, send } = await started();
    receiver.answerWith({ status, headers });

    expect(await send([event('a')])).toEqual(expected);
  });

  test('is not followed to where it redirects', async () => {
    const { receiver, send } = await started();
    const other = await started();
    receiver.answerWith({ status: 307, headers: { location: other.receiver.url } });

    const answer = await send([event('a')]);

    expect(answer).toEqual({ kind: 'failed', why: 'HTTP 307: redirects are not followed' });
    expect(other.receiver.requests).toEqual([]);
  });

  test('that does not answer in time did not take it', async () => {
    const { receiver, send } = await started(0.2);
    receiver.answerWith({ status: 204, delayMs: 60_000 });

    expect(await send([event('a')])).toEqual({ kind: 'failed', why: 'no answer in 0.2 seconds' });
  });

  test('that is not there is told without its address', async () => {
    const server = createServer();
    const port = await listenOnLoopback(server, 0);
    await stopServer(server);
    const send = createWebhookSender(`http://127.0.0.1:${port}/hook?code=hidden`, ['aaaa'], now);

    expect(await send([event('a')])).toEqual({ kind: 'failed', why: 'not reachable (ECONNREFUSED)' });
  });

  test('that sends an endless body is cut off', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200);
      const pump = setInterval(() => response.write('x'.repeat(10_000)), 1);
      response.on('close', () => clearInterval(pump));
    });
    const port = await listenOnLoopback(server, 0);
    onTestFinished(() => stopServer(server));
    const send = createWebhookSender(`http://127.0.0.1:${port}/`, ['aaaa'], now);

    expect(await send([event('a')])).toEqual({ kind: 'taken' });
  });
});
