import { once } from 'node:events';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { createApi } from '../../local/demo/api.ts';
import { generateEstate } from '../../local/estates/generate.ts';
import type { Neighbourhood } from '../../local/neighbourhood.ts';
import { startBuilt } from './support/built-app.ts';
import { vmIdsOf } from './support/estate-vms.ts';
import { openQueues } from './support/queues.ts';
import { allVms, countVerdicts, ended, patience, postureOf } from './support/results.ts';

const estate = generateEstate({ vms: 60, seed: 31, subscriptions: 10 });
let neighbourhood: Neighbourhood;

beforeAll(async () => {
  neighbourhood = await startBuilt({
    estate,
    // A dead worker's messages come back after two seconds instead of ten minutes.
    queueLeaseSeconds: 2,
    settings: {
      BACKSTOP_SHARD_VMS: '4',
      // What fails is tried again soon, not after 30 seconds.
      AzureFunctionsJobHost__extensions__queues__visibilityTimeout: '00:00:01',
      // Shards that hang do not keep the next ones from being fetched.
      AzureFunctionsJobHost__extensions__queues__newBatchThreshold: '4',
    },
    simulated: { resourceGraphQuota: 'off' },
  });
});

afterAll(() => neighbourhood?.stop());

it('a sweep whose process is killed in the middle is completed by the next one, and every VM is counted once', async () => {
  // Two would hold both pages that a process works on at a time, and with them all other shards.
  const hanging = 1;
  neighbourhood.azure.faults({
    path: /ResourceGraph/i,
    asks: /hardwareProfile\.vmSize/,
    status: 503,
    times: hanging,
    delayMs: 600_000,
  });
  const api = createApi(neighbourhood);
  const queues = openQueues(neighbourhood);
  const { runId, shards } = await api.startSweep();
  expect(shards).toBeGreaterThan(hanging + 2);
  await expect.poll(async () => (await api.sweep(runId))?.shardsDone, patience).toBe(shards - hanging);
  await expect.poll(() => queues.count('sweep-shard'), patience).toBe(hanging);

  const { process } = neighbourhood.host.child;
  process.kill('SIGKILL');
  await once(process, 'exit');
  await neighbourhood.restartHost();

  const run = await ended(neighbourhood, runId);
  expect(run).toMatchObject({ state: 'complete', shards, shardsDone: shards, vms: 60, vmsExpected: 60 });
  const vms = await allVms(neighbourhood);
  expect(vms.map(({ vmId }) => vmId.toLowerCase()).toSorted()).toEqual(vmIdsOf(estate));
  const posture = await postureOf(neighbourhood);
  expect(posture).toMatchObject({ vms: 60, counted: countVerdicts(vms), completeness: { complete: true } });
  await expect.poll(() => queues.count('sweep-shard'), patience).toBe(0);
  expect(await queues.count('sweep-shard-poison')).toBe(0);
});
