import type { QueueClient } from '@azure/storage-queue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type HostProcess, startHostProcess } from './support/host-process.ts';
import { type QueueService, startQueueService } from './support/queue-service.ts';
import { removeApp, writeApp } from './support/sample-app.ts';

// The crash test runs this app twice; what a process has seen ends with it, so that a run can tell.
const functions = `
const { app } = require('@azure/functions');
const { setTimeout: sleep } = require('node:timers/promises');
const seen = [];
let running = 0;
const work = async (message, context) => {
  const at = Date.now();
  running += 1;
  seen.push({ message, name: context.functionName, metadata: context.triggerMetadata, running, pid: process.pid, at });
  try {
    if (message.wait) await sleep(message.wait);
    if (message.hangsAtFirst && context.triggerMetadata.dequeueCount === 1) await sleep(60_000);
    if (message.fail) throw new Error('cannot do ' + message.name);
  } finally {
    running -= 1;
  }
};
app.storageQueue('work', { queueName: '%WORK_QUEUE%', handler: work });
app.storageQueue('strict', { queueName: 'Strict', connection: 'Other', handler: work });
app.storageQueue('leftovers', { queueName: 'work-poison', handler: work });
app.storageQueue('bytes', { queueName: 'bytes', dataType: 'binary', handler: work });
app.generic('raw', {
  trigger: { type: 'queueTrigger', name: 'raw', queueName: 'raw', dataType: 'binary' },
  handler: (bytes, context) => work({ bytes: bytes.toString('hex') }, context),
});
app.storageQueue('off', { queueName: 'off', handler: work });
app.http('seen', { authLevel: 'anonymous', handler: async () => ({ jsonBody: seen }) });
`;

interface Delivery {
  readonly name: string;
  readonly message: { readonly name?: string };
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly running: number;
  readonly pid: number;
  readonly at: number;
}

const hostJson = {
  extensions: {
    queues: { messageEncoding: 'none', batchSize: 2, newBatchThreshold: 0, maxDequeueCount: 3 },
  },
};

let appDir: string;
let service: QueueService;
let host: HostProcess;

const start = (env: Readonly<Record<string, string>> = {}) =>
  startHostProcess({ appDir, queueLeaseSeconds: 2 }, { ...service.settings, ...settings(), ...env });

const settings = () => ({
  WORK_QUEUE: 'work',
  Other__queueServiceUri: service.settings['AzureWebJobsStorage__queueServiceUri'] ?? '',
  AzureFunctionsJobHost__extensions__queues__maxPollingInterval: '00:00:00.200',
  'AzureWebJobs.leftovers.Disabled': 'true',
  'AzureWebJobs.off.Disabled': 'true',
});

beforeAll(async () => {
  appDir = await writeApp({ files: { 'dist/functions.js': functions }, hostJson });
  service = await startQueueService();
  host = await start();
});

afterAll(async () => {
  await host.close();
  await service.stop();
  await removeApp(appDir);
});

async function send(queueName: string, message: unknown): Promise<string> {
  const queue = service.client.getQueueClient(queueName);
  await queue.createIfNotExists();
  const text = typeof message === 'string' ? message : JSON.stringify(message);
  return (await queue.sendMessage(text)).messageId;
}

const seen = async () => (await (await host.call('/api/seen')).json()) as readonly Delivery[];

async function deliveriesOf(name: string): Promise<readonly Delivery[]> {
  return (await seen()).filter(({ message }) => message.name === name);
}

async function peekAll(queue: QueueClient): Promise<readonly string[]> {
  if (!(await queue.exists())) return [];
  const { peekedMessageItems } = await queue.peekMessages({ numberOfMessages: 32 });
  return peekedMessageItems.map(({ messageText }) => messageText);
}

const peek = (queueName: string) => peekAll(service.client.getQueueClient(queueName));

async function countOf(queueName: string): Promise<number | undefined> {
  return (await service.client.getQueueClient(queueName).getProperties()).approximateMessagesCount;
}

const patience = { timeout: 10_000, interval: 50 };

