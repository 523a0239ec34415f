import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { buildPage } from '../../local/build-page.ts';
import { generateEstate } from '../../local/estates/generate.ts';
import type { Neighbourhood } from '../../local/neighbourhood.ts';
import { startBuilt } from './support/built-app.ts';

let neighbourhood: Neighbourhood;

beforeAll(async () => {
  await buildPage();
  neighbourhood = await startBuilt({ estate: generateEstate({ vms: 5, seed: 3 }) });
});

afterAll(() => neighbourhood?.stop());

/** Asks without a key for a path of the dashboard. */
const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${neighbourhood.host.url}/api/dashboard${path}`, { headers });

/** Asks for a path as it is written: `fetch` would resolve its dots. */
async function getRaw(path: string): Promise<{ readonly status: number | undefined; readonly body: string }> {
  const asked = request({ port: neighbourhood.host.port, host: '127.0.0.1', path }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  return { status: answer.statusCode, body: await text(answer) };
}

async function scriptOf(page: Response): Promise<string> {
  const [, path = ''] =
    /<script type="module"[^>]* src="\/api\/dashboard(\/assets\/[^"]+\.js)"/.exec(await page.text()) ?? [];
  return path;
}

describe('the page of the dashboard', () => {
  it('is served without a key, at each of its addresses', async () => {
    const page = await (await get('')).text();

    expect(page).toContain('<div id="root"></div>');
    for (const path of ['/', '/vms', '/vms/0123456789abcdef0123', '/rules/disk-count']) {
      const answer = await get(path);
      expect(answer.status, path).toBe(200);
      expect(await answer.text(), path).toBe(page);
    }
  });

  it('allows nothing but what comes from the same origin, and nothing written into it', async () => {
    const { headers } = await get('');

    const policy = headers.get('content-security-policy');
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self' 'sha256-/);
    expect(policy).not.toMatch(/unsafe|data:|http/);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('is asked for anew each time, and only sent if it is another one', async () => {
    const { headers } = await get('');
    const etag = headers.get('etag') ?? '';

    const again = await get('', { 'if-none-match': etag });

    expect(headers.get('cache-control')).toBe('no-cache');
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
    expect((await get('', { 'if-none-match': 'W/"another"' })).status).toBe(200);
  });
});

describe('an asset of the dashboard', () => {
  it('may be kept for ever', async () => {
    const answer = await get(await scriptOf(await get('')));

    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    ['br, gzip', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['identity', null],
  ])('is sent to callers that accept %s as %s', async (accepted, encoding) => {
    const path = await scriptOf(await get(''));
    const plain = await (await get(path, { 'accept-encoding': 'identity' })).text();

    const answer = await get(path, { 'accept-encoding': accepted });

    expect(answer.headers.get('content-encoding')).toBe(encoding);
    expect(answer.headers.get('vary')).toBe('Accept-Encoding');
    expect(await answer.text()).toBe(plain);
  });

  it.each(['/assets/none.js', '/assets', '/assets/', '/index.html.gz', '/favicon.ico', '/vms/a.b'])(
    'that does not exist is not found: %s',
    async (path) => {
      const answer = await get(path);

      expect(answer.status).toBe(404);
      expect(await answer.text()).toBe('Not found.\n');
    },
  );

  it.each([
    '/../../host.json',
    '/../functions/dashboard.js',
    '/assets/../../functions/dashboard.js',
    '/%2e%2e/functions/dashboard.js',
    '/..%2ffunctions%2fdashboard.js',
    '/assets/..%5c..%5cfunctions%5cdashboard.js',
    '/%2fetc%2fpasswd',
    '/assets/%00.js',
    '//etc/passwd',
  ])('does not lead out of its folder: %s', async (path) => {
    const { status, body } = await getRaw(`/api/dashboard${path}`);

    const isPage = body.startsWith('<!doctype html>');
    expect(isPage ? 200 : [400, 404].includes(status ?? 0)).toBe(isPage ? status : true);
    expect(body).not.toMatch(/import\{|"version"|root:/);
  });
});
