import type { HostOptions } from './host.ts';
import type { HostLogLine } from './log.ts';

/** What the child process is given as its only argument, as JSON. */
export type HostArguments = Omit<HostOptions, 'log'>;

/** What the host process tells its parent over IPC. After `failed` it exits with code 1. */
export type HostMessage =
  | {
      readonly kind: 'ready';
      readonly port: number;
      readonly url: string;
      readonly functions: readonly { readonly name: string; readonly trigger: string; readonly disabled: boolean }[];
    }
  | ({ readonly kind: 'log' } & HostLogLine)
  | { readonly kind: 'failed'; readonly reason: string };

/** What the parent may ask of the host process. `close` ends it with code 0. */
export type HostCommand = { readonly kind: 'close' } | { readonly kind: 'fireTimer'; readonly name: string };
