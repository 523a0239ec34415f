import * as z from 'zod';

import type { JudgementSettings } from '../domain/settings.ts';
import { closeRunIfDone } from './close-run.ts';
import { problemsOf } from './evaluate-message.ts';
import { gap } from './gaps.ts';
import { planOfSweep, resumeSweep, type SweepSettings } from './plan-sweep.ts';
import type { Ports, ShardMessage } from './ports.ts';
import { changesShard } from './request-bulk-judgement.ts';
import { noCounts } from './run.ts';
import { serversShard, surveyServers } from './survey-servers.ts';
import { sweepInBulk } from './sweep-in-bulk.ts';
import { sweepShard } from './sweep-shard.ts';
import { TryAgainLater } from './try-again-later.ts';
import { putAside } from './work-queue.ts';

const ShardOfRun = z.strictObject({
  runId: z.string().min(1),
  shardId: z.string().min(1),
  attempt: z.number().int().min(0).optional(),
});

/** How shards are cut and judged. */
interface Settings {
  readonly judgement: JudgementSettings;
  readonly sweep: SweepSettings;
}

/** So often a shard is tried; then its run goes on without it, and says so. */
const attempts = 10;
/** Longest pause between two attempts, in seconds. */
const longestPause = 300;

function work(ports: Ports, { judgement, sweep }: Settings, message: ShardMessage, attempt: number): Promise<void> {
  switch (message.shardId) {
    case planOfSweep:
      return resumeSweep(ports, sweep, message.runId, attempt);
    case changesShard:
      return sweepInBulk(ports, sweep, message.runId);
    case serversShard:
      return surveyServers(ports, judgement, message.runId, attempt);
    default:
      return sweepShard(ports, { judgement, looksPerRun: sweep.looksPerRun }, { ...message, attempt });
  }
}

/** What went wrong, without what a message of an error may carry. */
function reasonOf(error: unknown): string {
  if (error instanceof TryAgainLater) {
    return error.message;
  }
  const { name = 'Error', code, statusCode } = error as { name?: string; code?: string; statusCode?: number };
  return [name, code, statusCode].filter(Boolean).join(' ');
}

/** A shard that cannot be worked through has failed: its VMs stay as they are, and its run is incomplete. */
async function giveUp(ports: Ports, { runId, shardId }: ShardMessage, why: string): Promise<void> {
  const at = ports.clock().toISOString();
  const because = { cause: 'partial-inventory', detail: `After ${attempts} attempts: ${why}` } as const;
  ports.log('error', 'A shard is given up.', { runId, shardId, why });
  if (shardId === planOfSweep) {
    const run = await ports.runs.find(runId);
    if (run && !run.finishedAt) {
      await ports.runs.close({ ...run, state: 'failed', gaps: [gap('plan of the sweep', because)], finishedAt: at });
    }
    return;
  }
  if (shardId === serversShard) {
    const survey = { runId, at, vaults: 0, servers: 0, gaps: [gap('backup servers', because)] };
    return ports.servers.noteSurvey(survey);
  }
  await ports.runs.finishShard(runId, shardId, {
    outcome: 'failed',
    startedAt: at,
    finishedAt: at,
    ...noCounts,
    gaps: [gap(`shard ${shardId}`, because)],
  });
  await closeRunIfDone(ports, runId);
}

/**
 * A message of the queue `sweep-shard`. What fails waits as a delayed message, for as long as Azure asks for or longer each
 * time; a shard that fails again and again is given up, so that its run comes to an end that tells.
 */
export async function workOnShard(ports: Ports, settings: Settings, raw: unknown): Promise<void> {
  const parsed = ShardOfRun.safeParse(raw);
  if (!parsed.success) {
    return putAside(ports, 'sweep-shard', raw, problemsOf(parsed.error));
  }
  const { attempt = 0, ...message } = parsed.data;
  try {
    await work(ports, settings, message, attempt);
  } catch (error) {
    const why = reasonOf(error);
    if (attempt + 1 >= attempts) {
      return giveUp(ports, message, why);
    }
    const seconds = error instanceof TryAgainLater ? error.seconds : Math.min(longestPause, 5 * 2 ** attempt);
    await ports.queues.sweepShard({ ...message, attempt: attempt + 1 }, seconds);
    ports.log('warn', 'A shard could not be worked through now; its message waits.', { ...message, seconds, why });
  }
}