describe('a message', () => {
  it('arrives parsed, with the metadata of production, and is deleted after its run', async () => {
    const id = await send('work', { name: 'first', vm: { Id: 1 } });

    await expect.poll(() => deliveriesOf('first'), patience).toHaveLength(1);
    const [delivery] = await deliveriesOf('first');
    expect(delivery?.metadata).toMatchObject({
      queueTrigger: { name: 'first', vm: { id: 1 } },
      id,
      dequeueCount: 1,
      popReceipt: expect.any(String),
      insertionTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/),
      expirationTime: expect.stringMatching(/\+00:00$/),
      nextVisibleTime: expect.stringMatching(/\+00:00$/),
      vm: { id: 1 },
    });
    await expect.poll(() => countOf('work'), patience).toBe(0);
  });

  it('may hide metadata with a property of the same name, whatever its case', async () => {
    await send('work', { name: 'shadow', id: '42', DEQUEUECOUNT: 7 });

    await expect
      .poll(() => deliveriesOf('shadow'), patience)
      .toMatchObject([{ metadata: { id: 42, dequeueCount: 7 } }]);
  });

  it('arrives as bytes where the function asks for it', async () => {
    await send('raw', 'é');

    await expect
      .poll(seen, patience)
      .toContainEqual(expect.objectContaining({ name: 'raw', message: { bytes: 'c3a9' } }));
  });

  it('is tried as often as host.json says and then moved away with the reason in the log', async () => {
    const message = { name: 'failing', fail: true };
    await send('work', message);

    await expect.poll(() => peek('work-poison'), patience).toContain(JSON.stringify(message));
    const counts = (await deliveriesOf('failing')).map(({ metadata }) => metadata['dequeueCount']);
    expect(counts).toEqual([1, 2, 3]);
    expect(host.lines).toContainEqual(
      expect.objectContaining({
        level: 'warning',
        category: 'Function.work',
        message: expect.stringMatching(/'work-poison'.*MaxDequeueCount of 3.*cannot do failing/),
      }),
    );
  });

  it('stays with a run that takes longer than the lease, because the lease is renewed', async () => {
    await send('strict', { name: 'long', wait: 2500 });

    await expect.poll(() => deliveriesOf('long'), patience).toHaveLength(1);
    await expect.poll(() => countOf('strict'), patience).toBe(0);
    expect(await deliveriesOf('long')).toHaveLength(1);
  });

  it('waits until its batch is done when the threshold is 0', async () => {
    for (const index of [1, 2, 3, 4, 5]) await send('work', { name: 'batch', index, wait: 100 });

    await expect.poll(() => deliveriesOf('batch'), patience).toHaveLength(5);
    expect(Math.max(...(await deliveriesOf('batch')).map(({ running }) => running))).toBeLessThanOrEqual(2);
  });

  it('is left alone when its function is disabled', async () => {
    await send('off', 'untouched');
    await send('work', { name: 'after' });

    await expect.poll(() => deliveriesOf('after'), patience).toHaveLength(1);
    expect(await peek('off')).toEqual(['untouched']);
  });

  it('finds its queue again after somebody has deleted it', async () => {
    await service.client.getQueueClient('strict').delete();
    await expect
      .poll(() => host.lines, patience)
      .toContainEqual(expect.objectContaining({ message: expect.stringContaining("'strict' cannot be read") }));

    await send('strict', { name: 'back again' });

    await expect.poll(() => deliveriesOf('back again'), patience).toHaveLength(1);
  });
});

describe('a host that dies', () => {
  it('gives its message back after the lease, to be delivered a second time', async () => {
    await send('work', { name: 'crash', hangsAtFirst: true });
    await expect.poll(() => deliveriesOf('crash'), patience).toHaveLength(1);
    const [first] = await deliveriesOf('crash');
    await host.kill();

    host = await start();

    await expect.poll(() => deliveriesOf('crash'), patience).toMatchObject([{ metadata: { dequeueCount: 2 } }]);
    expect((await deliveriesOf('crash'))[0]?.pid).not.toBe(first?.pid);
  });

  it('lets a running message end first when it is closed', async () => {
    await send('work', { name: 'closing', wait: 500 });
    await expect.poll(() => deliveriesOf('closing'), patience).toHaveLength(1);

    expect(await host.close()).toBe(0);

    expect(await countOf('work')).toBe(0);
    host = await start({ AzureFunctionsJobHost__extensions__queues__messageEncoding: 'base64' });
  });
});

describe('with messageEncoding base64', () => {
  it('text arrives decoded, and what cannot be decoded is moved away as it came', async () => {
    await send('work', Buffer.from(JSON.stringify({ name: 'encoded' })).toString('base64'));
    await send('work', '{"name":"plain"}');

    await expect.poll(() => deliveriesOf('encoded'), patience).toHaveLength(1);
    await expect.poll(() => peek('work-poison'), patience).toContain('{"name":"plain"}');
    expect(await deliveriesOf('plain')).toEqual([]);
    expect(host.lines).toContainEqual(expect.objectContaining({ message: expect.stringContaining('not base64') }));
  });
});
