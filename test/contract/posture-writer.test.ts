import { randomUUID } from 'node:crypto';

import { DefaultAzureCredential } from '@azure/identity';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { createPostures } from '../../lib/azure/postures-table.ts';
import { createTable, type JsonTable } from '../../lib/azure/table.ts';
import { addPostures, postureOf, sumPostures } from '../../lib/domain/posture.ts';
import type { Postures } from '../../lib/use-cases/ports.ts';
import { type ServiceWithStorage, startServiceWithStorage } from './service-with-storage.ts';
import { estateNow, testEstate } from './test-estate.ts';
import { trustedCertificate } from './trusted-certificate.ts';

const certificate = await trustedCertificate();
let service: ServiceWithStorage;
let table: JsonTable;

beforeAll(async () => {
  service = await startServiceWithStorage(certificate);
  await service.on(testEstate({ resources: [] }), () => new Date(estateNow));
  const credential = new DefaultAzureCredential();
  table = createTable(service.storage.tableServiceUri, 'postures', { credential });
});
afterAll(() => service.stop());

const day = '2026-11-20';
const vmsOf = (subscriptionId: string, count: number) =>
  postureOf(Array.from({ length: count }, () => ({ verdict: 'blocked', failing: ['x'], subscriptionId, owner: 'o' })));

/** What becomes of a write: it is made, its answer is lost, or the process dies before or after it. */
const fates = ['made', 'answer lost', 'killed before', 'killed after'] as const;
type Fate = (typeof fates)[number];

/** Postures in a storage that meets each write with the next of some fates; when they are used up, all is well. */
function posturesUnder(fate: Fate[]): Postures {
  return createPostures({
    ...table,
    async writeTogether(rows) {
      const own = fate.shift() ?? 'made';
      if (own === 'killed before') throw new Error('killed');
      const isWritten = await table.writeTogether(rows);
      if (own === 'killed after') throw new Error('killed');
      return own === 'answer lost' ? false : isWritten;
    },
  });
}

test('a change whose answer was lost is made once', async () => {
  const cell = { subscriptionId: randomUUID(), region: `r${randomUUID()}` };
  const postures = posturesUnder(['answer lost', 'answer lost']);

  await postures.adjust(cell, (posture) => addPostures(posture, vmsOf(cell.subscriptionId, 1)), day);

  expect((await postures.slices(cell.region)).map(({ posture }) => posture.vms)).toEqual([1]);
});

test('slices are the sum of their cells, whatever becomes of the writes of shards and events', async () => {
  const change = fc.record({ cell: fc.nat(4), vms: fc.nat(5), isShard: fc.boolean(), fate: fc.constantFrom(...fates) });
  const property = fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
    const region = `r${randomUUID()}`;
    const cells = Array.from({ length: 5 }, () => ({ subscriptionId: randomUUID(), region }));
    await Promise.all(
      changes.map(async ({ cell: place, vms, isShard, fate }) => {
        const cell = cells[place];
        expect.assert(cell);
        const own = vmsOf(cell.subscriptionId, vms);
        const postures = posturesUnder([fate]);
        const work = () =>
          isShard ? postures.replace(cell, own, day) : postures.adjust(cell, (all) => addPostures(all, own), day);
        // A message comes again when its process was killed.
        await work().catch(work);
      }),
    );
    const { slices, latest } = createPostures(table);
    const bySlices = sumPostures((await slices(region)).map(({ posture }) => posture));
    const byCells = sumPostures(
      (await latest()).filter((cell) => cell.region === region).map(({ posture }) => posture),
    );

    expect(bySlices).toEqual(byCells);
  });

  await fc.assert(property, { numRuns: 15 });
});
