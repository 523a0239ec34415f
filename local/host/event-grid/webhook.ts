import type { FunctionOf } from '../app/bindings.ts';
import { type Answer, textAnswer } from '../http/answer.ts';
import { type Call, queryValue } from '../http/call.ts';
import type { Invoke } from '../invocation/invoke.ts';
import { messageOf } from '../log.ts';
import { toEventInvocation } from './event-invocation.ts';
import { validationCodeOf } from './validation.ts';

/** Event Grid functions that listen, by their exact name. */
export type EventGridFunctions = ReadonlyMap<string, FunctionOf<'eventGridTrigger'>>;

// Event Grid in the public, US government and Chinese clouds. Production knows two more, whose names are not public.
const knownOrigins = new Set(['eventgrid.azure.net', 'eventgrid.azure.us', 'eventgrid.azure.cn']);

/**
 * Answers a call to `/runtime/webhooks/eventgrid`, whose key has been checked already: handshakes, notifications and
 * the goodbye, as the Event Grid extension does (functions-host reference, section 6).
 */
export async function answerEventGrid(call: Call, functions: EventGridFunctions, invoke: Invoke): Promise<Answer> {
  const name = queryValue(call.url, 'functionName') ?? '';
  const fn = functions.get(name);
  if (fn === undefined) return textAnswer(404, `cannot find function: '${name}'`);
  if (call.method === 'OPTIONS') return allowOrigin(call.headers['webhook-request-origin']);
  switch (call.headers['aeg-event-type']?.toLowerCase()) {
    case 'subscriptionvalidation':
      return textAnswer(200, JSON.stringify({ validationResponse: validationCodeOf(parseBody(call)) }));
    case 'notification':
      return await notify(parseBody(call), fn, invoke);
    case 'unsubscribe':
      return { status: 202 };
    default:
      return { status: 400 };
  }
}

function allowOrigin(origin = ''): Answer {
  const allowed = knownOrigins.has(origin.toLowerCase()) ? origin : 'eventgrid.azure.net';
  return { status: 200, headers: { 'webhook-allowed-origin': allowed } };
}

/** A body that is no JSON throws, and so ends in a 500, as in production. */
function parseBody(call: Call): unknown {
  return JSON.parse(call.body?.toString('utf8') ?? '');
}

/** All events run at the same time; one failure fails the call, so that Event Grid sends all of them again. */
async function notify(body: unknown, fn: FunctionOf<'eventGridTrigger'>, invoke: Invoke): Promise<Answer> {
  const events = Array.isArray(body) ? body : [body];
  const results = await Promise.all(events.map((event) => invoke(fn, toEventInvocation(JSON.stringify(event)))));
  const failure = results.find((result) => result.kind === 'failed');
  return failure === undefined ? { status: 202 } : textAnswer(500, messageOf(failure.error));
}
