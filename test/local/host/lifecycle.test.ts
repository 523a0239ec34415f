import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { build } from 'esbuild';
import { describe, expect, it, onTestFinished } from 'vitest';

import { type HostProcess, startHostProcess } from './support/host-process.ts';
import { removeApp, type SampleApp, writeApp } from './support/sample-app.ts';

async function start(app: SampleApp, options: { readonly port?: number } = {}): Promise<HostProcess> {
  const appDir = await writeApp(app);
  onTestFinished(() => removeApp(appDir));
  return await startHostProcess({ appDir, ...options });
}

describe('an app of ES modules', () => {
  it('is bundled as for production and loads file by file, awaiting each', async () => {
    const appDir = await writeApp({
      packageJson: { type: 'module', main: 'dist/{app.js,functions/*.js}' },
      hostJson: { extensions: { http: { routePrefix: '' } } },
      files: {
        'src/app.js': `await new Promise((resolve) => setTimeout(resolve, 20)); globalThis.order = ['app'];`,
        'src/hello.js': `
          import { app } from '@azure/functions';
          globalThis.order.push('hello');
          app.get('hello', async () => ({ jsonBody: { order: globalThis.order, cwd: process.cwd() } }));`,
      },
    });
    onTestFinished(() => removeApp(appDir));
    await build({
      absWorkingDir: appDir,
      entryPoints: { app: 'src/app.js', 'functions/hello': 'src/hello.js' },
      outdir: 'dist',
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['@azure/functions-core'],
      banner: { js: `import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);` },
    });

    const host = await startHostProcess({ appDir });

    expect(host.ready.functions).toEqual([{ name: 'hello', trigger: 'httpTrigger', disabled: false }]);
    expect(await (await host.call('/hello')).json()).toEqual({
      order: ['app', 'hello'],
      cwd: expect.stringContaining('backstop-host-'),
    });
    expect(await host.close()).toBe(0);
  });

  it('may not register a function once it has started', async () => {
    const host = await start({
      packageJson: { type: 'module' },
      files: {
        'dist/app.js': `
          import { app } from '@azure/functions';
          app.get('late', async () => {
            try { app.get('another', async () => ({})); } catch (error) { return { body: error.message }; }
          });`,
      },
    });

    expect(await (await host.call('/api/late')).text()).toBe('A function can only be registered during app startup.');
    await host.close();
  });
});

describe('a host', () => {
  const files = {
    'dist/app.js': `
      const { app } = require('@azure/functions');
      const { writeFileSync } = require('node:fs');
      app.http('slow', { handler: async () => {
        await new Promise((resolve) => setTimeout(resolve, 300));
        writeFileSync('slow-ended', '');
        return { body: 'done' };
      } });
      app.http('crash', { handler: async () => { setTimeout(() => Promise.reject(new Error('nobody caught me'))); return {}; } });
      app.hook.appTerminate(() => { writeFileSync('terminated', require('node:fs').readdirSync('.').join()); });`,
  };

  it('takes a free port when its own is taken, and says so', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;

    const host = await start({ files }, { port });

    expect(host.ready.port).not.toBe(port);
    expect(host.lines[0]).toMatchObject({
      level: 'warning',
      message: expect.stringContaining(`Port ${port} is taken`),
    });
    expect((await host.call('/api/slow')).status).toBe(200);
    other.close();
    await host.close();
  });

  it('lets a request end before it closes, and runs the appTerminate hooks last', async () => {
    const appDir = await writeApp({ files });
    onTestFinished(() => removeApp(appDir));
    const host = await startHostProcess({ appDir });
    const answer = host.call('/api/slow');
    await expect
      .poll(() => host.lines, { timeout: 10_000 })
      .toContainEqual(expect.objectContaining({ category: 'Function.slow' }));

    expect(await host.close()).toBe(0);

    expect(await (await answer).text()).toBe('done');
    expect(await readFile(join(appDir, 'terminated'), 'utf8')).toContain('slow-ended');
  });

  it('ends when its parent is gone', async () => {
    const host = await start({ files });

    expect(await host.disconnect()).toBe(0);
  });

  it('ends with its app, as in production, when nobody catches an error', async () => {
    const host = await start({ files });

    await host.call('/api/crash');

    expect(await host.exited).toBe(1);
    expect(host.failures).toEqual([expect.stringContaining('nobody caught me')]);
  });
});
