import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';

import type { Certificate } from '../../../local/azure/certificate.ts';
import { listenOnLoopback, stopServer } from '../../../local/azure/listen.ts';

/** An answer of Azure as it was first given. */
export interface RecordedAnswer {
  /** The request: method, path with query, and body. */
  readonly request: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Text of an answer in the place of the true one. */
export type Tamper = (answer: RecordedAnswer) => string;

/** An Azure whose answers are remembered, and given out again as they are or tampered with. */
export interface TamperedAzure {
  readonly url: string;
  /** Every answer so far, in the order in which it was first asked for. */
  readonly answers: readonly RecordedAnswer[];
  /** Tampers with every answer while `work` lasts. */
  during<T>(tamper: Tamper, work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Starts in front of another Azure, and shows the same certificate. */
export async function startTamperedAzure(behind: string, certificate: Certificate): Promise<TamperedAzure> {
  const answers = new Map<string, RecordedAnswer>();
  let tamper: Tamper = ({ text }) => text;
  let url = '';

  async function ask(
    { method = 'GET', url: path = '/', headers }: IncomingMessage,
    text: string,
  ): Promise<RecordedAnswer> {
    const answer = await fetch(`${behind}${path}`, {
      method,
      headers: { authorization: headers.authorization ?? '', 'content-type': 'application/json' },
      ...(text === '' ? {} : { body: text }),
    });
    const body = (await answer.text()).replaceAll(behind, url);
    const contentType = answer.headers.get('content-type');
    return {
      request: `${method} ${path} ${text}`,
      status: answer.status,
      headers: contentType === null ? {} : { 'content-type': contentType },
      text: body,
    };
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await textOf(request);
    const key = `${request.method} ${request.url} ${text}`;
    const answer = answers.get(key) ?? (await ask(request, text));
    answers.set(key, answer);
    response.writeHead(answer.status, { ...answer.headers });
    response.end(tamper(answer));
  }

  const server = createServer(
    certificate,
    (request, response) => void serve(request, response).catch(() => response.destroy()),
  );
  url = `https://127.0.0.1:${await listenOnLoopback(server, 0)}`;
  return {
    url,
    get answers() {
      return [...answers.values()];
    },
    async during(next, work) {
      tamper = next;
      try {
        return await work();
      } finally {
        tamper = ({ text }) => text;
      }
    },
    close: () => stopServer(server),
  };
}
