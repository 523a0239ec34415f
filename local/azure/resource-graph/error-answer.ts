import { randomUUID } from 'node:crypto';

import type { ResourceGraphAnswer } from './answer.ts';
import type { QueryError } from './kql/query-error.ts';

interface Detail {
  readonly code: string;
  readonly message: string;
  readonly line?: number;
  readonly characterPositionInLine?: number;
  readonly token?: string;
}

function answer(status: number, code: string, details: readonly Detail[], now: Date): ResourceGraphAnswer {
  const message = `Please provide below info when asking for support: timestamp = ${now.toISOString()}, correlationId = ${randomUUID()}.`;
  return { status, headers: {}, body: { error: { code, message, details } } };
}

/** 400 for a request that cannot be read. The code of its detail is unconfirmed. */
export function badRequest(code: string, message: string, now: Date): ResourceGraphAnswer {
  return answer(400, 'BadRequest', [{ code, message }], now);
}

/** 400 for a query the engine refuses, in the shape the service was seen to answer; the message says more than its does. */
export function invalidQuery(error: QueryError, now: Date): ResourceGraphAnswer {
  const { code, message, line, characterPositionInLine, token } = error;
  const general =
    'Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.';
  const details = [
    { code: 'InvalidQuery', message: general },
    { code, message, line, characterPositionInLine, token },
  ];
  return answer(400, 'BadRequest', details, now);
}

/** 429, as captured from the service; the caller adds the headers of the quota. */
export function rateLimited(retryAfterSeconds: number, now: Date): ResourceGraphAnswer {
  const message =
    'Client application has been throttled and should not attempt to repeat the request until an amount of time has elapsed. Please see https://aka.ms/resourcegraph-throttling for help.';
  const refused = answer(429, 'RateLimiting', [{ code: 'RateLimiting', message }], now);
  return { ...refused, headers: { 'retry-after': String(retryAfterSeconds) } };
}
