import type { Cell } from '../domain/cell.ts';
import type { Standing } from '../domain/standing.ts';
import { failIfPassing, gapsIn } from './gaps.ts';
import { planChanges } from './plan-changes.ts';
import type { Ports } from './ports.ts';
import { readStanding } from './read-standing.ts';
import type { CountedCell, Run, Shard } from './run.ts';
import { sharedReads } from './shared-reads.ts';
import { surveyClassic } from './survey-resources.ts';
import { serversShard } from './survey-servers.ts';
import { seenScope, type WantedScope } from './sweep-scope.ts';

export type SweepPorts = Pick<
  Ports,
  'inventory' | 'arm' | 'postures' | 'runs' | 'queues' | 'metered' | 'clock' | 'log'
>;

/** Stands for the planning of a run where messages name a shard. */
export const planOfSweep = 'plan';

/** How a sweep is cut and guarded. */
export interface SweepSettings extends WantedScope {
  /** VMs that one shard should hold; a larger subscription is a shard of its own, and is read page by page. */
  readonly shardVms: number;
  /** A run without an end is taken over after this many minutes. */
  readonly takeOverMinutes: number;
  /** VMs that a run may read singly. */
  readonly looksPerRun: number;
}

/** Longest list of subscriptions in one request that Azure recommends. */
const subscriptionsPerShard = 300;

/**
 * Bundles cells into shards, whole subscriptions only: what VMs refer to lies mostly in their subscription, and is read but
 * once so. Large ones come first, as they take longest.
 */
