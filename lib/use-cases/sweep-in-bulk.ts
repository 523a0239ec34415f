import { cutIntoShards, endedAtOnce, type SweepPorts, type SweepSettings } from './plan-sweep.ts';
import type { Ports } from './ports.ts';
import { newRun } from './start-sweep.ts';
import { seenScope } from './sweep-scope.ts';
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
    if (only.length === 0) {
      ports.log('warn', 'A bulk judgement that nobody asked for is passed over.', { runId });
      return;
    }
    const subscriptions = await inventory.subscriptions();
    const counts = await inventory.machineCounts();
    if (subscriptions.kind === 'unknown') {
      throw new TryAgainLater(subscriptions.because);
    }
    if (counts.kind === 'unknown') {
      throw new TryAgainLater(counts.because);
    }
    const scope = await seenScope(ports, { subscriptions: only }, subscriptions.value);
    const seen = new Set(scope.covered.map(({ subscriptionId }) => subscriptionId));
    const shards = cutIntoShards(
      counts.value.filter(({ subscriptionId }) => seen.has(subscriptionId)),
      settings.shardVms,
    );
    const run = {
      ...newRun(runId, clock(), { kind: 'changes', trigger: 'event', only }),
      state: 'running' as const,
      subscriptionsExpected: scope.expected,
      subscriptionsRead: scope.covered.length,
      shards: shards.length,
      vmsExpected: shards.reduce((sum, { vmsExpected }) => sum + vmsExpected, 0),
      gaps: scope.gaps,
    };
    if (shards.length === 0) {
      await endedAtOnce(ports, run);
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
