import type { Ports } from './ports.ts';
import type { Run, Shard, ShardReport } from './run.ts';

/** A run with the sums of its shards; complete only if every shard was done and nothing stayed hidden. */
export function summedUp(run: Run, shards: readonly Shard[]): Run {
  const reports = shards.flatMap((shard) => (shard.report ? [shard.report] : []));
  return {
    ...run,
    shardsDone: reports.length,
    vms: reports.reduce((sum, report) => sum + report.vms, 0),
    changed: reports.reduce((sum, report) => sum + report.changed, 0),
    ...networksOf(reports),
    gaps: distinct([...run.gaps, ...reports.flatMap((report) => report.gaps)]),
  };
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

/** Closes a run when its last shard is done; whoever comes second finds it closed. */
export async function closeRunIfDone(
  { runs, clock, log }: Pick<Ports, 'runs' | 'clock' | 'log'>,
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
  await runs.close({ ...sum, state, finishedAt: clock().toISOString() });
  log('info', 'A sweep ended.', { runId, state, vms: sum.vms, changed: sum.changed, gaps: missing.length });
}
