import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';

import * as z from 'zod';

import { type Fault, FaultRules, faultAnswer } from '../fault-rules.ts';
import { listenOnLoopback, stopServer } from '../listen.ts';

/** A CloudEvent as a topic takes it; attributes of its own are allowed. */
const Event = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string().min(1),
  source: z.string().min(1),
  type: z.string().min(1),
  subject: z.string().optional(),
  time: z.iso.datetime({ offset: true }).optional(),
  data: z.unknown(),
});

export type TopicEvent = z.infer<typeof Event>;

/** A request to the topic, as a test wants to look back at it. */
export interface TopicRequest {
  readonly status: number;
  /** Those of the batch, taken or not; none of one that makes no sense. */
  readonly events: readonly TopicEvent[];
}

/** A custom topic of Event Grid whose input schema is CloudEvents 1.0. */
export interface CustomTopic {
  /** Where events are sent to. */
  readonly url: string;
  readonly requests: readonly TopicRequest[];
  /** The events that were taken, in their order. */
  readonly events: readonly TopicEvent[];
  faults(rule: Fault): void;
  /** Ends all faults. */
  heal(): void;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly events: readonly TopicEvent[];
}

const path = '/api/events';
const apiVersion = '2018-01-01';
const audience = 'https://eventgrid.azure.net';
const contentTypes = ['application/cloudevents-batch+json', 'application/cloudevents+json'];
/** The limit of a request, as it is widely documented; unconfirmed. */
const mostBytes = 1_048_576;

/** Codes and messages are like Event Grid's, their wording is unconfirmed. */
function refusal(status: number, code: string, message: string): Answer {
  return { status, body: { error: { code, message, details: [] } }, events: [] };
}

function audienceOf(authorization: string | undefined): string | undefined {
  const [, claims = ''] = /^Bearer [^.]+\.([^.]+)\.[^.]*$/.exec(authorization ?? '') ?? [];
  try {
    return String((JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as { aud?: unknown }).aud);
  } catch {
    return undefined;
  }
}

function parsed(text: string): readonly TopicEvent[] | undefined {
  try {
    const body: unknown = JSON.parse(text);
    const events = z.array(Event).safeParse(Array.isArray(body) ? body : [body]);
    return events.success ? events.data : undefined;
  } catch {
    return undefined;
  }
}

function rightAnswer({ method, url = '', headers }: IncomingMessage, text: string): Answer {
  const { pathname, searchParams } = new URL(url, 'https://127.0.0.1');
  if (pathname.toLowerCase() !== path || method !== 'POST') {
    return refusal(404, 'NotFound', 'There is no such resource.');
  }
  if (audienceOf(headers.authorization) !== audience) {
    return refusal(401, 'Unauthorized', `The request needs a token for ${audience}.`);
  }
  if (searchParams.get('api-version') !== apiVersion) {
    return refusal(400, 'BadRequest', `The api-version has to be ${apiVersion}.`);
  }
  if (!contentTypes.includes((headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '')) {
    return refusal(400, 'BadRequest', 'This topic takes CloudEvents 1.0 only.');
  }
  if (Buffer.byteLength(text) > mostBytes) {
    return refusal(413, 'RequestEntityTooLarge', 'The request is larger than 1 MB.');
  }
  const events = parsed(text);
  return events ? { status: 200, events } : refusal(400, 'BadRequest', 'The request is no batch of CloudEvents 1.0.');
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

/** Starts a topic on a port of its own; faults see the path, the query and the body. */
export async function startCustomTopic(certificate: {
  readonly cert: string;
  readonly key: string;
}): Promise<CustomTopic> {
  const requests: TopicRequest[] = [];
  const events: TopicEvent[] = [];
  const faults = new FaultRules();
  const closing = new AbortController();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await textOf(request);
    const { method = 'GET', url = '' } = request;
    const fault = faults.take({ method, path: url.split('?')[0] ?? '', query: new URLSearchParams(), text });
    if (fault?.delayMs !== undefined) await wait(fault.delayMs, undefined, { signal: closing.signal });
    const given: Answer =
      fault && 'status' in fault ? { ...faultAnswer(fault), events: parsed(text) ?? [] } : rightAnswer(request, text);
    requests.push({ status: given.status, events: given.events });
    if (given.status === 200) events.push(...given.events);
    response.writeHead(given.status, { 'content-type': 'application/json; charset=utf-8', ...given.headers });
    response.end(given.body === undefined ? undefined : JSON.stringify(given.body));
  }

  const server = createServer(certificate, (request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  const port = await listenOnLoopback(server, 0);
  return {
    url: `https://127.0.0.1:${port}${path}`,
    requests,
    events,
    faults: (rule) => faults.add(rule),
    heal: () => faults.clear(),
    async close() {
      closing.abort();
      await stopServer(server);
    },
  };
}
