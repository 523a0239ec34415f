import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { HostLogLine } from '../../../../local/host/log.ts';
import type { HostArguments, HostCommand, HostMessage } from '../../../../local/host/messages.ts';

const main = fileURLToPath(new URL('../../../../local/host/main.ts', import.meta.url));

export const keys = { master: 'master-key', function: 'function-key', eventGrid: 'event-grid-key' };

/** An app that runs in a host process of its own. */
export interface HostProcess {
  readonly ready: Extract<HostMessage, { kind: 'ready' }>;
  /** All lines so far. */
  readonly lines: readonly HostLogLine[];
  /** Why the host gave up after it was ready. */
  readonly failures: readonly string[];
  /** The exit code. */
  readonly exited: Promise<number | null>;
  /** Calls the app; a path such as `/api/x`. */
  call(path: string, init?: RequestInit): Promise<Response>;
  tell(command: HostCommand): void;
  /** Ends the process the polite way; gives its exit code. */
  close(): Promise<number | null>;
  /** Ends the process like a power failure. */
  kill(): Promise<void>;
  /** Closes the IPC channel, as the death of the parent would; gives the exit code. */
  disconnect(): Promise<number | null>;
}

type Options = Partial<HostArguments> & Pick<HostArguments, 'appDir'>;

/** Starts a host; rejects with the reason when the app is refused. */
export async function startHostProcess(options: Options, env: NodeJS.ProcessEnv = {}): Promise<HostProcess> {
  const lines: HostLogLine[] = [];
  const failures: string[] = [];
  const child = spawnHost(options, env);
  const exited = once(child, 'exit').then(([code]: readonly (number | null)[]) => code ?? null);
  const ready = await new Promise<HostProcess['ready']>((resolve, reject) => {
    child.on('message', (message: HostMessage) => {
      if (message.kind === 'log') lines.push(message);
      else if (message.kind === 'ready') resolve(message);
      else {
        failures.push(message.reason);
        reject(new Error(message.reason));
      }
    });
    exited.then((code) => reject(new Error(`The host has exited with code ${code}.`)), reject);
  });
  return {
    ready,
    lines,
    failures,
    exited,
    call: (path, init) => fetch(`${ready.url}${path}`, init),
    tell: (command) => void child.send(command),
    close() {
      child.send({ kind: 'close' } satisfies HostCommand);
      return exited;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    disconnect() {
      child.disconnect();
      return exited;
    },
  };
}

function spawnHost(options: Options, env: NodeJS.ProcessEnv): ChildProcess {
  const text = JSON.stringify({ port: 0, keys, ...options } satisfies HostArguments);
  return fork(main, [text], { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}
