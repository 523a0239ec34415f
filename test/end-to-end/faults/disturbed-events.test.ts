import { expect, it } from 'vitest';

import { createAzureWriter } from '../../../local/demo/azure-writer.ts';
import { newMachine } from '../../../local/demo/new-machine.ts';
import { generateEstate } from '../../../local/estates/generate.ts';
import { randomStream } from '../../../local/estates/random.ts';
import { vmIdsOf } from '../support/estate-vms.ts';
import {
  type Disturbed,
  differences,
  disturbed,
  expectOrder,
  type Judged,
  judged,
  patience,
  sweepThrough,
  withoutUnknown,
} from './disturbed.ts';
import { faultSeed } from './fault-seed.ts';

const seed = faultSeed('disturbed events', 20_264);
const estate = generateEstate({ vms: 60, seed: 31, subscriptions: 4 });
const vmIds = vmIdsOf(estate);

/** Many writes by a pipeline: new VMs, tags set and taken away again, VMs removed, some of them just changed. */
async function live({ azure, certificate, clock }: Disturbed): Promise<void> {
  const writer = createAzureWriter(azure.armUrl, certificate);
  const random = randomStream(seed, 'writes');
  const tagsOf = new Map(estate.resources.map(({ id, tags }) => [id.toLowerCase(), tags ?? {}]));
  const left = random.shuffled(vmIds);
  for (let number = 0; number < 10; number += 1) {
    const { id, body } = newMachine(estate, number, clock.now());
    await writer.put(id, body);
  }
  for (let write = 0; write < 100; write += 1) {
    const id = random.pick(left);
    const tags = tagsOf.get(id) ?? {};
    await writer.patch(id, { tags: random.chance(50) ? { ...tags, 'backstop-exclude': 'true' } : tags });
  }
  for (const id of left.slice(0, 10)) await writer.remove(id);
}

/** The day as it is after a sweep and all events. */
async function day(neighbourhood: Disturbed): Promise<void> {
  await sweepThrough(neighbourhood);
  await neighbourhood.advanceClock(60);
  await live(neighbourhood);
  await neighbourhood.advanceClock(40);
  expect(await sweepThrough(neighbourhood)).toMatchObject({ state: 'complete', vms: 60, gaps: [] });
}

/** Verdict and failing rules, but for the agent: an event reads it for the VM alone and knows more of it than a sweep. */
async function swept(neighbourhood: Disturbed): Promise<Judged> {
  const rows = Object.entries(withoutUnknown(await judged(neighbourhood)));
  return Object.fromEntries(rows.map(([id, words]) => [id, words.replaceAll(/ agent-\S+/g, '')]));
}

async function dayWithoutEvents(): Promise<Judged> {
  const neighbourhood = await disturbed(estate, { armLimits: 'off', events: { loseOneIn: 1 } });
  await day(neighbourhood);
  return swept(neighbourhood);
}

it('events that come twice, in any order or not at all leave, with a sweep, what a sweep alone leaves', async () => {
  const truth = await dayWithoutEvents();
  const events = { duplicateEvery: 2, loseOneIn: 20, scatterMs: 3000 };
  const neighbourhood = await disturbed(estate, { seed, armLimits: 'off', events });

  await day(neighbourhood);

  expect(neighbourhood.azure.lostEvents.length).toBeGreaterThan(0);
  // The last events come after the sweep.
  await expect.poll(async () => differences(await swept(neighbourhood), truth), patience).toEqual([]);
  await expectOrder(neighbourhood);
  expect(await sweepThrough(neighbourhood)).toMatchObject({ state: 'complete', vms: 60, gaps: [] });
  expect(differences(await swept(neighbourhood), truth)).toEqual([]);
}, 240_000);
