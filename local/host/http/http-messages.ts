import type { HttpMessage, NullableString, TypedData } from '../app/contract.ts';
import type { Answer } from './answer.ts';
import type { Call } from './call.ts';
import { formatCookie } from './cookie.ts';

/** A call as the worker gets it: header names lower-cased, empty headers left out, repeated parameters joined. */
export function toHttpInput(call: Call, params: Readonly<Record<string, string>>): TypedData {
  const http: HttpMessage = {
    method: call.method,
    url: call.url.href,
    headers: {},
    nullableHeaders: nullable(Object.entries(call.headers).filter(([, value]) => value !== '')),
    query: {},
    nullableQuery: nullable(joinedQuery(call.url)),
    params: {},
    nullableParams: nullable(Object.entries(params)),
    identities: [],
    ...(call.body === undefined ? {} : { body: { bytes: call.body } }),
  };
  return { http };
}

function nullable(entries: Iterable<readonly [string, string]>): Record<string, NullableString> {
  return Object.fromEntries([...entries].map(([name, value]) => [name, { value }]));
}

/** ASP.NET compares names without regard to case and keeps the first spelling. */
function joinedQuery(url: URL): Iterable<readonly [string, string]> {
  const byName = new Map<string, readonly [string, string]>();
  for (const [name, value] of url.searchParams) {
    const earlier = byName.get(name.toLowerCase());
    byName.set(name.toLowerCase(), earlier ? [earlier[0], `${earlier[1]},${value}`] : [name, value]);
  }
  return byName.values();
}

/** What a function returned as an http response. A function that returned nothing gives 204. */
export function toAnswer(returned: TypedData | null | undefined): Answer {
  const http = returned?.http;
  if (http === undefined) return { status: 204 };
  const cookies = (http.cookies ?? []).map(formatCookie);
  const body = http.body?.bytes;
  return {
    status: Number(http.statusCode ?? 200),
    headers: { ...http.headers, ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}) },
    ...(body === undefined ? {} : { body }),
  };
}
