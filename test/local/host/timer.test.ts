import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type HostProcess, startHostProcess } from './support/host-process.ts';
import { removeApp, writeApp } from './support/sample-app.ts';

const functions = `
const { app } = require('@azure/functions');
const seen = [];
const record = (timer, context) => {
  seen.push({ name: context.functionName, timer, retry: context.retryContext, metadata: context.triggerMetadata });
};
app.timer('every-second', { schedule: '* * * * * *', handler: record });
app.timer('rare', { schedule: '0 0 2 29 FEB *', handler: record });
app.timer('missed', { schedule: '%DAILY%', handler: record });
app.timer('at-start', { schedule: '0 0 2 29 FEB *', runOnStartup: true, useMonitor: false, handler: record });
app.timer('disabled', { schedule: '* * * * * *', handler: record });
app.timer('flaky', {
  schedule: '0 0 2 29 FEB *',
  retry: { strategy: 'fixedDelay', maxRetryCount: 2, delayInterval: 0 },
  handler: async (timer, context) => {
    record(timer, context);
    throw new Error('not yet');
  },
});
app.http('seen', { authLevel: 'anonymous', handler: async () => ({ jsonBody: seen }) });
`;

interface Run {
  readonly name: string;
  readonly timer: {
    readonly isPastDue: boolean;
    readonly scheduleStatus: { readonly last: string; readonly next: string; readonly lastUpdated: string } | null;
  };
  readonly retry?: { readonly retryCount: number; readonly exception: { readonly message: string } };
}

let appDir: string;
let host: HostProcess;

const statusFile = (name: string) => join(appDir, 'data', 'timers', name, 'status');
const oneDay = 86_400_000;
// Far from now, so that the daily timer is not due while the tests run.
const hour = (new Date().getUTCHours() + 12) % 24;
// Two days ago, so that the stored next occurrence follows from the last one.
const lastRun = new Date(Math.floor(Date.now() / oneDay) * oneDay - 2 * oneDay + hour * 3_600_000);
const patience = { timeout: 10_000 };

beforeAll(async () => {
  appDir = await writeApp({ files: { 'dist/functions.js': functions } });
  await mkdir(join(appDir, 'data', 'timers', 'missed'), { recursive: true });
  const stored = { Last: lastRun, Next: new Date(lastRun.getTime() + oneDay), LastUpdated: lastRun };
  await writeFile(statusFile('missed'), JSON.stringify(stored));
  const env = { DAILY: `0 0 ${hour} * * *`, 'AzureWebJobs.disabled.Disabled': '1' };
  host = await startHostProcess({ appDir, dataDir: join(appDir, 'data') }, env);
});

afterAll(async () => {
  await host.close();
  await removeApp(appDir);
});

async function runsOf(name: string): Promise<readonly Run[]> {
  const runs = (await (await host.call('/api/seen')).json()) as readonly Run[];
  return runs.filter((run) => run.name === name);
}

describe('a timer', () => {
  it('runs on its schedule, without a status when it is due more than once a minute', async () => {
    await expect.poll(async () => (await runsOf('every-second')).length, patience).toBeGreaterThan(1);

    expect((await runsOf('every-second'))[0]).toMatchObject({
      timer: { schedule: { adjustForDST: true }, scheduleStatus: null, isPastDue: false },
    });
    expect((await runsOf('every-second'))[0]).not.toHaveProperty('metadata');
  });

  it('makes up for missed runs once, says so, and then waits for the next', async () => {
    await expect.poll(() => runsOf('missed'), patience).toHaveLength(1);

    const [run] = await runsOf('missed');
    expect(run?.timer).toMatchObject({
      isPastDue: true,
      scheduleStatus: { last: lastRun.toISOString().replace('.000Z', '+00:00') },
    });
    await expect
      .poll(async () => new Date(JSON.parse(await readFile(statusFile('missed'), 'utf8')).Next).getTime(), patience)
      .toBeGreaterThan(Date.now());
  });

  it('runs when the host starts if it says so', async () => {
    await expect
      .poll(() => runsOf('at-start'), patience)
      .toMatchObject([{ timer: { isPastDue: false, scheduleStatus: null } }]);
  });

  it('keeps quiet while it is disabled', async () => {
    expect(await runsOf('disabled')).toEqual([]);
  });
});

describe('a timer fired by hand', () => {
  it('runs at once over the admin API and sees the year 1 as its last run', async () => {
    const call = { method: 'POST', body: '{"input":"x"}' };

    expect((await host.call('/admin/functions/Rare?code=master-key', call)).status).toBe(202);
    await expect
      .poll(() => runsOf('rare'), patience)
      .toMatchObject([{ timer: { isPastDue: false, scheduleStatus: { last: '0001-01-01T00:00:00+00:00' } } }]);
  });

  it('needs the master key and JSON', async () => {
    expect((await host.call('/admin/functions/rare', { method: 'POST', body: '{}' })).status).toBe(401);
    expect((await host.call('/admin/functions/rare?code=master-key', { method: 'POST' })).status).toBe(400);
  });

  it('is retried by its policy and told why', async () => {
    host.tell({ kind: 'fireTimer', name: 'flaky' });

    await expect.poll(() => runsOf('flaky'), patience).toHaveLength(3);
    const runs = await runsOf('flaky');
    expect(runs.map(({ retry }) => retry?.retryCount)).toEqual([undefined, 1, 2]);
    expect(runs[2]?.retry).toMatchObject({ maxRetryCount: 2, exception: { message: 'not yet' } });
  });

  it('is reported when there is no such timer', async () => {
    host.tell({ kind: 'fireTimer', name: 'unknown' });

    await expect
      .poll(() => host.lines, patience)
      .toContainEqual(expect.objectContaining({ level: 'error', message: "There is no timer function 'unknown'." }));
  });
});
