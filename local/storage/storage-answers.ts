import type { StorageService } from './storage-faults.ts';

/** An answer of storage; headers are in the flat form of `rawHeaders`. */
export interface StorageAnswer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: Buffer;
}

const codes = { 429: 'TooManyRequests', 500: 'InternalError', 503: 'ServerBusy' } as const;

/** A refusal in the form of its service: XML from blobs and queues, JSON from tables. The code of a 429 is unconfirmed. */
export function refusal(
  service: StorageService,
  status: keyof typeof codes,
  retryAfterSeconds: number | undefined,
): StorageAnswer {
  const code = codes[status];
  const message = 'An injected fault.';
  const xml = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  const json = JSON.stringify({ 'odata.error': { code, message: { lang: 'en-US', value: message } } });
  const [type, text] =
    service === 'table' ? ['application/json;odata=minimalmetadata', json] : ['application/xml', xml];
  const wait = retryAfterSeconds === undefined ? [] : ['retry-after', String(retryAfterSeconds)];
  return { status, headers: ['content-type', type, 'x-ms-error-code', code, ...wait], body: Buffer.from(text) };
}

const continuation = ['NextPartitionKey', 'NextRowKey'] as const;
const mark = 'empty-page';

/** A page of a table without rows, as the real service may give at any time; its continuation leads to the page asked for. */
export function emptyPage(url: string): StorageAnswer {
  const token = Buffer.from(url).toString('base64url');
  const headers = ['content-type', 'application/json;odata=minimalmetadata;charset=utf-8'];
  const keys = continuation.flatMap((name, at) => [`x-ms-continuation-${name}`, at === 0 ? mark : token]);
  return { status: 200, headers: [...headers, ...keys], body: Buffer.from('{"value":[]}') };
}

/** The address that was asked for before the empty pages; any other address as it is. */
export function withoutEmptyPages(url: string): string {
  const query = new URLSearchParams(url.split('?')[1]);
  if (query.get('NextPartitionKey') !== mark) return url;
  return withoutEmptyPages(Buffer.from(query.get('NextRowKey') ?? '', 'base64url').toString());
}
