import { beforeAll, expect, it } from 'vitest';

import type { FaultRule } from '../../../local/azure/fault-rules.ts';
import { generateEstate } from '../../../local/estates/generate.ts';
import type { StorageFault } from '../../../local/storage/storage-faults.ts';
import { differences, disturbed, expectOrder, type Judged, judged, sweepThrough, undisturbed } from './disturbed.ts';
import { faultSeed } from './fault-seed.ts';

const seed = faultSeed('bursts of refusals', 20_261);
const estate = generateEstate({ vms: 100, seed: 7, subscriptions: 14 });
let truth: Judged;

beforeAll(async () => {
  const { run, judged: rows } = await undisturbed(estate);
  expect(run).toMatchObject({ state: 'complete', vms: 100, gaps: [] });
  expect(run.shards).toBeGreaterThanOrEqual(8);
  truth = rows;
});

/** Refusals of Azure: with a word on when to come back, without one, and out of order. */
function refusalsOfAzure(path: RegExp, oneIn: number): readonly FaultRule[] {
  const bursts = (number: number) => ({ seed: seed + number, oneIn, length: 6, lastsMs: 2000 });
  return [
    { path, status: 429, headers: { 'retry-after': '1' }, bursts: bursts(1) },
    { path, status: 429, bursts: bursts(2) },
    { path, status: 503, bursts: bursts(3) },
  ];
}

/** The same of storage; connections are cut as well, and some of the answers that get lost were those of writes. */
function refusalsOfStorage(service: StorageFault['service'] & string, oneIn: number): readonly StorageFault[] {
  const bursts = (number: number, length: number) => ({ seed: seed + number, oneIn, length, lastsMs: 2000 });
  return [
    { service, bursts: bursts(1, 3), trouble: { kind: 'refused', status: 503, retryAfterSeconds: 1 } },
    { service, bursts: bursts(2, 3), trouble: { kind: 'refused', status: 429 } },
    { service, bursts: bursts(3, 3), trouble: { kind: 'refused', status: 500 } },
    { service, bursts: bursts(4, 1), trouble: { kind: 'cut', isDone: false } },
    { service, bursts: bursts(5, 1), trouble: { kind: 'cut', isDone: true } },
  ];
}

const ofAzure = [...refusalsOfAzure(/ResourceGraph/i, 80), ...refusalsOfAzure(/^\/subscriptions\//i, 120)];
const ofStorage = [...refusalsOfStorage('table', 100), ...refusalsOfStorage('queue', 60)];

it.each<[string, readonly FaultRule[], readonly StorageFault[]]>([
  ['Resource Graph and ARM', ofAzure, []],
  ['tables and queues', [], ofStorage],
])(
  'bursts of refusals from %s delay a sweep and change nothing of what it finds',
  async (_, azureFaults, storageFaults) => {
    const neighbourhood = await disturbed(estate);
    const { azure, storageProxy } = neighbourhood;
    for (const fault of azureFaults) azure.faults(fault);
    for (const fault of storageFaults) storageProxy.faults(fault);

    const run = await sweepThrough(neighbourhood);

    const refused = azure.requests.filter(({ status }) => status >= 429).length + storageProxy.hits.length;
    azure.heal();
    storageProxy.heal();
    expect(run).toMatchObject({ state: 'complete', vms: 100, vmsExpected: 100, shardsDone: run.shards, gaps: [] });
    expect(differences(await judged(neighbourhood), truth)).toEqual([]);
    await expectOrder(neighbourhood);
    expect(refused).toBeGreaterThan(10);
  },
  180_000,
);
