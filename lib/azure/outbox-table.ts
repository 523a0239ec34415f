import { odata } from '@azure/data-tables';

import type { Notice, NotificationTarget } from '../domain/notification.ts';
import type { Outbox, SummaryDraft, TargetState, Waiting } from '../use-cases/notification-ports.ts';
import type { Stored } from '../use-cases/ports.ts';
import { type JsonTable, type Row, transactionsOf } from './table.ts';

/** Keys: what waits, and what was settled, by the id of the notification. */
const waitingKey = (id: string) => `w|${id}`;
const settledKey = (id: string) => `s|${id}`;
const draftKey = 'draft';
const stateKey = 'state';

/** Each is two rows of a transaction of 100: one that is removed, one that remembers; a draft takes one more. */
const settledTogether = 49;
/** Reads at a time. */
const readsAtOnce = 16;

/** What is remembered of a notification that no longer waits. One that was given up can be brought back. */
interface Settled {
  readonly how: string;
  readonly notice?: Notice;
}

const idOf = ({ notice }: Waiting) => notice.id;

function cut<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));
}

function waitingRow(partition: string, value: Waiting, version?: string): Row<Waiting> {
  return { partition, key: waitingKey(value.notice.id), value, ...(version ? { version } : {}) };
}

function settledRow(partition: string, { notice }: Waiting, how: string): Row<Settled> {
  const value = { how, ...(how === 'given-up' ? { notice } : {}) };
  return { partition, key: settledKey(notice.id), value, columns: { forgetAt: notice.forgetAt }, version: '*' };
}

function versioned<T>(row: Row<T> | undefined): Stored<T> | undefined {
  return row && { value: row.value, ...(row.version ? { version: row.version } : {}) };
}

function rangeOf(partition: string, prefix: string): string {
  return odata`PartitionKey eq ${partition} and RowKey ge ${`${prefix}|`} and RowKey lt ${`${prefix}}`}`;
}

function changedMeanwhile(): Error {
  return new Error('Notifications were settled by somebody else at once; the message comes again.');
}

/** Table `notifications`: a partition per target, so that what is sent and what is remembered change in one step. */
export function createOutbox(table: JsonTable): Outbox {
  /** Takes them from what waits. One that no longer waits was settled by somebody else: then all are looked at singly. */
  async function moveTogether(
    partition: string,
    all: readonly Waiting[],
    rows: readonly Row<unknown>[],
  ): Promise<void> {
    if (await table.writeTogether(rows, { partition, keys: all.map(idOf).map(waitingKey) })) {
      return;
    }
    throw changedMeanwhile();
  }

  async function keysOf(filter: string): Promise<readonly string[]> {
    const keys: string[] = [];
    for await (const { key } of table.rows(filter)) {
      keys.push(key);
    }
    return keys;
  }

  async function bringOneBack(partition: string, id: string, now: string): Promise<boolean> {
    const row = await table.find<Settled>(partition, settledKey(id));
    if (row?.value.how !== 'given-up' || !row.value.notice) {
      return false;
    }
    const again = waitingRow(partition, { notice: row.value.notice, notedAt: now }, '*');
    return table.writeTogether([again], { partition, keys: [settledKey(id)] });
  }

  return {
    async note(target, notices, once) {
      if (once) {
        for (const each of notices) {
          await table.write(waitingRow(target, each), 'insert');
        }
        return;
      }
      const distinct = [...new Map(notices.map((each) => [each.notice.id, each])).values()];
      for (const together of transactionsOf(distinct.map((each) => waitingRow(target, each, '*')))) {
        if (!(await table.writeTogether(together))) {
          throw changedMeanwhile();
        }
      }
    },
    async waiting(target, limit) {
      const found: Waiting[] = [];
      for await (const { value } of table.rows<Waiting>(rangeOf(target, 'w'), limit)) {
        found.push(value);
        if (found.length === limit) {
          break;
        }
      }
      return found;
    },
    async settled(target, ids) {
      const found = new Set<string>();
      for (const some of cut(ids, readsAtOnce)) {
        const rows = await Promise.all(some.map((id) => table.find(target, settledKey(id))));
        for (const [at, id] of some.entries()) {
          if (rows[at]) {
            found.add(id);
          }
        }
      }
      return found;
    },
    async settle(target, waiting, how) {
      for (const some of cut(waiting, settledTogether)) {
        await moveTogether(target, some, how === 'dropped' ? [] : some.map((each) => settledRow(target, each, how)));
      }
    },
    async bringBack(target, ids, now) {
      let count = 0;
      for (const id of ids) {
        count += (await bringOneBack(target, id, now)) ? 1 : 0;
      }
      return count;
    },
    async draft(target) {
      return versioned(await table.find<SummaryDraft>(target, draftKey));
    },
    addToDraft(target: NotificationTarget, { value, version }, counted) {
      const draft = { partition: target, key: draftKey, value, ...(version ? { version } : {}) };
      const remembered = counted.map((each) => settledRow(target, each, 'summarised'));
      const keys = counted.map(idOf).map(waitingKey);
      return table.writeTogether([draft, ...remembered], { partition: target, keys });
    },
    async closeDraft(target, summary) {
      await table.writeTogether([waitingRow(target, summary, '*')], { partition: target, keys: [draftKey] });
    },
    async state(target) {
      return versioned(await table.find<TargetState>(target, stateKey));
    },
    async saveState(target, { value, version }) {
      const row = { partition: target, key: stateKey, value, ...(version ? { version } : {}) };
      const isSaved = await table.write(row, 'if-unchanged');
      return isSaved ? versioned(await table.find<TargetState>(target, stateKey)) : undefined;
    },
    async forget(target, now) {
      const old = `${rangeOf(target, 's')} and ${odata`forgetAt lt ${now}`}`;
      for (const keys of cut(await keysOf(old), 2 * settledTogether)) {
        await table.writeTogether([], { partition: target, keys });
      }
    },
  };
}
