import type { ServerResponse } from 'node:http';

/** A whole http response. Header values in an array are sent as separate headers. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
}

/** An answer with a plain text body. */
export function textAnswer(status: number, body: string): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}

/** An answer with a JSON body. */
export function jsonAnswer(status: number, value: unknown): Answer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(value) };
}

// The length follows from the body, and a body that is already whole is never sent in chunks.
const ownHeaders = new Set(['content-length', 'transfer-encoding']);

/** Sends the answer and ends the response. */
export function sendAnswer(response: ServerResponse, answer: Answer): void {
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers ?? {})) {
    if (!ownHeaders.has(name.toLowerCase())) response.setHeader(name, value);
  }
  response.end(answer.body);
}
