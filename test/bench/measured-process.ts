import { readFile } from 'node:fs/promises';

/** What another process has used since it started, as Linux tells it. */
export interface Usage {
  /** User and system time of all of its threads. */
  readonly cpuSeconds: number;
  /** The most memory that it held at a time. */
  readonly peakMiB: number;
}

/** The unit of the times in `/proc/<pid>/stat`; it is 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** Reads what a process has used. Throws where there is no `/proc`. */
export async function usageOf(pid: number | undefined): Promise<Usage> {
  const [stat, status] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'utf8'),
    readFile(`/proc/${pid}/status`, 'utf8'),
  ]);
  // `pid (name) state parent ...`; user and system time are the 14th and 15th. The name may hold blanks and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [, peakKiB] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
    peakMiB: Number(peakKiB) / 1024,
  };
}
