import { hasTrigger, type LoadedFunction } from './app/bindings.ts';
import type { HostConfig } from './app/host-json.ts';
import type { Settings } from './app/settings.ts';
import type { Invoke } from './invocation/invoke.ts';
import type { Log } from './log.ts';
import { listenToQueue } from './queue/queue-listener.ts';
import { inMemoryStatuses, statusesIn } from './timer/schedule-status.ts';
import { createTimerListener, type TimerListener } from './timer/timer-listener.ts';

/** What the listeners need besides the functions. */
export interface ListenerSurroundings {
  readonly config: HostConfig;
  readonly settings: Settings;
  readonly invoke: Invoke;
  readonly log: Log;
  /** Ends all listening. */
  readonly signal: AbortSignal;
  readonly queueLeaseSeconds: number;
  readonly dataDir: string | undefined;
}

/** Makes a listener for every timer, also for disabled ones, which can still be fired by hand. */
export function createTimers(functions: readonly LoadedFunction[], surroundings: ListenerSurroundings) {
  const { invoke, log, signal, dataDir } = surroundings;
  const statuses = dataDir === undefined ? inMemoryStatuses() : statusesIn(dataDir);
  return functions
    .filter(hasTrigger('timerTrigger'))
    .map((fn): TimerListener => createTimerListener(fn, { invoke, statuses, log, signal }));
}

/**
 * Makes a start button for the queues, once their connections are known to be set (else a StartError). The returned
 * function starts listening; it resolves when, after the signal, the last message is settled.
 */
export async function prepareQueues(
  functions: readonly LoadedFunction[],
  surroundings: ListenerSurroundings,
): Promise<() => Promise<void>> {
  const listening = functions.filter(hasTrigger('queueTrigger')).filter(({ disabled }) => !disabled);
  if (listening.length === 0) return async () => {};
  // The storage and identity SDKs are half of the start time, and an app without queues does not need them.
  const { createConnections } = await import('./queue/connection.ts');
  const { config, settings, invoke, log, signal, queueLeaseSeconds: leaseSeconds } = surroundings;
  const connect = createConnections(settings);
  const listeners = listening.map((fn) => {
    const service = connect(fn.trigger.connection);
    return () => listenToQueue(fn, { service, options: config.queues, leaseSeconds, invoke, log, signal });
  });
  return async () => {
    await Promise.all(listeners.map((listen) => listen()));
  };
}
