import type { Cell } from '../domain/cell.ts';
import { gapsIn } from './gaps.ts';
import type { Ports } from './ports.ts';
import type { Gap, Run, Shard } from './run.ts';
import { surveyClassic } from './survey-resources.ts';

export type SweepPorts = Pick<Ports, 'inventory' | 'postures' | 'runs' | 'queues' | 'clock' | 'log'>;

/** Stands for the planning of a run where messages name a shard. */
export const planOfSweep = 'plan';

/** How a sweep is cut and guarded. */
export interface SweepSettings {
  /** VMs that one shard should hold; a larger cell is one shard of its own. */
  readonly shardVms: number;
  /** A run without an end is taken over after this many minutes. */
  readonly takeOverMinutes: number;
  /** Subscriptions in scope; empty = all that can be read. */
  readonly subscriptions: readonly string[];
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

/**
 * Cells without a VM that are swept all the same: those that had VMs, whose rows are to be retired, and those in which
 * protected items stand, whose VMs may be gone.
 */
async function emptyCells(
  { postures }: SweepPorts,
  itemCells: readonly Cell[],
  counts: readonly Cell[],
  seen: readonly { readonly subscriptionId: string }[],
): Promise<readonly (Cell & { readonly vms: number })[]> {
  const isCounted = (cell: Cell) =>
    counts.some((each) => each.subscriptionId === cell.subscriptionId && each.region === cell.region);
  const isReadable = (cell: Cell) => seen.some((each) => each.subscriptionId === cell.subscriptionId);
  const had = (await postures.latest()).filter(({ posture }) => posture.vms > 0);
  const cells = [...had, ...itemCells].filter((cell) => isReadable(cell) && !isCounted(cell));
  const byName = new Map(
    cells.map(({ subscriptionId, region }) => [`${subscriptionId}|${region}`, { subscriptionId, region }]),
  );
  return [...byName.values()].map((cell) => ({ ...cell, vms: 0 }));
}

async function planned(
  ports: SweepPorts,
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
  const items = await ports.inventory.itemCells();
  const itemCells = items.kind === 'known' ? items.value : [];
  const cells = [...counts.value.filter(inScope), ...(await emptyCells(ports, itemCells, counts.value, seen))];
  const shards = cutIntoShards(cells, shardVms);
  return {
    shards,
    run: {
      ...run,
      subscriptionsExpected: wanted.length > 0 ? wanted.length : seen.length,
      subscriptionsRead: seen.length,
      shards: shards.length,
      vmsExpected: cells.reduce((sum, cell) => sum + cell.vms, 0),
      gaps: [...scopeGaps(wanted, seen), ...gapsIn([['cells of protected items', items]])],
    },
  };
}

/** Stores the plan of a run, unless it is already stored. */
async function storedPlan(
  ports: SweepPorts,
  settings: SweepSettings,
  run: Run,
): Promise<{ run: Run; shards: readonly Shard[] }> {
  if (run.shards > 0) {
    return { run, shards: await ports.runs.shards(run.runId) };
  }
  const plan = await planned(ports, run, settings);
  if (plan.shards.length > 0) {
    await ports.runs.plan(plan.run, plan.shards);
  }
  return plan;
}

/** A run without VMs, or without a plan, ends at once. */
async function endedAtOnce({ runs, clock }: SweepPorts, run: Run): Promise<Run> {
  const whole = run.subscriptionsRead === run.subscriptionsExpected ? 'complete' : 'incomplete';
  const state = run.state === 'failed' ? 'failed' : whole;
  const ended: Run = { ...run, state, finishedAt: clock().toISOString() };
  await runs.close(ended);
  return ended;
}

/** Cuts the scope of a run into shards and queues them. Repeating it queues what is not done yet. */
export async function planSweep(ports: SweepPorts, settings: SweepSettings, opened: Run): Promise<Run> {
  const { run, shards } = await storedPlan(ports, settings, opened);
  await surveyClassic(ports, run.runId);
  if (shards.length === 0) {
    return endedAtOnce(ports, run);
  }
  for (const { shardId, report } of shards) {
    if (!report) {
      await ports.queues.sweepShard({ runId: run.runId, shardId });
    }
  }
  await ports.runs.queued(run.runId);
  return { ...run, state: 'running' };
}

/** Goes on with a run whose start was killed before all its shards were queued. */
export async function resumeSweep(ports: SweepPorts, settings: SweepSettings, runId: string): Promise<void> {
  const run = await ports.runs.find(runId);
  if (run?.state !== 'planning') {
    return;
  }
  if ((await ports.runs.claim(run)) !== 'claimed') {
    ports.log('warn', 'A sweep that was killed at its start is given up: another one runs.', { runId });
    return;
  }
  ports.log('warn', 'A sweep that was killed at its start goes on.', { runId });
  await planSweep(ports, settings, run);
}
