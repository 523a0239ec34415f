import { setTimeout as pause } from 'node:timers/promises';

import type { Cell } from '../domain/cell.ts';
import { emptyPosture, type Posture } from '../domain/posture.ts';
import type { Postures } from '../use-cases/ports.ts';
import type { JsonTable } from './table.ts';

/** The one scope that is stored: a tenant's posture is the sum of its cells. */
const scope = 'tenant';
const latest = 'latest';
/** How often counts that somebody else changed meanwhile are read again. */
const attempts = 40;
/** Longest pause between two attempts: a burst of new VMs of one cell changes the same row. */
const longestPauseMs = 100;

interface CellPosture extends Cell {
  readonly posture: Posture;
}

function keyOf(when: string, { subscriptionId, region }: Cell): string {
  return `${when}|${subscriptionId}|${region}`;
}

/** Table `postures`: per cell one row for now (`latest`) and one per day. */
export function createPostures(table: JsonTable): Postures {
  return {
    async latest() {
      const cells: CellPosture[] = [];
      // `}` follows `|` in the alphabet: all keys that begin with `latest|`.
      const filter = `PartitionKey eq '${scope}' and RowKey ge '${latest}|' and RowKey lt '${latest}}'`;
      for await (const { value } of table.rows<CellPosture>(filter)) {
        cells.push(value);
      }
      return cells;
    },
    async replace({ subscriptionId, region }, posture, day) {
      const cell = { subscriptionId, region };
      const value: CellPosture = { ...cell, posture };
      await table.write({ partition: scope, key: keyOf(latest, cell), value }, 'replace');
      await table.write({ partition: scope, key: keyOf(day, cell), value }, 'replace');
    },
    async adjust({ subscriptionId, region }, change) {
      const cell = { subscriptionId, region };
      const key = keyOf(latest, cell);
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const row = await table.find<CellPosture>(scope, key);
        const value: CellPosture = { ...cell, posture: change(row?.value.posture ?? emptyPosture) };
        const next = { partition: scope, key, value, ...(row?.version ? { version: row.version } : {}) };
        if (await table.write(next, 'if-unchanged')) {
          return;
        }
        await pause(Math.random() * longestPauseMs);
      }
      throw new Error('The counts of a cell changed again and again while they were being written.');
    },
  };
}
