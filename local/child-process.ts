import { type ChildProcess, fork } from 'node:child_process';

/** A child process that is ended with us; its output lines and messages go to the listeners. */
export interface Child {
  readonly process: ChildProcess;
  /** SIGTERM, and SIGKILL for a process that does not listen; resolves when it is gone. */
  stop(): Promise<void>;
}

export interface ChildOptions {
  readonly module: string;
  readonly args?: readonly string[];
  readonly execArgv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly onLine?: (line: string) => void;
}

const graceMs = 5_000;

function splitLines(onLine: (line: string) => void): (chunk: Buffer) => void {
  let rest = '';
  return (chunk) => {
    const lines = (rest + chunk.toString('utf8')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      onLine(line);
    }
  };
}

/** Only what a program needs of our environment: a developer's Azure settings must not reach the simulated Azure. */
function plainEnvironment(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'APPDATA', 'LANG'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name] ?? '']] : [])));
}

/** Starts a Node module as a child with an IPC channel; nothing of it reaches our terminal but through `onLine`. */
export function startChild({
  module,
  args = [],
  execArgv = [],
  env = {},
  onLine = () => undefined,
}: ChildOptions): Child {
  const child = fork(module, [...args], {
    execArgv: [...execArgv],
    env: { ...plainEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  child.stdout?.on('data', splitLines(onLine));
  child.stderr?.on('data', splitLines(onLine));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    process: child,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) {
        return;
      }
      child.kill('SIGTERM');
      const impatience = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await gone;
      clearTimeout(impatience);
    },
  };
}
