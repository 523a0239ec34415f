import { randomBytes } from 'node:crypto';

import { planOfSweep, planSweep, type SweepPorts, type SweepSettings } from './plan-sweep.ts';
import { noCounts, type Run } from './run.ts';
import { TryAgainLater } from './try-again-later.ts';

/** What became of the wish for a sweep. */
export type SweepAnswer =
  | { readonly kind: 'started'; readonly run: Run }
  | { readonly kind: 'already-running'; readonly run: Run };

/** What is wished for: a sweep of everything, of some subscriptions, or of what changed. */
export type SweepWish = Pick<Run, 'kind' | 'trigger' | 'only'>;

/** Sorts after every earlier run: the start in UTC to the millisecond, then chance. */
function newRunId(now: Date): string {
  return `${now.toISOString().replaceAll(/[-:.]/g, '')}-${randomBytes(3).toString('hex')}`;
}

/** A run of which nothing is known yet. */
export function newRun(runId: string, now: Date, wish: SweepWish): Run {
  return {
    runId,
    ...wish,
    startedAt: now.toISOString(),
    state: 'planning',
    subscriptionsExpected: 0,
    subscriptionsRead: 0,
    shards: 0,
    shardsDone: 0,
    vmsExpected: 0,
    ...noCounts,
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
 * Opens a run and plans it. One sweep at a time, and one run about changes; a stuck one is taken over in time. A delayed
 * message stands by while the run is planned and its shards are queued: killed in between, the sweep goes on from there.
 */
export async function startSweep(ports: SweepPorts, settings: SweepSettings, wish: SweepWish): Promise<SweepAnswer> {
  const now = ports.clock();
  const run = newRun(newRunId(now), now, wish);
  const standby = await ports.queues.sweepShard({ runId: run.runId, shardId: planOfSweep }, resumeSeconds);
  const holder = await claim(ports, settings, run);
  if (holder !== 'claimed') {
    await standby();
    return { kind: 'already-running', run: holder };
  }
  try {
    const planned = await planSweep(ports, settings, run);
    await standby();
    return { kind: 'started', run: planned };
  } catch (error) {
    if (error instanceof TryAgainLater) {
      ports.log('warn', 'A sweep cannot be planned now; its message waits.', { runId: run.runId, why: error.message });
      return { kind: 'started', run };
    }
    throw error;
  }
}

/** What became of a request for a sweep; `unknown` names subscriptions that are not in scope, or cannot be read. */
export type SweepRequestAnswer = SweepAnswer | { readonly kind: 'unknown-scope'; readonly unknown: readonly string[] };

/** Starts a sweep of everything in scope, or of some subscriptions of it. */
export async function startSweepOf(
  ports: SweepPorts,
  settings: SweepSettings,
  only: readonly string[] | undefined,
): Promise<SweepRequestAnswer> {
  if (!only) {
    return startSweep(ports, settings, { kind: 'full', trigger: 'request' });
  }
  const readable = await ports.inventory.subscriptions();
  const ids = readable.kind === 'known' ? readable.value.map(({ subscriptionId }) => subscriptionId) : only;
  const isInScope = (id: string) =>
    ids.includes(id) && (settings.subscriptions.length === 0 || settings.subscriptions.includes(id));
  const unknown = only.filter((id) => !isInScope(id));
  return unknown.length > 0
    ? { kind: 'unknown-scope', unknown }
    : startSweep(ports, settings, { kind: 'part', trigger: 'request', only: [...new Set(only)] });
}
