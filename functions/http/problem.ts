import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';

import { app as backstop } from '../../lib/app.ts';

/** An error that the caller can do something about, as problem details (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly title: string;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(status: number, title: string, detail: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(detail);
    this.status = status;
    this.title = title;
    this.extra = extra;
  }
}

function answerOf({ status, title, message, extra }: Problem): HttpResponseInit {
  return {
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: JSON.stringify({ type: 'about:blank', title, status, detail: message, ...extra }),
  };
}

/** A handler whose problems become problem details; any other error is logged and told as 500 without its text. */
export function withProblems(handler: (request: HttpRequest) => Promise<HttpResponseInit>): HttpHandler {
  return async (request: HttpRequest, context: InvocationContext) => {
    try {
      return await handler(request);
    } catch (error) {
      if (error instanceof Problem) {
        return answerOf(error);
      }
      const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      backstop().ports.log('error', 'A request failed.', { function: context.functionName, why });
      const detail = `The request failed; the log has the reason under invocation ${context.invocationId}.`;
      return answerOf(new Problem(500, 'Internal error', detail));
    }
  };
}
