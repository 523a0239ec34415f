import { hash } from 'node:crypto';

import { odata } from '@azure/data-tables';

import type { Attempt } from '../domain/attempt.ts';
import { dayOf } from '../domain/day.ts';
import type { Stored } from '../use-cases/ports.ts';
import type { Approval, CountedBy, Protections } from '../use-cases/protector-ports.ts';
import { descending } from './descending.ts';
import type { JsonTable, Row } from './table.ts';

const numberDigits = 6;
const instantDigits = 13;

const attemptsOf = (vmKey: string) => `vm-${vmKey}`;
const days = 'days';
const approvals = 'approvals';
const stop = 'stop';

/** Attempts of a day, as a list of all VMs: names of attempts only, which are read where they stand. */
const partitionOfDay = (day: string) => `day-${day}`;

function rowOf({ value, version }: Stored<Attempt>): Row<Attempt> {
  return {
    partition: attemptsOf(value.vmKey),
    key: descending(value.number, numberDigits),
    value,
    ...(version ? { version } : {}),
  };
}

/** Counters are one row each; keys must not hold what is counted, which may be an id. */
function counterOf({ kind, what }: CountedBy): { readonly partition: string; readonly key: string } {
  return { partition: `count-${kind}`, key: hash('sha256', what, 'hex').slice(0, 32) };
}

interface Counter {
  readonly what: string;
  readonly count: number;
}

/** So often a counter is tried that others change at the same time. */
const attemptsToCount = 20;

/** Days that are looked at for the newest attempts. */
const daysShown = 90;

/** Table `protections`. */
export function createProtections(table: JsonTable): Protections {
  /** Counts up or down; false if the limit is reached. */
  async function add(by: CountedBy, step: 1 | -1): Promise<boolean> {
    const { partition, key } = counterOf(by);
    for (let attempt = 0; attempt < attemptsToCount; attempt += 1) {
      const row = await table.find<Counter>(partition, key);
      const count = row?.value.count ?? 0;
      if (step === 1 && count >= by.limit) {
        return false;
      }
      const value = { what: by.what, count: count + step };
      if (
        await table.write({ partition, key, value, ...(row?.version ? { version: row.version } : {}) }, 'if-unchanged')
      ) {
        return true;
      }
    }
    throw new Error(`The counter ${by.kind} is changed by too many at once; the message comes again.`);
  }

  async function noteDay({ vmKey, number, claimedAt }: Attempt): Promise<void> {
    const day = dayOf(claimedAt);
    await table.write({ partition: days, key: day, value: {} }, 'replace');
    const key = `${descending(Date.parse(claimedAt), instantDigits)}|${vmKey}`;
    await table.write({ partition: partitionOfDay(day), key, value: { vmKey, number } }, 'replace');
  }

  async function attemptAt(vmKey: string, number: number): Promise<readonly Attempt[]> {
    const row = await table.find<Attempt>(attemptsOf(vmKey), descending(number, numberDigits));
    return row ? [row.value] : [];
  }

  async function daysWithAttempts(): Promise<readonly string[]> {
    const found: string[] = [];
    for await (const { key } of table.rows(odata`PartitionKey eq ${days}`)) {
      found.push(key);
    }
    return found.toReversed().slice(0, daysShown);
  }

  return {
    async of(vmKey) {
      const found: Stored<Attempt>[] = [];
      for await (const { value, version } of table.rows<Attempt>(odata`PartitionKey eq ${attemptsOf(vmKey)}`)) {
        found.push(version ? { value, version } : { value });
      }
      return found;
    },
    async claim(attempt) {
      // Listed first: killed in between, the list names an attempt that is not there, and leaves it out.
      await noteDay(attempt);
      return table.write(rowOf({ value: attempt }), 'insert');
    },
    async save(stored) {
      const isSaved = await table.write(rowOf(stored), 'if-unchanged');
      const row = isSaved
        ? await table.find<Attempt>(attemptsOf(stored.value.vmKey), descending(stored.value.number, numberDigits))
        : undefined;
      return row && { value: row.value, ...(row.version ? { version: row.version } : {}) };
    },
    async newest(limit, subscriptions) {
      const found: Attempt[] = [];
      for (const day of await daysWithAttempts()) {
        for await (const { value } of table.rows<{ vmKey: string; number: number }>(
          odata`PartitionKey eq ${partitionOfDay(day)}`,
        )) {
          if (found.length >= limit) {
            return found;
          }
          const attempts = await attemptAt(value.vmKey, value.number);
          found.push(...attempts.filter(({ subscriptionId }) => subscriptions?.includes(subscriptionId) ?? true));
        }
      }
      return found;
    },
    async count(by) {
      const counted: CountedBy[] = [];
      for (const each of by) {
        if (!(await add(each, 1))) {
          for (const before of counted) {
            await add(before, -1);
          }
          return each;
        }
        counted.push(each);
      }
      return undefined;
    },
    async approvalOf(planId) {
      return (await table.find<Approval>(approvals, planId))?.value;
    },
    async approve(planId, approval) {
      await table.write({ partition: approvals, key: planId, value: approval }, 'insert');
    },
    async isStopped() {
      return (await table.find<{ isStopped: boolean }>(stop, stop))?.value.isStopped ?? false;
    },
    async setStopped(isStopped) {
      await table.write({ partition: stop, key: stop, value: { isStopped } }, 'replace');
    },
  };
}
