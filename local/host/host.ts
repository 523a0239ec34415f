import { hasTrigger, type LoadedFunction } from './app/bindings.ts';
import { readHostConfig } from './app/host-json.ts';
import { loadApp } from './app/load-app.ts';
import { createStartByHand } from './by-hand.ts';
import { answerEventGrid } from './event-grid/webhook.ts';
import { answerAdmin, type StartByHand } from './http/admin-endpoint.ts';
import type { Answer } from './http/answer.ts';
import type { Call } from './http/call.ts';
import { answerFunction } from './http/function-endpoint.ts';
import { type Keys, mayAccess } from './http/keys.ts';
import { createRouter } from './http/router.ts';
import { startServer } from './http/server.ts';
import { createInvoker, type Invoke } from './invocation/invoke.ts';
import { createTimers, prepareQueues } from './listeners.ts';
import { describeThrown, type Log } from './log.ts';
import { shutDown } from './shut-down.ts';

/** How to run an app. Its settings are the environment of the process. */
export interface HostOptions {
  /** The folder with package.json and host.json. */
  readonly appDir: string;
  /** Default 7071. With 0, or when it is taken, a free one. */
  readonly port?: number;
  readonly keys: Keys;
  readonly log: Log;
  /** How long a queue message stays invisible unless renewed. Default 600, as in production. */
  readonly queueLeaseSeconds?: number;
  /** Where the status of timers is kept; without it, it ends with the process. */
  readonly dataDir?: string;
}

/** An app that runs. */
export interface RunningHost {
  readonly port: number;
  readonly url: string;
  readonly functions: readonly LoadedFunction[];
  /** Runs a timer now, beside its schedule; resolves when it has ended, also in failure. Rejects for another name. */
  fireTimer(name: string): Promise<void>;
  /** Takes nothing new, gives what runs a few seconds to end, then runs the appTerminate hooks. */
  close(): Promise<void>;
}

/**
 * Starts an app as the Functions host would. Once per process: the library in the app remembers the first host it met.
 * Throws a StartError that says what is wrong with the app.
 */
export async function startHost(options: HostOptions): Promise<RunningHost> {
  const { appDir, keys, log } = options;
  const settings = process.env;
  const config = await readHostConfig(appDir, settings);
  const app = await loadApp(appDir, settings, log);
  const { functions } = app;
  const { invoke, drained } = createInvoker(app, log);
  const stopping = new AbortController();
  const surroundings = {
    config,
    settings,
    invoke,
    log,
    signal: stopping.signal,
    queueLeaseSeconds: options.queueLeaseSeconds ?? 600,
    dataDir: options.dataDir,
  };
  const timers = createTimers(functions, surroundings);
  const listenToQueues = await prepareQueues(functions, surroundings);
  const endpoints = createEndpoints(
    functions,
    config.routePrefix,
    keys,
    invoke,
    createStartByHand(timers, invoke, log),
  );
  warnOfUselessRetries(functions, log);

  const server = await startServer(options.port ?? 7071, endpoints, log);
  for (const timer of timers) if (!timer.fn.disabled) timer.start();
  const queuesDone = listenToQueues();
  queuesDone.catch((error) => {
    log({ level: 'critical', category: 'Host.Queues', message: `A queue listener has died: ${describeThrown(error)}` });
  });
  let closing: Promise<void> | undefined;
  return {
    port: server.port,
    url: `http://127.0.0.1:${server.port}`,
    functions,
    async fireTimer(name) {
      const timer = timers.find(({ fn }) => fn.name === name);
      if (timer === undefined) throw new Error(`There is no timer function '${name}'.`);
      await timer.fire();
    },
    close() {
      closing ??= shutDown({ stopping, server, queuesDone, drained, core: app.core, log });
      return closing;
    },
  };
}

function createEndpoints(
  functions: readonly LoadedFunction[],
  routePrefix: string,
  keys: Keys,
  invoke: Invoke,
  startByHand: StartByHand,
): (call: Call) => Promise<Answer> {
  const route = createRouter(functions.filter(hasTrigger('httpTrigger')), routePrefix);
  const listening = functions.filter(hasTrigger('eventGridTrigger')).filter(({ disabled }) => !disabled);
  const eventGridFunctions = new Map(listening.map((fn) => [fn.name, fn]));
  return async (call) => {
    const path = call.url.pathname.toLowerCase().replace(/\/$/, '');
    if (path === '/admin' || path.startsWith('/admin/')) return answerAdmin(call, keys, functions, startByHand);
    if (path === '/runtime/webhooks/eventgrid') {
      return mayAccess(call, 'eventGrid', keys)
        ? await answerEventGrid(call, eventGridFunctions, invoke)
        : { status: 401 };
    }
    return await answerFunction(call, route, keys, invoke);
  };
}

/** Production accepts such a policy and does nothing with it. */
function warnOfUselessRetries(functions: readonly LoadedFunction[], log: Log): void {
  for (const { name, trigger, metadata } of functions) {
    if (metadata.retryOptions === undefined || trigger.type === 'timerTrigger') continue;
    const message = `The retry policy of '${name}' has no effect: nothing retries a ${trigger.type} by such a policy.`;
    log({ level: 'warning', category: `Function.${name}`, message });
  }
}
