import { request } from 'node:http';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type HostProcess, startHostProcess } from './support/host-process.ts';
import { removeApp, writeApp } from './support/sample-app.ts';

const functions = `
const { app } = require('@azure/functions');
const echo = async (request, context) => ({
  jsonBody: {
    name: context.functionName,
    method: request.method,
    url: request.url,
    params: request.params,
    query: [...request.query],
    header: request.headers.get('x-probe'),
    hasEmptyHeader: request.headers.has('x-empty'),
    body: await request.text(),
    metadata: context.triggerMetadata === undefined,
    traceParent: context.traceContext.traceParent,
  },
});
const http = (name, options) => app.http(name, { authLevel: 'anonymous', handler: echo, ...options });
http('echo', { methods: ['get', 'POST'] });
http('vms', { methods: ['GET'], route: 'vms/{key}/{part?}' });
http('vm-by-number', { methods: ['GET'], route: 'vms/{number:int}' });
http('vm-search', { methods: ['GET'], route: 'vms/search' });
http('rest', { methods: ['GET'], route: 'files/{*path}' });
http('with-key', { methods: ['GET'], authLevel: 'function' });
http('with-master-key', { methods: ['GET'], authLevel: 'admin' });
http('off', { methods: ['GET'] });
http('nothing', { handler: async () => undefined });
http('text', { handler: async () => 'a string' });
http('broken', { handler: async () => { throw new Error('it broke'); } });
http('late-log', { handler: async (_, context) => { setTimeout(() => context.log('late'), 5); return {}; } });
http('rich', {
  handler: async () => ({
    status: 201,
    body: 'made',
    headers: { 'x-own': 'yes', 'transfer-encoding': 'chunked' },
    cookies: [
      { name: 'a', value: '1 2', maxAge: 60, secure: true, httpOnly: true, sameSite: 'Lax' },
      { name: 'b', value: '2', path: '/x', domain: 'example.org', expires: new Date(0) },
    ],
  }),
});
`;

const hooks = `
const { app } = require('@azure/functions');
const seen = [];
app.hook.appStart(() => { seen.push('start'); });
app.hook.preInvocation((hook) => {
  if (hook.invocationContext.functionName !== 'hooked') return;
  hook.hookData.shared = 'from pre';
  const handler = hook.functionHandler;
  hook.inputs = [...hook.inputs, 'extra'];
  hook.functionHandler = (...inputs) => handler(...inputs);
});
app.hook.postInvocation((hook) => {
  if (hook.invocationContext.functionName !== 'hooked') return;
  if (hook.error) { hook.result = { body: 'rescued from ' + hook.error.message }; hook.error = null; return; }
  hook.result = { jsonBody: { ...hook.result.jsonBody, hookData: hook.hookData, seen } };
});
app.hook.log((hook) => { hook.message = hook.message.replace('secret', '***'); });
app.http('hooked', {
  authLevel: 'anonymous',
  handler: async (request, extra, context) => {
    context.warn('a secret %s', 'word');
    if (request.query.has('fail')) throw new Error('bad luck');
    return { jsonBody: { extra, name: context.functionName } };
  },
});
`;

let appDir: string;
let host: HostProcess;

beforeAll(async () => {
  appDir = await writeApp({ files: { 'dist/functions.js': functions, 'dist/hooks.js': hooks } });
  host = await startHostProcess({ appDir }, { 'AzureWebJobs.off.Disabled': 'true' });
});

afterAll(async () => {
  await host.close();
  await removeApp(appDir);
});

async function callJson(path: string, init?: RequestInit) {
  const response = await host.call(path, init);
  return { status: response.status, json: (await response.json()) as Readonly<Record<string, unknown>> };
}

describe('what a handler sees of a request', () => {
  it('sees method, absolute url, joined query, lower-cased headers and the body', async () => {
    const { json } = await callJson('/api/echo?a=1&A=2&b=', {
      method: 'POST',
      body: 'hello',
      headers: { 'X-Probe': 'one', 'X-Empty': '' },
    });

    expect(json).toMatchObject({ method: 'POST', header: 'one', hasEmptyHeader: false, body: 'hello', metadata: true });
    expect(json['url']).toBe(`${host.ready.url}/api/echo?a=1&A=2&b=`);
    expect(json['query']).toEqual([
      ['a', '1,2'],
      ['b', ''],
    ]);
  });

  it('sees no body when the caller announced no length', async () => {
    const body = await new Promise<string>((resolve, reject) => {
      const options = { method: 'POST', headers: { 'transfer-encoding': 'chunked' } };
      const call = request(`${host.ready.url}/api/echo`, options, (response) => {
        response.toArray().then((chunks) => resolve(Buffer.concat(chunks).toString()), reject);
      });
      call.on('error', reject).end('hello');
    });

    expect(JSON.parse(body)).toMatchObject({ body: '' });
  });

  it('continues the trace of the caller', async () => {
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;

    const { json } = await callJson('/api/echo', { headers: { traceparent } });

    expect(json['traceParent']).toMatch(/^00-a{32}-[0-9a-f]{16}-00$/);
  });
});

