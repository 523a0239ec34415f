import { createHash } from 'node:crypto';

import type { HttpRequest, HttpResponseInit } from '@azure/functions';

import type { Problem } from './problem.ts';

/** Headers by name, in lower case. */
export type Headers = Readonly<Record<string, string>>;

/** What a file is made of; a stream is sent as it comes, without a tag. */
export type Content = HttpResponseInit['body'];

/** What a handler gives back: a body to be told as JSON, or a file of another kind. Its headers win over those that all have. */
export type Given =
  | { readonly status: number; readonly headers: Headers; readonly body: unknown }
  | { readonly status: number; readonly headers: Headers; readonly file: Content; readonly type: string };

/** Nobody guesses what an answer is from its content. */
const always = { 'x-content-type-options': 'nosniff' };

/** Who asks again is told whether it is still so; nobody else may keep it. */
const askAgain = { 'cache-control': 'private, no-cache' };
const keepNothing = { 'cache-control': 'no-store' };

/** The tag of a content. Weak, as whatever stands before the app may compress it. */
function tagOf(content: string | Uint8Array): string {
  return `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"`;
}

/** Whether the caller has this content already; weak and strong tags are the same to a read (RFC 9110, 13.1.2). */
function has(request: HttpRequest, tag: string): boolean {
  const known = request.headers.get('if-none-match')?.split(',') ?? [];
  return known.some((each) => each.trim() === '*' || `W/${each.trim().replace(/^W\//, '')}` === tag);
}

/** The answer to a request. A read that succeeded has a tag, and is not sent again to who has it: 304. */
export function answerOf(request: HttpRequest, given: Given): HttpResponseInit {
  const { status } = given;
  const isRead = request.method === 'GET' && status === 200;
  const headers = { ...always, ...(isRead ? askAgain : keepNothing), ...given.headers };
  const type = { 'content-type': 'file' in given ? given.type : 'application/json' };
  const body = 'file' in given ? given.file : JSON.stringify(given.body);
  if (!isRead || !(typeof body === 'string' || body instanceof Uint8Array)) {
    return { status, headers: { ...headers, ...type }, body };
  }
  const etag = tagOf(body);
  return has(request, etag)
    ? { status: 304, headers: { ...headers, etag } }
    : { status, headers: { ...headers, ...type, etag }, body };
}

/** A problem as problem details. */
export function answerOfProblem({ status, title, message, extra }: Problem): HttpResponseInit {
  const { retryAfterSeconds } = extra;
  return {
    status,
    headers: {
      ...always,
      ...keepNothing,
      'content-type': 'application/problem+json',
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    },
    body: JSON.stringify({ type: 'about:blank', title, status, detail: message, ...extra }),
  };
}
