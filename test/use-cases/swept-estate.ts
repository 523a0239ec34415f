import { randomUUID } from 'node:crypto';

import type { JudgementSettings } from '../../lib/domain/settings.ts';
import type { Evaluated } from '../../lib/use-cases/evaluated.ts';
import type { SweepSettings } from '../../lib/use-cases/plan-sweep.ts';
import type { Ports, ShardMessage } from '../../lib/use-cases/ports.ts';
import type { Run } from '../../lib/use-cases/run.ts';
import { type SweepAnswer, startSweep } from '../../lib/use-cases/start-sweep.ts';
import { sweepShard } from '../../lib/use-cases/sweep-shard.ts';
import type { Estate } from '../../local/estates/estate.ts';
import { estateNow, otherSubscription, subscription } from '../contract/test-estate.ts';

/** An estate under subscriptions of its own, so that tests share a storage account and not their rows. */
export interface OwnEstate {
  readonly estate: Estate;
  readonly subscriptionId: string;
  /** The same subscriptions with other contents: the estate as it is later. */
  later(estate: Estate): Estate;
}

export function ownEstate(estate: Estate): OwnEstate {
  const [own, other] = [randomUUID(), randomUUID()];
  const moved = (each: Estate): Estate =>
    JSON.parse(JSON.stringify(each).replaceAll(subscription, own).replaceAll(otherSubscription, other));
  return { estate: moved(estate), subscriptionId: own, later: moved };
}

/** A clock that stands until it is moved. */
export function standingClock(): { now: () => Date; pass: (minutes: number) => void } {
  let at = Date.parse(estateNow);
  return {
    now: () => new Date(at),
    pass: (minutes) => {
      at += minutes * 60_000;
    },
  };
}

/** Of a sweep of everything that may be read. */
export const sweepSettings: SweepSettings = {
  shardVms: 1000,
  takeOverMinutes: 180,
  subscriptions: [],
  looksPerRun: 1000,
};

/** Wishes for a sweep of everything. */
export function start(
  ports: Ports,
  settings: Partial<SweepSettings> = {},
  trigger: 'timer' | 'request' = 'request',
): Promise<SweepAnswer> {
  return startSweep(ports, { ...sweepSettings, ...settings }, { kind: 'full', trigger });
}

/** Works through one shard. */
export function workOn(
  ports: Ports,
  judgement: JudgementSettings,
  shard: ShardMessage,
  { looksPerRun = sweepSettings.looksPerRun }: Partial<SweepSettings> = {},
): Promise<void> {
  return sweepShard(ports, { judgement, looksPerRun }, shard);
}

/** One whole sweep, every shard in turn, as the queue would bring them. */
export async function sweep(
  ports: Ports,
  judgement: JudgementSettings,
  settings: Partial<SweepSettings> = {},
): Promise<Run> {
  const answer = await start(ports, settings);
  if (answer.kind !== 'started') throw new Error(`The sweep ${answer.run.runId} is still running.`);
  const { runId } = answer.run;
  for (const { shardId } of await ports.runs.shards(runId)) {
    await workOn(ports, judgement, { runId, shardId }, settings);
  }
  const run = await ports.runs.find(runId);
  if (!run) throw new Error('The sweep is not stored.');
  return run;
}

/** The stored rows of a subscription by the names of their VMs. */
export async function rowsByName(
  { evaluations }: Pick<Ports, 'evaluations'>,
  subscriptionId: string,
): Promise<Readonly<Record<string, Evaluated>>> {
  const heads = [...(await evaluations.headsOf(subscriptionId)).keys()];
  const rows = await Promise.all(heads.map((vmKey) => evaluations.find(subscriptionId, vmKey)));
  return Object.fromEntries(rows.flatMap((row) => (row ? [[row.value.name, row.value]] : [])));
}

/** The verdicts of a subscription by the names of its VMs. */
export async function verdictsByName(ports: Ports, subscriptionId: string): Promise<Readonly<Record<string, string>>> {
  const rows = await rowsByName(ports, subscriptionId);
  return Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, row.goneAt ? 'gone' : row.verdict]));
}
