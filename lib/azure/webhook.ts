import { hash } from 'node:crypto';

import type { CloudEvent } from '../domain/cloud-event.ts';
import { secondsAsked } from '../domain/retry.ts';
import type { Send, SendAnswer } from '../use-cases/notification-ports.ts';
import { deadline } from './connection.ts';
import { signatureHeaders } from './webhook-signature.ts';

/** Seconds that a webhook gets for its answer: Standard Webhooks recommends 15 to 30. */
const usualPatience = 15;

/** The same events are the same request, at every attempt. */
function requestIdOf(events: readonly CloudEvent[]): string {
  return `batch-${hash('sha256', events.map(({ id }) => id).join('\n'), 'hex').slice(0, 32)}`;
}

function answerOf({ status, headers }: Response, now: Date): SendAnswer {
  if (status >= 200 && status < 300) {
    return { kind: 'taken' };
  }
  const retryAfterSeconds = secondsAsked(headers.get('retry-after'), now);
  const why = status >= 300 && status < 400 ? `HTTP ${status}: redirects are not followed` : `HTTP ${status}`;
  return { kind: 'failed', why, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
}

/** What of an error can be told: its message may hold the address, which may hold a secret. */
function failureOf(error: unknown, patience: number): SendAnswer {
  const { name = 'Error', cause } = error as { name?: string; cause?: { code?: string } };
  const why = name === 'TimeoutError' ? `no answer in ${patience} seconds` : `not reachable (${cause?.code ?? name})`;
  return { kind: 'failed', why };
}

/** A webhook: each request is a batch of CloudEvents in JSON, signed. What it answers beside the status is not read. */
export function createWebhookSender(
  url: string,
  secrets: readonly string[],
  now: () => Date,
  patience = usualPatience,
): Send {
  return async (events) => {
    const body = JSON.stringify(events);
    // Receivers compare it with the real time.
    const timestamp = Math.floor(Date.now() / 1000);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/cloudevents-batch+json; charset=utf-8',
          'user-agent': 'backstop',
          ...signatureHeaders({ id: requestIdOf(events), timestamp, body }, secrets),
        },
        body,
        redirect: 'manual',
        signal: deadline(patience),
      });
      await response.body?.cancel();
      return answerOf(response, now());
    } catch (error) {
      return failureOf(error, patience);
    }
  };
}