describe('routing', () => {
  it.each([
    ['/api/vms/abc', 'vms', { key: 'abc' }],
    ['/API/VMs/abc/History/', 'vms', { key: 'abc', part: 'History' }],
    ['/api/vms/a%20b%2Fc', 'vms', { key: 'a b%2Fc' }],
    ['/api/vms/42', 'vm-by-number', { number: '42' }],
    ['/api/vms/search', 'vm-search', {}],
    ['/api/files/a/b/c.txt', 'rest', { path: 'a/b/c.txt' }],
    ['/api/files', 'rest', {}],
  ])('takes %s to %s', async (path, name, params) => {
    expect(await callJson(path)).toMatchObject({ status: 200, json: { name, params } });
  });

  it.each([
    ['an unknown path', '/api/unknown', 'GET'],
    ['a path without the prefix', '/echo', 'GET'],
    ['a method the function does not have', '/api/vms/abc', 'POST'],
    ['a disabled function', '/api/off', 'GET'],
  ])('answers 404 for %s', async (_, path, method) => {
    expect((await host.call(path, { method })).status).toBe(404);
  });

  it('lets the master key reach a disabled function', async () => {
    expect((await host.call('/api/off?code=master-key')).status).toBe(200);
  });
});

describe('keys', () => {
  it.each([
    ['/api/with-key', {}, 401],
    ['/api/with-key?code=wrong', {}, 401],
    ['/api/with-key?code=function-key', {}, 200],
    ['/api/with-key?code=master-key', {}, 200],
    ['/api/with-key?code=event-grid-key', {}, 401],
    ['/api/with-key', { 'x-functions-key': 'function-key' }, 200],
    ['/api/with-key?code=function-key', { 'x-functions-key': 'wrong' }, 401],
    ['/api/with-master-key?code=function-key', {}, 401],
    ['/api/with-master-key?code=master-key', {}, 200],
    ['/api/echo?code=wrong', {}, 200],
  ])('%s with headers %j gives %i', async (path, headers, status) => {
    expect((await host.call(path, { headers })).status).toBe(status);
  });

  it('are seen by the handler in url and query, and never by the log', async () => {
    const { json } = await callJson('/api/echo?code=function-key');

    expect(json['url']).toContain('code=function-key');
    expect(json['query']).toEqual([['code', 'function-key']]);
    expect(JSON.stringify(host.lines)).not.toContain('function-key');
  });
});

describe('what a caller sees of a handler', () => {
  it('is status, headers, cookies and body', async () => {
    const response = await host.call('/api/rich');

    expect(response.status).toBe(201);
    expect(response.headers.get('x-own')).toBe('yes');
    expect(response.headers.get('content-length')).toBe('4');
    expect(response.headers.getSetCookie()).toEqual([
      'a=1%202; max-age=60; path=/; secure; samesite=lax; httponly',
      'b=2; domain=example.org; path=/x',
    ]);
    expect(await response.text()).toBe('made');
  });

  it.each([
    ['nothing', 204],
    ['text', 500],
    ['broken', 500],
  ])('is an empty body for the function that returns %s', async (name, status) => {
    const response = await host.call(`/api/${name}`);

    expect(response.status).toBe(status);
    expect(await response.text()).toBe('');
  });

  it('has its reason in the log', async () => {
    await host.call('/api/broken');

    expect(host.lines).toContainEqual(
      expect.objectContaining({
        level: 'error',
        category: 'Function.broken',
        message: expect.stringContaining('Error: it broke'),
        invocationId: expect.any(String),
      }),
    );
  });
});

describe('hooks', () => {
  it('change inputs, handler and result, and share data', async () => {
    const { json } = await callJson('/api/hooked');

    expect(json).toEqual({ extra: 'extra', name: 'hooked', hookData: { shared: 'from pre' }, seen: ['start'] });
  });

  it('turn a failure into a success', async () => {
    expect(await (await host.call('/api/hooked?fail=1')).text()).toBe('rescued from bad luck');
  });

  it('change what is logged', async () => {
    await host.call('/api/hooked');

    expect(host.lines).toContainEqual(
      expect.objectContaining({ level: 'warning', category: 'Function.hooked.User', message: 'a *** word' }),
    );
  });

  it('meet the warning of the library about logs after the end', async () => {
    await host.call('/api/late-log');

    await expect
      .poll(() => host.lines, { timeout: 10_000 })
      .toContainEqual(expect.objectContaining({ message: expect.stringContaining('not awaited') }));
  });
});

describe('the admin API', () => {
  it('lists the functions to whoever holds the master key', async () => {
    const { json } = await callJson('/admin/functions?code=master-key');

    expect(json).toContainEqual(expect.objectContaining({ name: 'off', isDisabled: true }));
    expect(json).toContainEqual(expect.objectContaining({ name: 'echo', isDisabled: false }));
  });

  it.each([
    ['GET', '/admin/functions', undefined, 401],
    ['GET', '/admin/functions?code=function-key', undefined, 401],
    ['POST', '/admin/functions/unknown?code=master-key', '{}', 404],
    ['POST', '/admin/functions/echo?code=master-key', '{}', 400],
    ['GET', '/admin/elsewhere?code=master-key', undefined, 404],
  ])('answers %s %s with body %s by its status', async (method, path, body, status) => {
    expect((await host.call(path, { method, ...(body === undefined ? {} : { body }) })).status).toBe(status);
  });
});
