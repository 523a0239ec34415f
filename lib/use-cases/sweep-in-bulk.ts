import { cutIntoShards, type SweepPorts, type SweepSettings } from './plan-sweep.ts';
import type { Ports } from './ports.ts';
import { newRun } from './start-sweep.ts';
import { TryAgainLater } from './try-again-later.ts';

/**
 * Judges in bulk all VMs of the subscriptions in which more changed than can be read singly. A message that comes again finds
 * the run, and queues what is not done yet.
 */
export async function sweepInBulk(
  ports: SweepPorts & Pick<Ports, 'bulkRequests'>,
  settings: SweepSettings,
  runId: string,
): Promise<void> {
  const { runs, bulkRequests, inventory, queues, clock } = ports;
  if (!(await runs.find(runId))) {
    const only = await bulkRequests.askedFor(runId);
    const counts = await inventory.machineCounts();
    if (counts.kind === 'unknown') {
      throw new TryAgainLater(counts.because);
    }
    const shards = cutIntoShards(
      counts.value.filter(({ subscriptionId }) => only.includes(subscriptionId)),
      settings.shardVms,
    );
    const run = {
      ...newRun(runId, clock(), { kind: 'changes', trigger: 'event', only }),
      state: 'running' as const,
      subscriptionsExpected: only.length,
      subscriptionsRead: only.length,
      shards: shards.length,
      vmsExpected: shards.reduce((sum, { vmsExpected }) => sum + vmsExpected, 0),
    };
    if (shards.length === 0) {
      await runs.close({ ...run, state: 'complete', finishedAt: clock().toISOString() });
      return;
    }
    await runs.plan(run, shards);
  }
  for (const { shardId, report } of await runs.shards(runId)) {
    if (!report) {
      await queues.sweepShard({ runId, shardId });
    }
  }
}
