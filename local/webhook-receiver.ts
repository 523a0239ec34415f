import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

import * as z from 'zod';

import { listenOnLoopback, stopServer } from './azure/listen.ts';

const Received = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.string(),
  type: z.string(),
  subject: z.string(),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  data: z.record(z.string(), z.unknown()),
});

export type ReceivedEvent = z.infer<typeof Received>;

/** One request as it came. */
export interface WebhookRequest {
  readonly id: string;
  readonly status: number;
  readonly events: readonly ReceivedEvent[];
}

/** An answer in the place of the right one, which is 204. */
export interface WebhookAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** How long it takes. */
  readonly delayMs?: number;
  /** So many requests get it; absent: all from now on. */
  readonly times?: number;
}

/** A webhook that takes what is signed with its secret, and refuses everything else with 401. */
export interface WebhookReceiver {
  readonly url: string;
  readonly secret: string;
  readonly requests: readonly WebhookRequest[];
  /** The events of requests that were answered with success, in their order. */
  readonly events: readonly ReceivedEvent[];
  /** Answers so from now on; `undefined`: as it should. */
  answerWith(answer: WebhookAnswer | undefined): void;
  /** Called with every request before it is answered. */
  onRequest(listener: (request: Omit<WebhookRequest, 'status'>) => void): void;
  close(): Promise<void>;
}

/** Seconds by which the time of a request may differ. */
const tolerance = 300;

/**
 * Whether a request was signed with a secret, and lately: what `docs/notifications.md` tells receivers to do. `body`: as it
 * came, before anything parses it.
 */
export function isSigned(headers: IncomingMessage['headers'], body: Buffer, secret: string, now: Date): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  const isLate = Math.abs(now.getTime() / 1000 - Number(timestamp)) > tolerance;
  if (typeof id !== 'string' || typeof signatures !== 'string' || !/^\d+$/.test(String(timestamp)) || isLate) {
    return false;
  }
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
  return signatures.split(' ').some((each) => {
    const [version, signature = ''] = each.split(',');
    const given = Buffer.from(signature, 'base64');
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function eventsOf({ headers }: IncomingMessage, body: Buffer): readonly ReceivedEvent[] | undefined {
  if (!headers['content-type']?.startsWith('application/cloudevents-batch+json')) return undefined;
  const parsed = z.array(Received).safeParse(JSON.parse(body.toString('utf8')));
  return parsed.success ? parsed.data : undefined;
}

/** A secret of this machine; it protects nothing. */
const localSecret = `whsec_${Buffer.alloc(32, 'backstop').toString('base64')}`;

/** Starts a receiver on loopback. `now`: the clock that the sender goes by, where it is not the real one. */
export async function startWebhookReceiver({
  secret = localSecret,
  now = () => new Date(),
}: {
  readonly secret?: string;
  readonly now?: () => Date;
} = {}): Promise<WebhookReceiver> {
  const requests: WebhookRequest[] = [];
  const events: ReceivedEvent[] = [];
  const closing = new AbortController();
  let planned: { answer: WebhookAnswer; left: number } | undefined;
  let listener: (request: Omit<WebhookRequest, 'status'>) => void = () => undefined;

  function nextAnswer(): WebhookAnswer | undefined {
    if (!planned || planned.left <= 0) return undefined;
    planned.left -= 1;
    return planned.answer;
  }

  const server = createServer(async (request, response) => {
    try {
      const body = await bodyOf(request);
      const received = isSigned(request.headers, body, secret, now()) ? eventsOf(request, body) : undefined;
      const id = String(request.headers['webhook-id']);
      listener({ id, events: received ?? [] });
      const answer = nextAnswer() ?? { status: received ? 204 : 401 };
      if (answer.delayMs !== undefined) await wait(answer.delayMs, undefined, { signal: closing.signal });
      requests.push({ id, status: answer.status, events: received ?? [] });
      if (answer.status < 300) events.push(...(received ?? []));
      response.writeHead(answer.status, answer.headers);
      response.end();
    } catch {
      response.destroy();
    }
  });
  const port = await listenOnLoopback(server, 0);
  return {
    url: `http://127.0.0.1:${port}/backstop`,
    secret,
    requests,
    events,
    answerWith(answer) {
      planned = answer && { answer, left: answer.times ?? Number.POSITIVE_INFINITY };
    },
    onRequest(next) {
      listener = next;
    },
    async close() {
      closing.abort();
      await stopServer(server);
    },
  };
}
