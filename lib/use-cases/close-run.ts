import { dayOf } from '../domain/day.ts';
import type { Ports } from './ports.ts';
import { noCosts, type Run, type Shard, type ShardReport } from './run.ts';

/** A run with the sums of its shards; complete only if every shard was done and nothing stayed hidden. */
export function summedUp(run: Run, shards: readonly Shard[]): Run {
  const reports = shards.flatMap((shard) => (shard.report ? [shard.report] : []));
  return {
    ...run,
    shardsDone: reports.length,
    vms: reports.reduce((sum, report) => sum + report.vms, 0),
    judged: reports.reduce((sum, report) => sum + report.judged, 0),
    changed: reports.reduce((sum, report) => sum + report.changed, 0),
    retired: reports.reduce((sum, report) => sum + report.retired, 0),
    ...networksOf(reports),
    reads: sumOf([run.reads, ...reports.map(({ reads }) => reads)], noCosts),
    looks: sumOf(
      reports.map(({ looks }) => looks),
      { made: 0, left: 0 },
    ),
    rulesUnknown: sumOf<Readonly<Record<string, number>>>(
      reports.map(({ rulesUnknown }) => rulesUnknown),
      {},
    ),
    gaps: distinct([...run.gaps, ...reports.flatMap((report) => report.gaps)]),
  };
}

/** Sums of everything that stands under the same name. */
function sumOf<T extends { readonly [Name in keyof T]: number }>(all: readonly T[], none: T): T {
  const sums = new Map(Object.entries<number>(none));
  for (const [name, count] of all.flatMap((each) => Object.entries<number>(each))) {
    sums.set(name, (sums.get(name) ?? 0) + count);
  }
  return Object.fromEntries(sums) as T;
}

function networksOf(reports: readonly ShardReport[]): Pick<Run, 'networks'> {
  const networks = reports.flatMap((report) => (report.networks ? [report.networks] : []));
  const vms = networks.reduce((sum, each) => sum + each.vms, 0);
  const configurations = networks.reduce((sum, each) => sum + each.configurations, 0);
  return vms > 0 ? { networks: { vms, configurations } } : {};
}

function distinct<T extends { what: string; cause: string }>(gaps: readonly T[]): readonly T[] {
  return [...new Map(gaps.map((gap) => [`${gap.what}|${gap.cause}`, gap])).values()];
}

/** The snapshot of the day waits until the sweep is closed; it is asked for before, so that a crash in between loses none. */
const snapshotSeconds = 10;

/** Closes a run when its last shard is done; whoever comes second finds it closed. */
export async function closeRunIfDone(
  { runs, queues, clock, log }: Pick<Ports, 'runs' | 'queues' | 'clock' | 'log'>,
  runId: string,
): Promise<void> {
  const run = await runs.find(runId);
  const shards = await runs.shards(runId);
  if (!run || run.finishedAt || shards.length < run.shards || shards.some((shard) => !shard.report)) {
    return;
  }
  const sum = summedUp(run, shards);
  // A disabled subscription that could be read is named, but nothing of it is missing.
  const missing = sum.gaps.filter((gap) => gap.cause !== 'subscription-state');
  const failed = shards.some((shard) => shard.report?.outcome === 'failed');
  const state =
    failed || missing.length > 0 || sum.subscriptionsRead < sum.subscriptionsExpected ? 'incomplete' : 'complete';
  const finishedAt = clock().toISOString();
  if (run.kind === 'full') {
    await queues.takeSnapshot({ day: dayOf(finishedAt), runId }, snapshotSeconds);
  }
  await runs.close({ ...sum, state, finishedAt });
  log('info', 'A sweep ended.', { runId, state, vms: sum.vms, changed: sum.changed, gaps: missing.length });
}
