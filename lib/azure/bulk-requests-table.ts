import { odata } from '@azure/data-tables';

import type { BulkRequests } from '../use-cases/ports.ts';
import type { JsonTable } from './table.ts';

/** Row of a wish that stands for the judgement itself; no subscription is called so. */
const opening = 'judgement';
const judged = 'judged-in-bulk';
/** Wishes that this process remembers, so that not every message of a storm writes to the table. */
const rememberedWishes = 2000;

function partitionOf(runId: string): string {
  return `bulk-${runId}`;
}

/** Bulk judgements in the table `runs`: a partition for each, with a row per subscription; and when each was last judged. */
export function createBulkRequests(table: JsonTable): BulkRequests {
  const asked = new Set<string>();

  return {
    async ask(subscriptionId, runId) {
      const partition = partitionOf(runId);
      const wish = `${partition} ${subscriptionId}`;
      if (asked.has(wish)) {
        return 'joined';
      }
      await table.write({ partition, key: subscriptionId, value: {} }, 'insert');
      const isOpened = await table.write({ partition, key: opening, value: {} }, 'insert');
      if (asked.size >= rememberedWishes) {
        asked.clear();
      }
      asked.add(wish);
      return isOpened ? 'opened' : 'joined';
    },
    async askedFor(runId) {
      const subscriptions: string[] = [];
      for await (const { key } of table.rows(odata`PartitionKey eq ${partitionOf(runId)}`)) {
        subscriptions.push(...(key === opening ? [] : [key]));
      }
      return subscriptions;
    },
    async noteJudged(subscriptionId, readAt) {
      await table.write({ partition: judged, key: subscriptionId, value: { readAt } }, 'replace');
    },
    async judgedAt(subscriptionId) {
      return (await table.find<{ readAt: string }>(judged, subscriptionId))?.value.readAt;
    },
  };
}
