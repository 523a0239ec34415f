import { randomBytes } from 'node:crypto';

import type { Cell } from '../domain/cell.ts';
import type { Ports } from './ports.ts';
import type { Gap, Run, Shard } from './run.ts';

type StartPorts = Pick<Ports, 'inventory' | 'postures' | 'runs' | 'queues' | 'clock' | 'log'>;

/** How a sweep is cut and guarded. */
export interface SweepSettings {
  /** VMs that one shard should hold; a larger cell is one shard of its own. */
  readonly shardVms: number;
  /** A run without an end is taken over after this many minutes. */
  readonly takeOverMinutes: number;
  /** Subscriptions in scope; empty = all that can be read. */
  readonly subscriptions: readonly string[];
}

/** What became of the wish for a sweep. */
export type SweepAnswer =
  | { readonly kind: 'started'; readonly run: Run }
  | { readonly kind: 'already-running'; readonly run: Run };

/** Sorts after every earlier run: the start in UTC with its milliseconds (small sweeps follow each other quickly), then chance. */
function newRunId(now: Date): string {
  return `${now.toISOString().replaceAll(/[-:.]/g, '')}-${randomBytes(3).toString('hex')}`;
}

/** Bundles cells into shards, in order, each filled up to the wanted number of VMs. */
export function cutIntoShards(cells: readonly (Cell & { readonly vms: number })[], shardVms: number): readonly Shard[] {
  const sorted = cells.toSorted(
    (a, b) => a.subscriptionId.localeCompare(b.subscriptionId) || a.region.localeCompare(b.region),
  );
  const bundles: { cells: Cell[]; vms: number }[] = [];
  for (const { subscriptionId, region, vms } of sorted) {
    const last = bundles.at(-1);
    if (last && last.vms + vms <= shardVms) {
      last.cells.push({ subscriptionId, region });
      last.vms += vms;
    } else {
      bundles.push({ cells: [{ subscriptionId, region }], vms });
    }
  }
  return bundles.map((bundle, index) => ({
    shardId: String(index + 1).padStart(4, '0'),
    cells: bundle.cells,
    vmsExpected: bundle.vms,
  }));
}

/** Subscriptions that are configured but do not answer, and those that answer but are not enabled. */
function scopeGaps(
  wanted: readonly string[],
  seen: readonly { subscriptionId: string; state: string }[],
): readonly Gap[] {
  const missing = wanted.filter((id) => !seen.some((each) => each.subscriptionId === id));
  return [
    ...missing.map((id) => ({
      what: `subscription ${id}`,
      cause: 'no-permission',
      detail: 'It is in scope, but Resource Graph shows no such subscription to this identity.',
    })),
    ...seen
      .filter((each) => each.state !== '' && each.state.toLowerCase() !== 'enabled')
      .map(({ subscriptionId, state }) => ({
        what: `subscription ${subscriptionId}`,
        cause: 'subscription-state',
        detail: `Its state is ${state}; it is judged as far as it can be read.`,
      })),
  ];
}

/** Cells that had VMs and have none now: their rows are to be retired, so they are swept as well. */
async function emptiedCells(
  { postures }: StartPorts,
  counts: readonly Cell[],
  seen: readonly { readonly subscriptionId: string }[],
): Promise<readonly (Cell & { readonly vms: number })[]> {
  const isCounted = (cell: Cell) =>
    counts.some((each) => each.subscriptionId === cell.subscriptionId && each.region === cell.region);
  const isReadable = (cell: Cell) => seen.some((each) => each.subscriptionId === cell.subscriptionId);
  return (await postures.latest())
    .filter(({ posture, ...cell }) => posture.vms > 0 && isReadable(cell) && !isCounted(cell))
    .map(({ subscriptionId, region }) => ({ subscriptionId, region, vms: 0 }));
}

async function planned(
  ports: StartPorts,
  run: Run,
  settings: SweepSettings,
): Promise<{ run: Run; shards: readonly Shard[] }> {
  const subscriptions = await ports.inventory.subscriptions();
  const counts = await ports.inventory.machineCounts();
  if (subscriptions.kind === 'unknown' || counts.kind === 'unknown') {
    const [because] = [subscriptions, counts].flatMap((fact) => (fact.kind === 'unknown' ? [fact.because] : []));
    const gap = { what: 'plan of the sweep', cause: because?.cause ?? '', detail: because?.detail ?? '' };
    return { run: { ...run, state: 'failed', gaps: [gap] }, shards: [] };
  }
  const { subscriptions: wanted, shardVms } = settings;
  const inScope = ({ subscriptionId }: { subscriptionId: string }) =>
    wanted.length === 0 || wanted.includes(subscriptionId);
  const seen = subscriptions.value.filter(inScope);
  const cells = [...counts.value.filter(inScope), ...(await emptiedCells(ports, counts.value, seen))];
  const shards = cutIntoShards(cells, shardVms);
  return {
    shards,
    run: {
      ...run,
      state: 'running',
      subscriptionsExpected: wanted.length > 0 ? wanted.length : seen.length,
      subscriptionsRead: seen.length,
      shards: shards.length,
      vmsExpected: cells.reduce((sum, cell) => sum + cell.vms, 0),
      gaps: scopeGaps(wanted, seen),
    },
  };
}

/** Opens a run, cuts the scope into shards and queues them. One run at a time; a stuck one is taken over in time. */
export async function startSweep(
  ports: StartPorts,
  settings: SweepSettings,
  trigger: Run['trigger'],
): Promise<SweepAnswer> {
  const now = ports.clock();
  const opened: Run = {
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
  const holder = await ports.runs.claim(opened);
  if (holder !== 'claimed') {
    const age = now.getTime() - Date.parse(holder.startedAt);
    if (age < settings.takeOverMinutes * 60_000) {
      return { kind: 'already-running', run: holder };
    }
    ports.log('warn', 'A sweep that did not end is taken over.', { runId: holder.runId, startedAt: holder.startedAt });
    await ports.runs.close({ ...holder, state: 'failed', finishedAt: now.toISOString() });
    return startSweep(ports, settings, trigger);
  }
  const { run, shards } = await planned(ports, opened, settings);
  if (shards.length === 0) {
    const isWhole = run.subscriptionsRead === run.subscriptionsExpected;
    const state = isWhole ? 'complete' : 'incomplete';
    const ended: Run = { ...run, state: run.state === 'failed' ? 'failed' : state, finishedAt: now.toISOString() };
    await ports.runs.close(ended);
    return { kind: 'started', run: ended };
  }
  await ports.runs.plan(run, shards);
  for (const { shardId } of shards) {
    await ports.queues.sweepShard({ runId: run.runId, shardId });
  }
  return { kind: 'started', run };
}
