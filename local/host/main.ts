import { setSourceMapsSupport } from 'node:module';

import { type RunningHost, startHost } from './host.ts';
import { describeThrown, type HostLogLine, messageOf } from './log.ts';
import type { HostArguments, HostCommand, HostMessage } from './messages.ts';
import { StartError } from './start-error.ts';

/*
 * Runs one app in a child process with an IPC channel. The process ends when it is told to, on SIGTERM, and when the
 * channel closes, so that it never outlives its parent.
 */

let host: RunningHost | undefined;

function send(message: HostMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected && process.send) process.send(message, () => resolve());
    else resolve();
  });
}

function log(line: HostLogLine): void {
  void send({ kind: 'log', ...line });
}

async function fail(error: unknown): Promise<never> {
  await send({ kind: 'failed', reason: error instanceof StartError ? error.message : describeThrown(error) });
  process.exit(1);
}

async function end(): Promise<never> {
  await host?.close();
  process.exit(0);
}

function obey(command: HostCommand): void {
  if (command.kind === 'close') return void end();
  if (command.kind === 'fireTimer') {
    host?.fireTimer(command.name).catch((error) => {
      log({ level: 'error', category: 'Host.Timers', message: messageOf(error) });
    });
  }
}

async function main(): Promise<void> {
  // Of the app alone: maps of all packages would take 20 MB of the memory in which it is measured.
  setSourceMapsSupport(true);
  const options: HostArguments = JSON.parse(process.argv[2] ?? '{}');
  process.chdir(options.appDir);
  host = await startHost({ ...options, log });
  const functions = host.functions.map(({ name, trigger, disabled }) => ({ name, trigger: trigger.type, disabled }));
  await send({ kind: 'ready', port: host.port, url: host.url, functions });
}

process.on('disconnect', end).on('SIGTERM', end).on('message', obey);
// As in production, what nobody caught ends the process, and every invocation in it.
process.on('uncaughtException', fail).on('unhandledRejection', fail);
main().catch(fail);
