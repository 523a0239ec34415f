import type { Invoke } from '../invocation/invoke.ts';
import type { Answer } from './answer.ts';
import type { Call } from './call.ts';
import { toAnswer, toHttpInput } from './http-messages.ts';
import { type Keys, mayAccess } from './keys.ts';
import type { Router } from './router.ts';

/** Answers a call to an http function, in production's order: route, key, disabled, handler. */
export async function answerFunction(call: Call, route: Router, keys: Keys, invoke: Invoke): Promise<Answer> {
  const match = route(call.method, call.url.pathname);
  if (match === undefined) return { status: 404 };
  const { fn, params } = match;
  if (!mayAccess(call, fn.trigger.authLevel, keys)) return { status: 401 };
  // Whoever holds the master key reaches a disabled function all the same (host: FunctionInvocationMiddleware).
  if (fn.disabled && !mayAccess(call, 'admin', keys)) return { status: 404 };
  const result = await invoke(fn, {
    reason: 'This function was programmatically called via the host APIs.',
    data: toHttpInput(call, params),
    traceParent: call.headers['traceparent'],
  });
  return result.kind === 'succeeded' ? toAnswer(result.response.returnValue) : { status: 500 };
}
