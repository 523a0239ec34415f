import type { IncomingMessage } from 'node:http';

/** An http request after its body has been read. */
export interface Call {
  readonly method: string;
  /** Absolute, with the query. It may hold a key in `code`: never log it. */
  readonly url: URL;
  /** Lower-case names; several values of one header are joined with commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined unless the request announced a Content-Length above 0, as in production. */
  readonly body: Buffer | undefined;
}

/** Reads a request. Rejects when the connection breaks, or with a TypeError when its target is not a URL. */
export async function readCall(request: IncomingMessage): Promise<Call> {
  const headers = Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, values]) => [name, values?.join(',') ?? '']),
  );
  // Joined as text: resolved as a reference, a target such as `//x/y` would name another host.
  const url = new URL(`http://${headers['host'] ?? 'localhost'}${request.url ?? '/'}`);
  const bytes = Buffer.concat(await Array.fromAsync<Buffer>(request));
  const body = Number(headers['content-length'] ?? 0) > 0 ? bytes : undefined;
  return { method: (request.method ?? 'GET').toUpperCase(), url, headers, body };
}

/** The first value of a query parameter, whose name is compared without regard to case, as ASP.NET does. */
export function queryValue(url: URL, name: string): string | undefined {
  for (const [key, value] of url.searchParams) if (key.toLowerCase() === name.toLowerCase()) return value;
  return undefined;
}
