import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';

import { answerOf } from './http/answer.ts';
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

/** A page in a browser may do nothing but what this one does, and nobody learns from where it was left. */
const guards = {
  'content-security-policy': contentSecurityPolicy,
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
};

async function send(request: HttpRequest): Promise<HttpResponseInit> {
  const path = pathOf(request.params['file'] ?? '');
  const file = await page.find(path, request.headers.get('accept-encoding') ?? '');
  if (!file) {
    return answerOf(request, { status: 404, headers: guards, file: 'Not found.\n', type: 'text/plain; charset=utf-8' });
  }
  const { body, contentType, encoding } = file;
  const headers = {
    ...guards,
    vary: 'Accept-Encoding',
    // Names of assets carry a hash of what is in them; the page itself is asked for anew each time.
    'cache-control': path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...(encoding ? { 'content-encoding': encoding } : {}),
  };
  return answerOf(request, { status: 200, headers, file: body, type: contentType });
}

/** The dashboard: static files without any data, so they need no key. What they show, the page asks the API for. */
app.http('dashboard', {
  route: 'dashboard/{*file}',
  methods: ['GET'],
  authLevel: 'anonymous',
  handler: send,
});
