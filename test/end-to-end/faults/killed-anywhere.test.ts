import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

import { expect, it } from 'vitest';

import { type AzureWriter, createAzureWriter } from '../../../local/demo/azure-writer.ts';
import { generateEstate } from '../../../local/estates/generate.ts';
import { randomStream } from '../../../local/estates/random.ts';
import { vmIdsOf } from '../support/estate-vms.ts';
import {
  type Disturbed,
  differences,
  disturbed,
  endOf,
  expectOrder,
  judged,
  startSweep,
  sweepThrough,
} from './disturbed.ts';
import { faultSeed } from './fault-seed.ts';

const seed = faultSeed('killed anywhere', 20_265);
const estate = generateEstate({ vms: 60, seed: 31, subscriptions: 10 });
const kills = 20;
/** A message whose process dies five times is given up, rightly: nobody dies so often in one sweep. */
const killsPerSweep = 2;

/** Between two sweeps every third VM is exempted, or no longer: each sweep has rows to write. */
async function flip(writer: AzureWriter, isExempt: boolean): Promise<void> {
  const third = vmIdsOf(estate).filter((_, at) => at % 3 === 0);
  const tagsOf = new Map(estate.resources.map(({ id, tags }) => [id.toLowerCase(), tags ?? {}]));
  for (const id of third) {
    await writer.patch(id, { tags: { ...tagsOf.get(id), ...(isExempt ? { 'backstop-exclude': 'true' } : {}) } });
  }
}

async function kill(neighbourhood: Disturbed): Promise<void> {
  const { process } = neighbourhood.host.child;
  process.kill('SIGKILL');
  await once(process, 'exit');
  await neighbourhood.restartHost();
}

it(`a sweep ends as if nothing had happened when its process is killed at any moment (${kills} of them)`, async () => {
  // No events: only sweeps write.
  const neighbourhood = await disturbed(estate, { events: { loseOneIn: 1 } }, 30);
  const writer = createAzureWriter(neighbourhood.azure.armUrl, neighbourhood.certificate);
  await sweepThrough(neighbourhood);
  const usual = await judged(neighbourhood);
  await flip(writer, true);
  const startedAt = performance.now();
  await sweepThrough(neighbourhood);
  const sweepMs = Math.round(performance.now() - startedAt);
  const flipped = await judged(neighbourhood);
  expect(differences(flipped, usual).length).toBeGreaterThan(10);

  const random = randomStream(seed, 'moments');
  const moments: string[] = [];
  for (let sweep = 0; moments.length < kills; sweep += 1) {
    const isExempt = sweep % 2 === 1;
    await flip(writer, isExempt);
    const asked = startSweep(neighbourhood);
    for (let round = 0; round < killsPerSweep; round += 1) {
      const afterMs = random.int(sweepMs);
      await wait(afterMs);
      moments.push(`sweep ${sweep + 1}, ${afterMs} of ${sweepMs} ms`);
      await kill(neighbourhood);
    }
    const run = await endOf(neighbourhood, await asked);
    const when = moments.slice(-killsPerSweep).join('; ');
    expect(run, when).toMatchObject({ state: 'complete', vms: 60, vmsExpected: 60, shardsDone: run.shards, gaps: [] });
    expect(differences(await judged(neighbourhood), isExempt ? flipped : usual), when).toEqual([]);
  }
  console.log(`killed at: ${moments.join(' | ')}`);
  await expectOrder(neighbourhood);
}, 300_000);
