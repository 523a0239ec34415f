import { randomUUID } from 'node:crypto';

import type { LoadedFunction } from '../app/bindings.ts';
import type {
  CoreInvocationContext,
  InvocationRequest,
  InvocationResponse,
  RetryContext,
  TypedData,
} from '../app/contract.ts';
import type { LoadedApp } from '../app/load-app.ts';
import { describeThrown, type Log } from '../log.ts';
import { newTraceParent } from './trace-parent.ts';
import type { Metadata } from './trigger-metadata.ts';

/** What a listener hands over for one run of a function. */
export interface Invocation {
  /** Why it runs, for the log. */
  readonly reason: string;
  readonly data: TypedData;
  readonly metadata?: Metadata;
  readonly retryContext?: RetryContext;
  /** The caller's `traceparent`, if it sent one. */
  readonly traceParent?: string | undefined;
}

/** How a run ended. A failing function is an ordinary outcome: each trigger has its own answer to it. */
export type InvocationResult =
  | { readonly kind: 'succeeded'; readonly response: InvocationResponse }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Runs a function once; never rejects. */
export type Invoke = (fn: LoadedFunction, invocation: Invocation) => Promise<InvocationResult>;

/** Runs functions, and knows which of them still run. */
export interface Invoker {
  readonly invoke: Invoke;
  /** Resolves when nothing runs any more. */
  drained(): Promise<void>;
}

export function createInvoker(app: LoadedApp, log: Log): Invoker {
  const running = new Set<Promise<InvocationResult>>();
  return {
    async invoke(fn, invocation) {
      const run = runLogged(app, log, fn, toRequest(fn, invocation), invocation.reason);
      running.add(run);
      try {
        return await run;
      } finally {
        running.delete(run);
      }
    },
    async drained() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

function toRequest(fn: LoadedFunction, invocation: Invocation): InvocationRequest {
  return {
    invocationId: randomUUID(),
    functionId: fn.metadata.functionId ?? fn.name,
    inputData: [{ name: fn.trigger.bindingName, data: invocation.data }],
    triggerMetadata: invocation.metadata ?? {},
    traceContext: { traceParent: newTraceParent(invocation.traceParent), traceState: '', attributes: {} },
    ...(invocation.retryContext ? { retryContext: invocation.retryContext } : {}),
  };
}

async function runLogged(
  app: LoadedApp,
  log: Log,
  fn: LoadedFunction,
  request: InvocationRequest,
  reason: string,
): Promise<InvocationResult> {
  const { invocationId } = request;
  const category = `Function.${fn.name}`;
  const write = (level: 'information' | 'error', message: string) => log({ level, category, message, invocationId });
  const startedAt = performance.now();
  const ended = (outcome: string) =>
    `Executed 'Functions.${fn.name}' (${outcome}, Duration=${Math.round(performance.now() - startedAt)}ms)`;
  write('information', `Executing 'Functions.${fn.name}' (Reason='${reason}')`);
  try {
    const response = await runSteps(app, fn, request);
    write('information', ended('Succeeded'));
    return { kind: 'succeeded', response };
  } catch (error) {
    write('error', `${ended('Failed')}\n${describeThrown(error)}`);
    return { kind: 'failed', error };
  }
}

/** The six steps of an invocation, in the worker's order (functions-host reference, section 2). */
async function runSteps(app: LoadedApp, fn: LoadedFunction, request: InvocationRequest): Promise<InvocationResponse> {
  const { core } = app;
  const { coreContext, origin } = createCoreContext(app, fn, request);
  const model = await app.model.getInvocationModel(coreContext);
  const { context, inputs } = await model.getArguments();
  origin.invocationContext = context;
  const shared = { hookData: {}, appHookData: core.appHookData, invocationContext: context };

  coreContext.state = 'preInvocationHooks';
  const before = { ...shared, inputs, functionCallback: fn.callback };
  await core.hooks.run('preInvocation', before);

  coreContext.state = 'invocation';
  const after = { ...shared, inputs: before.inputs, result: undefined as unknown, error: undefined as unknown };
  try {
    after.result = await model.invokeFunction(context, before.inputs, before.functionCallback);
  } catch (error) {
    after.error = error;
  }

  coreContext.state = 'postInvocationHooks';
  await core.hooks.run('postInvocation', after);
  delete coreContext.state;
  if (after.error !== undefined && after.error !== null) throw after.error;
  return await model.getResponse(context, after.result);
}

function createCoreContext(app: LoadedApp, fn: LoadedFunction, request: InvocationRequest) {
  const { invocationId } = request;
  const origin: { invocationContext?: unknown } = {};
  const coreContext: CoreInvocationContext = {
    invocationId,
    request,
    metadata: fn.metadata,
    log(level, category, message) {
      const place = `Function.${fn.name}${category === 'user' ? '.User' : ''}`;
      app.core.log(level, category, message, { ...origin, category: place, invocationId });
    },
  };
  return { coreContext, origin };
}
