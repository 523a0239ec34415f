import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';

import { onTestFinished } from 'vitest';

import { listenOnLoopback, stopServer } from '../../../local/azure/listen.ts';

/** A request that a webhook received. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly events: readonly Readonly<Record<string, unknown>>[];
}

export interface Webhook {
  readonly url: string;
  /** Notifications so far, without handshakes. */
  readonly received: readonly Received[];
  /** Resolves when so many notifications have come. */
  waitFor(count: number): Promise<void>;
}

interface Behaviour {
  /** What to answer to each notification in turn, 200 from then on. */
  readonly statuses?: readonly number[];
  /** How to answer the handshake: as documented, or otherwise. */
  readonly handshake?: 'right' | 'wrong code' | 'accepted' | 'no origin';
}

/** A webhook that lives as long as the test. */
export async function startWebhook({ statuses = [], handshake = 'right' }: Behaviour = {}): Promise<Webhook> {
  const received: Received[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const server = createServer(async (request, response) => {
    const text = Buffer.concat(await Array.fromAsync(request)).toString();
    const greeting = replyToHandshake(request, text, handshake);
    if (greeting !== undefined) {
      response.writeHead(greeting.status, greeting.headers).end(greeting.body);
      return;
    }
    response.writeHead(statuses[received.length] ?? 200).end();
    received.push({ headers: request.headers, events: JSON.parse(text) });
    for (const { count, resolve } of waiting) if (received.length >= count) resolve();
  });
  const port = await listenOnLoopback(server, 0);
  onTestFinished(() => stopServer(server));
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    waitFor: (count) =>
      new Promise((resolve) => {
        if (received.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
  };
}

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The answer to either handshake; undefined for a notification. */
function replyToHandshake(
  { method, headers }: IncomingMessage,
  text: string,
  way: Behaviour['handshake'],
): Reply | undefined {
  if (method === 'OPTIONS') {
    const origin = String(headers['webhook-request-origin']);
    return { status: 200, headers: way === 'no origin' ? {} : { 'webhook-allowed-origin': origin }, body: '' };
  }
  if (headers['aeg-event-type'] !== 'SubscriptionValidation') return undefined;
  const code: unknown = JSON.parse(text)[0].data.validationCode;
  const body = JSON.stringify({ validationResponse: way === 'wrong code' ? 'guess' : code });
  return { status: way === 'accepted' ? 202 : 200, headers: {}, body };
}
