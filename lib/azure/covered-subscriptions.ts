import type { CoveredSubscription, Runs } from '../use-cases/ports.ts';
import type { JsonTable } from './table.ts';

/** Subscriptions in a row: a management group may have any number of them. */
const subscriptionsPerRow = 200;

/** Rows of a run, in table `runs`: the subscriptions that it covers. */
export function createCoveredSubscriptions(table: JsonTable): Pick<Runs, 'noteSubscriptions' | 'subscriptionsOf'> {
  const keyOf = (from: number) => `subscriptions-${String(from).padStart(6, '0')}`;
  const rowsFrom = (runId: string, key: string) =>
    `PartitionKey eq '${runId}' and RowKey ge '${key}' and RowKey lt 'subscriptions.'`;
  return {
    async noteSubscriptions(runId, subscriptions) {
      let next = 0;
      for (; next < subscriptions.length; next += subscriptionsPerRow) {
        const value = subscriptions.slice(next, next + subscriptionsPerRow);
        await table.write({ partition: runId, key: keyOf(next), value }, 'replace');
      }
      // What a longer list has left behind.
      for await (const { partition, key, version = '' } of table.rows(rowsFrom(runId, keyOf(next)))) {
        await table.remove(partition, key, version);
      }
    },
    async subscriptionsOf(runId) {
      const subscriptions: CoveredSubscription[] = [];
      for await (const { value } of table.rows<readonly CoveredSubscription[]>(rowsFrom(runId, 'subscriptions-'))) {
        subscriptions.push(...value);
      }
      return subscriptions;
    },
  };
}
