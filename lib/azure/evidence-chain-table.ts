import type { EvidenceChain, Link } from '../use-cases/evidence-ports.ts';
import { descending } from './descending.ts';
import type { JsonTable } from './table.ts';

/** One partition, so that a link is appended and becomes the last one at once. */
const partition = 'evidence';
const lastKey = 'last';
const dayDigits = 8;

/** Newest first. */
function dayKey(day: string): string {
  return `day-${descending(Number(day.replaceAll('-', '')), dayDigits)}`;
}

/** Table `runs`, partition `evidence`: all links by day, newest first, and the last one once more. */
export function createEvidenceChain(table: JsonTable): EvidenceChain {
  return {
    async last() {
      const row = await table.find<Link>(partition, lastKey);
      return row && { value: row.value, ...(row.version ? { version: row.version } : {}) };
    },
    append: (value, version) =>
      table.writeTogether([
        { partition, key: lastKey, value, ...(version ? { version } : {}) },
        { partition, key: dayKey(value.day), value, version: '*' },
      ]),
    async newest(limit) {
      const links: Link[] = [];
      for await (const { value } of table.rows<Link>(
        `PartitionKey eq '${partition}' and RowKey ge 'day-' and RowKey lt 'day.'`,
        limit,
      )) {
        links.push(value);
        if (links.length === limit) {
          break;
        }
      }
      return links;
    },
  };
}
