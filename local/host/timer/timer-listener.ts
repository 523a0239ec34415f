import type { FunctionOf } from '../app/bindings.ts';
import type { Invoke } from '../invocation/invoke.ts';
import { describeThrown, type Log } from '../log.ts';
import { pause } from '../pause.ts';
import { invokeWithRetry } from './retry.ts';
import { parseSchedule } from './schedule.ts';
import { firstStatus, resumeStatus, type ScheduleStatus, type StatusStore } from './schedule-status.ts';
import { toTimerInput } from './timer-input.ts';

/** One timer function: runs on its schedule after `start`, and by hand at any time. */
export interface TimerListener {
  readonly fn: FunctionOf<'timerTrigger'>;
  start(): void;
  /** Runs the function now, beside its schedule, as the admin API does; resolves when the run (and retries) ended. */
  fire(): Promise<void>;
}

export interface TimerSurroundings {
  readonly invoke: Invoke;
  readonly statuses: StatusStore;
  readonly log: Log;
  /** Ends the schedule and the waiting between retries. */
  readonly signal: AbortSignal;
}

/** Throws a StartError for a schedule that cannot be read. */
export function createTimerListener(
  fn: FunctionOf<'timerTrigger'>,
  { invoke, statuses, log, signal }: TimerSurroundings,
): TimerListener {
  const schedule = parseSchedule(fn.trigger.schedule, fn.name);
  const isMonitored = (fn.trigger.useMonitor ?? true) && schedule.isSlow;

  async function run(status: ScheduleStatus, isPastDue: boolean): Promise<void> {
    const data = toTimerInput(isMonitored ? status : undefined, isPastDue);
    const reason = `Timer fired at ${new Date().toISOString()}`;
    await invokeWithRetry(fn, { reason, data }, invoke, signal);
  }

  /** What to go on with, and whether to run at once. */
  async function begin() {
    const now = new Date();
    if (!isMonitored) return { status: firstStatus(schedule, now), isPastDue: false };
    const resumed = resumeStatus(await statuses.read(fn.name), schedule, now);
    await statuses.write(fn.name, resumed.status);
    return resumed;
  }

  /** One run at a time: the next occurrence counts from the start of the last run, and waits for its end. */
  async function keepRunning(): Promise<void> {
    let { status, isPastDue } = await begin();
    let isDueNow = isPastDue || fn.trigger.runOnStartup;
    while (isDueNow || (await pause(status.next.getTime() - Date.now(), signal))) {
      const startedAt = new Date();
      await run(status, isPastDue);
      // A timer may fire some milliseconds early; counted from there, the same occurrence would come again.
      const last = !isDueNow && status.next > startedAt ? status.next : startedAt;
      status = { last, next: schedule.next(last), lastUpdated: last };
      if (isMonitored) await statuses.write(fn.name, status);
      isDueNow = false;
      isPastDue = false;
    }
  }

  return {
    fn,
    start() {
      keepRunning().catch((error) => {
        const message = `The timer of '${fn.name}' has stopped: ${describeThrown(error)}`;
        log({ level: 'error', category: `Function.${fn.name}`, message });
      });
    },
    async fire() {
      const stored = isMonitored ? await statuses.read(fn.name) : undefined;
      await run(stored ?? firstStatus(schedule, new Date()), false);
    },
  };
}