export function cutIntoShards(cells: readonly CountedCell[], shardVms: number): readonly Shard[] {
  const subscriptions = [...Map.groupBy(cells, ({ subscriptionId }) => subscriptionId)]
    .map(([subscriptionId, own]) => ({
      subscriptionId,
      cells: own.toSorted((a, b) => a.region.localeCompare(b.region)),
      vms: own.reduce((sum, { vms }) => sum + vms, 0),
    }))
    .toSorted((a, b) => b.vms - a.vms || a.subscriptionId.localeCompare(b.subscriptionId));
  const bundles: { cells: CountedCell[]; vms: number; subscriptions: number }[] = [];
  for (const { cells: own, vms } of subscriptions) {
    const last = bundles.at(-1);
    if (last && last.vms + vms <= shardVms && last.subscriptions < subscriptionsPerShard) {
      last.cells.push(...own);
      last.vms += vms;
      last.subscriptions += 1;
    } else {
      bundles.push({ cells: [...own], vms, subscriptions: 1 });
    }
  }
  return bundles.map((bundle, index) => ({
    shardId: String(index + 1).padStart(4, '0'),
    cells: bundle.cells,
    vmsExpected: bundle.vms,
  }));
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
): Promise<readonly CountedCell[]> {
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

/** A run with its shards; without any, it is over. */
export interface Plan {
  readonly run: Run;
  readonly shards: readonly Shard[];
  /** How things stand that later runs are compared with. */
  readonly standing?: Standing;
}

/** Reads what is to be swept, and cuts it into shards. */
async function planned(ports: SweepPorts, run: Run, settings: SweepSettings, attempt: number): Promise<Plan> {
  const inventory = sharedReads(ports.inventory, run.runId);
  const subscriptions = await inventory.subscriptions();
  const counts = await ports.inventory.machineCounts();
  const containers = await inventory.containers();
  const items = await ports.inventory.itemCells();
  const gaps = gapsIn([
    ['plan of the sweep', subscriptions],
    ['plan of the sweep', counts],
    ['tags', containers],
    ['cells of protected items', items],
  ]);
  failIfPassing(gaps, attempt);
  if (subscriptions.kind === 'unknown' || counts.kind === 'unknown') {
    return { run: { ...run, state: 'failed', gaps }, shards: [] };
  }
  const wanted = run.only ? { subscriptions: run.only } : settings;
  const scope = await seenScope(ports, wanted, subscriptions.value, containers);
  await ports.runs.noteSubscriptions(run.runId, [...scope.covered, ...scope.lost]);
  const covered = new Set(scope.covered.map(({ subscriptionId }) => subscriptionId));
  const counted = counts.value.filter(({ subscriptionId }) => covered.has(subscriptionId));
  const itemCells = items.kind === 'known' ? items.value : [];
  const cells = [...counted, ...(await emptyCells(ports, itemCells, counts.value, scope.covered))];
  const shards = cutIntoShards(cells, settings.shardVms);
  return {
    shards,
    // One of a part would hide from runs about changes what changed elsewhere.
    ...(run.kind === 'full' ? { standing: await readStanding(inventory, ports.arm, [...covered]) } : {}),
    run: {
      ...run,
      subscriptionsExpected: scope.expected,
      subscriptionsRead: scope.covered.length,
      shards: shards.length,
      vmsExpected: cells.reduce((sum, cell) => sum + cell.vms, 0),
      gaps: [...scope.gaps, ...gapsIn([['cells of protected items', items]])],
    },
  };
}

async function plannedWithSurvey(ports: SweepPorts, run: Run, settings: SweepSettings, attempt: number): Promise<Plan> {
  const plan = await planned(ports, run, settings, attempt);
  if (run.kind === 'full') {
    await surveyClassic(ports, run.runId);
  }
  return plan;
}

/** Stores the plan of a run, unless it is already stored. */
async function storedPlan(ports: SweepPorts, settings: SweepSettings, run: Run, attempt: number): Promise<Plan> {
  if (run.shards > 0) {
    return { run, shards: await ports.runs.shards(run.runId) };
  }
  const { result, costs } = await ports.metered(() =>
    run.kind === 'changes'
      ? planChanges(ports, run, settings, attempt)
      : plannedWithSurvey(ports, run, settings, attempt),
  );
  const plan = { ...result, run: { ...result.run, reads: costs } };
  if (plan.shards.length > 0) {
    await ports.runs.plan(plan.run, plan.shards);
  }
  return plan;
}

/** A run without VMs, or without a plan, ends at once. */
export async function endedAtOnce({ runs, clock }: Pick<Ports, 'runs' | 'clock'>, run: Run): Promise<Run> {
  const whole = run.subscriptionsRead === run.subscriptionsExpected ? 'complete' : 'incomplete';
  const state = run.state === 'failed' ? 'failed' : whole;
  const ended: Run = { ...run, state, finishedAt: clock().toISOString() };
  await runs.close(ended);
  return ended;
}

/** Cuts the scope of a run into shards and queues them. Repeating it queues what is not done yet. */
export async function planSweep(ports: SweepPorts, settings: SweepSettings, opened: Run, attempt = 0): Promise<Run> {
  const { run, shards, standing } = await storedPlan(ports, settings, opened, attempt);
  for (const { shardId, report } of shards) {
    if (!report) {
      await ports.queues.sweepShard({ runId: run.runId, shardId });
    }
  }
  if (run.kind === 'full' && run.state !== 'failed') {
    await ports.queues.sweepShard({ runId: run.runId, shardId: serversShard });
  }
  // Only now: killed before, the differences are found again.
  if (standing) {
    await ports.runs.noteStanding(standing);
  }
  if (shards.length === 0) {
    return endedAtOnce(ports, run);
  }
  await ports.runs.queued(run.runId);
  return { ...run, state: 'running' };
}

/** Goes on with a run whose start was killed before all its shards were queued. */
export async function resumeSweep(
  ports: SweepPorts,
  settings: SweepSettings,
  runId: string,
  attempt = 0,
): Promise<void> {
  const run = await ports.runs.find(runId);
  if (run?.state !== 'planning') {
    return;
  }
  if ((await ports.runs.claim(run)) !== 'claimed') {
    ports.log('warn', 'A sweep that was killed at its start is given up: another one runs.', { runId });
    return;
  }
  ports.log('warn', 'A sweep that was killed at its start goes on.', { runId });
  await planSweep(ports, settings, run, attempt);
}
