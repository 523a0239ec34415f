import type { Core } from './app/core-module.ts';
import type { HttpServer } from './http/server.ts';
import { describeThrown, type Log } from './log.ts';
import { pause } from './pause.ts';

// Production grants minutes; locally somebody waits in front of a terminal.
const graceMilliseconds = 5000;

/** What has to end. */
export interface Ending {
  readonly stopping: AbortController;
  readonly server: HttpServer;
  readonly queuesDone: Promise<void>;
  drained(): Promise<void>;
  readonly core: Core;
  readonly log: Log;
}

/** Takes nothing new, waits for what runs, but not for ever, and runs the appTerminate hooks. */
export async function shutDown({ stopping, server, queuesDone, drained, core, log }: Ending): Promise<void> {
  stopping.abort();
  const finished = new AbortController();
  const ended = Promise.allSettled([server.stop(), queuesDone, drained()]).then(() => finished.abort());
  if (await pause(graceMilliseconds, finished.signal)) {
    log({ level: 'warning', category: 'Host.Shutdown', message: 'Some invocations did not end in time.' });
    server.abandon();
  } else {
    await ended;
  }
  const { appHookData } = core;
  try {
    await core.hooks.run('appTerminate', { hookData: appHookData, appHookData });
  } catch (error) {
    log({
      level: 'error',
      category: 'Host.Shutdown',
      message: `An appTerminate hook failed: ${describeThrown(error)}`,
    });
  }
}
