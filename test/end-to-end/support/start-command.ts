import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { vi } from 'vitest';

const start = fileURLToPath(new URL('../../../local/start.ts', import.meta.url));

/** `node local/start.ts` as somebody types it, in a process group of its own. */
export interface Command {
  readonly process: ChildProcess;
  /** What it has printed so far, on both streams. */
  output(): string;
  /** Waits until it has printed something, or has ended. */
  printed(text: RegExp): Promise<void>;
  /** Its exit code, as soon as it has one. */
  readonly ended: Promise<number | null>;
  /** Processes of its group that run (Linux; elsewhere none is found). */
  group(): Promise<readonly number[]>;
  /** Ends the whole group at once. */
  kill(): void;
}

/** Starts the command with `folder` for its temporary files. */
export function spawnCommand(folder: string, options: readonly string[]): Command {
  const env = { ...process.env, TMPDIR: folder };
  const child = spawn(process.execPath, [start, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env,
  });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => chunks.push(chunk.toString('utf8')));
  }
  let isOver = false;
  const ended = once(child, 'close').then(([code]: readonly (number | null)[]) => {
    isOver = true;
    return code ?? null;
  });
  const output = () => chunks.join('');
  const patience = { timeout: 25_000, interval: 50 };
  return {
    process: child,
    output,
    async printed(text) {
      await vi.waitUntil(() => isOver || text.test(output()), patience);
    },
    ended,
    group: () => runningIn(child.pid),
    kill() {
      try {
        process.kill(-(child.pid ?? Number.NaN), 'SIGKILL');
      } catch {
        // It has ended already, which is as good.
      }
    },
  };
}

/** Starts the command; resolves when it has loaded the app or has ended. */
export async function startCommand(folder: string, options: readonly string[]): Promise<Command> {
  const command = spawnCommand(folder, options);
  await command.printed(/^Functions host /m);
  return command;
}

async function runningIn(group: number | undefined): Promise<readonly number[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid) => {
      // `pid (name) state parent group ...`; the name may hold blanks and brackets, and a process may end meanwhile.
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      const [state, , own] = stat.split(') ').at(-1)?.split(' ') ?? [];
      return state !== 'Z' && Number(own) === group ? [pid] : [];
    }),
  );
  return found.flat();
}
