import { describe, expect, it, onTestFinished } from 'vitest';

import { parseDuration } from '../../../local/host/app/duration.ts';
import { readHostConfig } from '../../../local/host/app/host-json.ts';
import { removeApp, writeApp } from './support/sample-app.ts';

async function read(hostJson: object, settings: Readonly<Record<string, string>> = {}) {
  const appDir = await writeApp({ files: {}, hostJson });
  onTestFinished(() => removeApp(appDir));
  return await readHostConfig(appDir, settings);
}

describe('host.json', () => {
  it('has the defaults of production, on one core', async () => {
    expect(await read({})).toMatchObject({
      routePrefix: 'api',
      queues: {
        batchSize: 16,
        newBatchThreshold: 8,
        maxDequeueCount: 5,
        visibilityTimeout: 0,
        maxPollingInterval: 60_000,
        messageEncoding: 'base64',
      },
    });
  });

  it('says how queues and routes work', async () => {
    const queues = { batchSize: 8, newBatchThreshold: 0, visibilityTimeout: '00:01:00', messageEncoding: 'None' };

    expect(await read({ extensions: { http: { routePrefix: '/x/' }, queues } })).toMatchObject({
      routePrefix: 'x',
      queues: { batchSize: 8, newBatchThreshold: 0, visibilityTimeout: 60_000, messageEncoding: 'none' },
    });
  });

  it('is overridden by app settings, whatever their case', async () => {
    const settings = {
      AzureFunctionsJobHost__extensions__Queues__batchsize: '3',
      AzureFunctionsJobHost__logging__logLevel__default: 'Debug',
    };

    expect((await read({ extensions: { queues: { batchSize: 8 } } }, settings)).queues.batchSize).toBe(3);
  });

  it.each([
    ['an old version', { version: '1.0' }],
    ['a batch over 32', { extensions: { queues: { batchSize: 33 } } }],
    ['a timeout that is no duration', { extensions: { queues: { visibilityTimeout: '60' } } }],
    ['an unknown encoding', { extensions: { queues: { messageEncoding: 'utf8' } } }],
  ])('with %s is refused', async (_, hostJson) => {
    await expect(read(hostJson)).rejects.toThrow('host.json is not valid');
  });
});

describe('a duration', () => {
  it.each([
    ['00:00:30', 30_000],
    ['1.02:03:04', 93_784_000],
    ['00:00:00.250', 250],
    ['00:60:00', undefined],
    ['24:00:00', undefined],
    ['5', undefined],
  ])('%s is %s ms', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });
});
