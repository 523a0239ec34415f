import { odata } from '@azure/data-tables';

import { parseExemptionScope } from '../domain/exemption-scope.ts';
import type { RegisteredExemption } from '../domain/registered-exemption.ts';
import type { ExemptionChange, ExemptionRegister } from '../use-cases/exemption-ports.ts';
import { descending } from './descending.ts';
import type { JsonTable } from './table.ts';

/** An exemption and its changes lie in one partition, so that both are written or none. */
const exemptionKey = (exemptionId: string) => `exemption-${exemptionId}`;
const changeKeys = (exemptionId: string) => `change-${exemptionId}-`;
const revisionDigits = 6;

/** More subscriptions than this cost less in one read of the whole register, which is small. */
const askedSingly = 4;

/** What is no id has no row, and might hold what a key must not. */
const idForm = /^[0-9a-f-]{36}-[0-9a-f]{12}$/;

/** The subscription stands before the last part of the id. */
function partitionOf(exemptionId: string): string {
  return exemptionId.slice(0, exemptionId.lastIndexOf('-'));
}

function isIn(subscriptionIds: ReadonlySet<string>, { scope }: RegisteredExemption): boolean {
  return subscriptionIds.has(parseExemptionScope(scope)?.subscriptionId ?? '');
}

/** Table `exemptions`. */
export function createExemptions(table: JsonTable): ExemptionRegister {
  const isExemption = odata`RowKey ge ${'exemption-'} and RowKey lt ${'exemption.'}`;

  async function read(filter: string): Promise<readonly RegisteredExemption[]> {
    const found: RegisteredExemption[] = [];
    for await (const { value } of table.rows<RegisteredExemption>(filter)) {
      found.push(value);
    }
    return found;
  }

  return {
    async of(subscriptionIds) {
      const wanted = new Set(subscriptionIds);
      if (wanted.size > askedSingly) {
        return (await read(isExemption)).filter((exemption) => isIn(wanted, exemption));
      }
      const parts = [...wanted].map((id) => read(`${odata`PartitionKey eq ${id}`} and ${isExemption}`));
      return (await Promise.all(parts)).flat();
    },
    all: () => read(isExemption),
    async find(exemptionId) {
      if (!idForm.test(exemptionId)) {
        return undefined;
      }
      const row = await table.find<RegisteredExemption>(partitionOf(exemptionId), exemptionKey(exemptionId));
      return row && { value: row.value, ...(row.version ? { version: row.version } : {}) };
    },
    write({ value, version }, change) {
      const partition = partitionOf(value.exemptionId);
      const { exemptionId, revision } = value;
      return table.writeTogether([
        { partition, key: exemptionKey(exemptionId), value, ...(version ? { version } : {}) },
        { partition, key: `${changeKeys(exemptionId)}${descending(revision, revisionDigits)}`, value: change },
      ]);
    },
    async changesOf(exemptionId) {
      const from = changeKeys(exemptionId);
      const changes: ExemptionChange[] = [];
      const filter = odata`PartitionKey eq ${partitionOf(exemptionId)} and RowKey ge ${from} and RowKey lt ${`${from}~`}`;
      for await (const { value } of table.rows<ExemptionChange>(filter)) {
        changes.push(value);
      }
      return changes;
    },
  };
}
