import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';

import { staticFiles } from './http/static-files.ts';

const page = staticFiles('dashboard');

/** Sha-256 of nothing: style elements may stand in the page as long as they are empty; the page fills them by script. */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' ${emptyStyle}`,
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page answers for all its views: what looks like a file is one, everything else is the page. */
const pathOf = (asked: string) => (/^assets(?:\/|$)|\.[^/]*$/.test(asked) ? asked : 'index.html');

async function send(request: HttpRequest): Promise<HttpResponseInit> {
  const path = pathOf(request.params['file'] ?? '');
  const file = await page.find(path, request.headers.get('accept-encoding') ?? '');
  const headers = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };
  if (!file) {
    return { status: 404, headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' }, body: 'Not found.\n' };
  }
  const { body, contentType, encoding, etag } = file;
  const all = {
    ...headers,
    etag,
    vary: 'Accept-Encoding',
    'content-security-policy': contentSecurityPolicy,
    'cross-origin-opener-policy': 'same-origin',
    // Names of assets carry a hash of what is in them; the page itself is asked for anew each time.
    'cache-control': path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
  if (request.headers.get('if-none-match') === etag) {
    return { status: 304, headers: all };
  }
  return {
    headers: { ...all, 'content-type': contentType, ...(encoding ? { 'content-encoding': encoding } : {}) },
    body,
  };
}

/** The dashboard: static files without any data, so they need no key. What they show, the page asks the API for. */
app.http('dashboard', {
  route: 'dashboard/{*file}',
  methods: ['GET'],
  authLevel: 'anonymous',
  handler: send,
});
