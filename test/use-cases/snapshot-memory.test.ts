import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { expect, test } from 'vitest';

import { listSnapshots } from '../../lib/use-cases/list-snapshots.ts';
import { takeSnapshot } from '../../lib/use-cases/take-snapshot.ts';
import { evaluatedRow } from '../ports/evaluated-row.ts';
import { serviceOfFile } from './service-of-file.ts';
import { snapshotService } from './snapshot-service.ts';

const file = await serviceOfFile();
const rows = 100_000;
const megabyte = 1024 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What is in use, in megabytes, when everything that can be freed is. */
function usedMegabytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / megabyte;
}

test('a snapshot of 100,000 VMs takes no more memory than one of a few', { timeout: 120_000 }, async () => {
  const { ports, evidence } = await snapshotService(file, '2026-11-20T06:00:00.000Z');
  const used: number[] = [];
  let characters = 0;
  async function* each() {
    for (let n = 0; n < rows; n += 1) {
      if (n % 10_000 === 0) used.push(usedMegabytes());
      const row = evaluatedRow({ subscriptionId: 's', name: `vm${n}`, unknown: [`${Math.sin(n)}`.repeat(40)] });
      characters += JSON.stringify(row).length;
      yield row;
    }
  }
  const large = { ...ports, evaluations: { ...ports.evaluations, each } };

  await takeSnapshot(large, evidence(), { isOn: true, keptDays: 0 }, { day: '2026-11-20' });

  const [first = 0] = used;
  expect((await listSnapshots(evidence(), 1)).snapshots[0]?.parts.at(-1)).toMatchObject({ rows });
  expect(characters / megabyte).toBeGreaterThan(100);
  expect(Math.max(...used) - first).toBeLessThan(50);
});
