import type { Ports } from './ports.ts';

/** Stands for the judgement of the subscriptions that asked for it where messages of `sweep-shard` name a shard. */
export const changesShard = 'changes';

/** The run of a bulk judgement: it sorts among the sweeps by its time, and whoever asks twice names the same one. */
function runIdOf(at: string): string {
  return `${at.replaceAll(/[-:.]/g, '')}-changes`;
}

/**
 * Asks for all VMs of a subscription to be judged in bulk at an instant (ISO 8601). Of all who ask for that instant one
 * sends the message; subscriptions are read when it is delivered.
 */
export async function requestBulkJudgement(
  { bulkRequests, queues, clock, log }: Pick<Ports, 'bulkRequests' | 'queues' | 'clock' | 'log'>,
  subscriptionId: string,
  at: string,
): Promise<void> {
  const runId = runIdOf(at);
  if ((await bulkRequests.ask(subscriptionId, runId)) === 'opened') {
    const seconds = Math.max(0, Math.ceil((Date.parse(at) - clock().getTime()) / 1000));
    await queues.sweepShard({ runId, shardId: changesShard }, seconds);
    log('info', 'More VMs changed than can be read singly; their subscriptions are judged in bulk.', {
      runId,
      at,
    });
  }
}
