/** Levels as the Functions worker names them; `none` is never written. */
export type LogLevel = 'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical' | 'none';

/** One line of the host's log. Categories are production's: `Host.*`, `Function.NAME`, `Function.NAME.User`. */
export interface HostLogLine {
  readonly level: LogLevel;
  readonly category: string;
  readonly message: string;
  readonly invocationId?: string;
}

/** Takes a line and returns at once; it must not throw. */
export type Log = (line: HostLogLine) => void;

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Name, message and stack of anything that was thrown, with the causes. For the log, never for a caller. */
export function describeThrown(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const own = thrown.stack ?? `${thrown.name}: ${thrown.message}`;
  return thrown.cause === undefined ? own : `${own}\ncaused by ${describeThrown(thrown.cause)}`;
}
