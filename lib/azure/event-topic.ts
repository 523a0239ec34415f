import { isRestError, type RestError } from '@azure/core-rest-pipeline';
import type { EventGridPublisherClient } from '@azure/eventgrid';

import type { CloudEvent } from '../domain/cloud-event.ts';
import { secondsAsked } from '../domain/retry.ts';
import type { Send, SendAnswer } from '../use-cases/notification-ports.ts';
import type { Connection } from './connection.ts';
import { deadline } from './connection.ts';

type Publisher = EventGridPublisherClient<'CloudEvent'>;

/** The package is only loaded where there is a topic. */
async function createPublisher(url: string, { credential }: Pick<Connection, 'credential'>): Promise<Publisher> {
  const { EventGridPublisherClient } = await import('@azure/eventgrid');
  // A queue message waits for the next attempt, not a function.
  return new EventGridPublisherClient(url, 'CloudEvent', credential, { retryOptions: { maxRetries: 0 } });
}

function failed(error: unknown, now: Date): SendAnswer {
  if (!isRestError(error)) {
    const name = error instanceof Error ? error.name : 'error';
    return { kind: 'failed', why: name === 'AbortError' ? 'no answer in time' : `not sent (${name})` };
  }
  const { statusCode, code, response }: RestError = error;
  const retryAfterSeconds = secondsAsked(response?.headers.get('retry-after'), now);
  return {
    kind: 'failed',
    why: statusCode ? `HTTP ${statusCode}` : `not reachable (${code ?? 'no code'})`,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}

/** As the SDK wants an event: it writes `specversion` itself. */
function sdkEventOf({ specversion: _, time, ...rest }: CloudEvent) {
  return { ...rest, time: new Date(time), data: { ...rest.data } };
}

/** Seconds that a topic gets for its answer. */
const patience = 30;

/** A custom Event Grid topic whose input schema is CloudEvents 1.0; its role is EventGrid Data Sender. */
export function createTopicSender(url: string, connection: Pick<Connection, 'credential'>, now: () => Date): Send {
  let publisher: Promise<Publisher> | undefined;
  return async (events) => {
    publisher ??= createPublisher(url, connection);
    try {
      await (await publisher).send(events.map(sdkEventOf), { abortSignal: deadline(patience) });
      return { kind: 'taken' };
    } catch (error) {
      return failed(error, now());
    }
  };
}
