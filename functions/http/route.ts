import {
  app,
  type HttpHandler,
  type HttpRequest,
  type HttpResponseInit,
  type InvocationContext,
} from '@azure/functions';

import { authLevel, app as backstop } from '../../lib/app.ts';
import type { Caller } from '../../lib/domain/caller.ts';
import { answerOfProblem } from './answer.ts';
import { callerOf, checkRole, refuseForeignPages } from './caller.ts';
import type { Operation } from './operation.ts';
import { Problem } from './problem.ts';

/** A path of the API with everything that can be done with it. */
export interface Route {
  /** Name of the function. */
  readonly name: string;
  /** Below `/api/`; parts in braces are parameters. */
  readonly path: string;
  readonly operations: readonly Operation[];
}

const declared: Route[] = [];

/** All routes of this process, by their paths. */
export function declaredRoutes(): readonly Route[] {
  return declared.toSorted((a, b) => a.path.localeCompare(b.path));
}

/** The operation that a request asks for; 404 naming what there is where the path names something else. */
function operationFor({ path, operations }: Route, { method, params }: HttpRequest): Operation {
  const ofMethod = operations.filter((each) => each.method === method);
  const found = ofMethod.find(({ when = {} }) => Object.entries(when).every(([name, value]) => params[name] === value));
  if (!found) {
    const known = ofMethod.flatMap(({ when = {} }) => Object.values(when)).join(', ');
    const asked = Object.values(params).join(' ');
    throw new Problem(404, 'Not found', `There is no ${asked} under ${path}; there are: ${known}.`);
  }
  return found;
}

/** Problems become problem details; any other error is logged and told as 500 without its text. */
function answerOfError(error: unknown, context: InvocationContext): HttpResponseInit {
  if (error instanceof Problem) {
    return answerOfProblem(error);
  }
  const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  backstop().ports.log('error', 'A request failed.', { function: context.functionName, why });
  const detail = `The request failed; the log has the reason under invocation ${context.invocationId}.`;
  return answerOfProblem(new Problem(500, 'Internal error', detail));
}

/** Whoever asks what is open to everybody. */
const somebody: Caller = { roles: [] };

/** Whether a route is open to everybody; who asks is not even looked at. */
function isOpen({ operations }: Route): boolean {
  return operations.every(({ role }) => role === 'anyone');
}

function callerFor(own: Route, request: HttpRequest): Caller {
  return isOpen(own) ? somebody : callerOf(request, backstop().config.auth);
}

function handlerOf(own: Route): HttpHandler {
  return async (request, context) => {
    try {
      const caller = callerFor(own, request);
      const operation = operationFor(own, request);
      refuseForeignPages(request);
      checkRole(caller, operation);
      return await operation.answer(request, caller);
    } catch (error) {
      return answerOfError(error, context);
    }
  };
}

/**
 * Registers a function that answers requests, and keeps what it was declared as: the API's document, its checks and its roles come
 * from the same declaration that serves the request.
 */
export function route(own: Route): void {
  declared.push(own);
  app.http(own.name, {
    route: own.path,
    methods: [...new Set(own.operations.map(({ method }) => method))],
    authLevel: isOpen(own) ? 'anonymous' : authLevel(),
    handler: handlerOf(own),
  });
}
