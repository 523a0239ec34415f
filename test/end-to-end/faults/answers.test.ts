import { beforeAll, expect, it } from 'vitest';

import { generateEstate } from '../../../local/estates/generate.ts';
import {
  type Disturbed,
  differences,
  disturbed,
  expectOrder,
  type Judged,
  judged,
  sweepThrough,
  undisturbed,
} from './disturbed.ts';
import { faultSeed } from './fault-seed.ts';

const seed = faultSeed('strange answers', 20_262);
const estate = generateEstate({ vms: 100, seed: 7, subscriptions: 14 });
let truth: Judged;

beforeAll(async () => {
  truth = (await undisturbed(estate)).judged;
});

async function expectAsUndisturbed(neighbourhood: Disturbed): Promise<void> {
  const run = await sweepThrough(neighbourhood);
  expect(run).toMatchObject({ state: 'complete', vms: 100, vmsExpected: 100, shardsDone: run.shards, gaps: [] });
  expect(differences(await judged(neighbourhood), truth)).toEqual([]);
  await expectOrder(neighbourhood);
}

it('a page that fails three times is read at last', async () => {
  const neighbourhood = await disturbed(estate);
  const { azure } = neighbourhood;
  const page = { path: /ResourceGraph/i, asks: /virtualmachines.*skipToken/is } as const;
  azure.faults({ ...page, status: 500, times: 3, onlyRepetitions: true });

  await expectAsUndisturbed(neighbourhood);

  expect(azure.requests.filter(({ status }) => status === 500)).toHaveLength(3);
}, 120_000);

it('empty pages are not taken for the end, neither those of Resource Graph, ARM lists nor tables', async () => {
  const neighbourhood = await disturbed(estate);
  const { azure, storageProxy } = neighbourhood;
  const bursts = { seed, oneIn: 4, length: 2 };
  azure.faults({ path: /\/(ResourceGraph\/resources|vaults|locks|skus|extensions)$/i, bursts, emptyPage: true });
  storageProxy.faults({ bursts, trouble: { kind: 'empty-page' } });

  await expectAsUndisturbed(neighbourhood);

  expect(storageProxy.hits.length).toBeGreaterThan(10);
}, 120_000);

it('a shard whose message comes twice at once is counted once', async () => {
  const neighbourhood = await disturbed(estate);
  const { storageProxy } = neighbourhood;
  storageProxy.faults({ method: 'POST', url: /\/sweep-shard\/messages/, trouble: { kind: 'twice' } });

  await expectAsUndisturbed(neighbourhood);
  const first = storageProxy.hits.length;
  // Nothing has changed, whichever of the two came last.
  expect(await sweepThrough(neighbourhood)).toMatchObject({ state: 'complete', changed: 0 });

  expect(first).toBeGreaterThanOrEqual(8);
}, 120_000);
