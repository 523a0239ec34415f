import type { LoadedFunction } from './app/bindings.ts';
import { toEventInvocation } from './event-grid/event-invocation.ts';
import type { StartByHand } from './http/admin-endpoint.ts';
import type { Invoke } from './invocation/invoke.ts';
import { describeThrown, type Log } from './log.ts';
import type { TimerListener } from './timer/timer-listener.ts';

const reason = 'This function was programmatically called via the host APIs.';

/** Starts functions for the admin API: the input is an event, a message text, or nothing of interest to a timer. */
export function createStartByHand(timers: readonly TimerListener[], invoke: Invoke, log: Log): StartByHand {
  async function start(fn: LoadedFunction, input: string): Promise<void> {
    if (fn.trigger.type === 'timerTrigger') await timers.find((timer) => timer.fn.name === fn.name)?.fire();
    else if (fn.trigger.type === 'eventGridTrigger') await invoke(fn, { ...toEventInvocation(input), reason });
    else await invoke(fn, { reason, data: { string: input } });
  }
  return (fn, input) => {
    start(fn, input).catch((error) => {
      const message = `Starting by hand failed: ${describeThrown(error)}`;
      log({ level: 'error', category: `Function.${fn.name}`, message });
    });
  };
}
