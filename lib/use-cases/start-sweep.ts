import { randomBytes } from 'node:crypto';

import { planOfSweep, planSweep, type SweepPorts, type SweepSettings } from './plan-sweep.ts';
import type { Run } from './run.ts';

/** What became of the wish for a sweep. */
export type SweepAnswer =
  | { readonly kind: 'started'; readonly run: Run }
  | { readonly kind: 'already-running'; readonly run: Run };

/** Sorts after every earlier run: the start in UTC to the millisecond, then chance. */
function newRunId(now: Date): string {
  return `${now.toISOString().replaceAll(/[-:.]/g, '')}-${randomBytes(3).toString('hex')}`;
}

function newRun(now: Date, trigger: Run['trigger']): Run {
  return {
    runId: newRunId(now),
    startedAt: now.toISOString(),
    state: 'planning',
    trigger,
    subscriptionsExpected: 0,
    subscriptionsRead: 0,
    shards: 0,
    shardsDone: 0,
    vmsExpected: 0,
    vms: 0,
    changed: 0,
    gaps: [],
  };
}

/** After this many seconds a sweep whose start was killed is planned by somebody else. */
const resumeSeconds = 120;

/** Claims the place for a run. A run without an end is closed when it has been stuck for long enough. */
async function claim(ports: SweepPorts, { takeOverMinutes }: SweepSettings, run: Run): Promise<Run | 'claimed'> {
  const holder = await ports.runs.claim(run);
  if (holder === 'claimed' || Date.parse(run.startedAt) - Date.parse(holder.startedAt) < takeOverMinutes * 60_000) {
    return holder;
  }
  ports.log('warn', 'A sweep that did not end is taken over.', { runId: holder.runId, startedAt: holder.startedAt });
  await ports.runs.close({ ...holder, state: 'failed', finishedAt: run.startedAt });
  return ports.runs.claim(run);
}

/**
 * Opens a run and plans it. One run at a time; a stuck one is taken over in time. A delayed message stands by while the
 * run is planned and its shards are queued: killed in between, the sweep goes on from there.
 */
export async function startSweep(
  ports: SweepPorts,
  settings: SweepSettings,
  trigger: Run['trigger'],
): Promise<SweepAnswer> {
  const run = newRun(ports.clock(), trigger);
  const standby = await ports.queues.sweepShard({ runId: run.runId, shardId: planOfSweep }, resumeSeconds);
  const holder = await claim(ports, settings, run);
  const answer: SweepAnswer =
    holder === 'claimed'
      ? { kind: 'started', run: await planSweep(ports, settings, run) }
      : { kind: 'already-running', run: holder };
  await standby();
  return answer;
}
