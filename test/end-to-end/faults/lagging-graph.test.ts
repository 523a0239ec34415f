import { expect, it } from 'vitest';

import { createApi } from '../../../local/demo/api.ts';
import { createAzureWriter } from '../../../local/demo/azure-writer.ts';
import { newMachine } from '../../../local/demo/new-machine.ts';
import { awaitVerdict } from '../../../local/demo/watch-event.ts';
import { generateEstate } from '../../../local/estates/generate.ts';
import { vmIdsOf } from '../support/estate-vms.ts';
import { type Disturbed, differences, disturbed, expectOrder, type Judged, judged, sweepThrough } from './disturbed.ts';

const estate = generateEstate({ vms: 60, seed: 31, subscriptions: 4 });
const vmIds = vmIdsOf(estate);
const removed = vmIds.filter((_, at) => at % 20 === 3);
const changed = vmIds.filter((_, at) => at % 20 === 7);
const lagMs = 10 * 60_000;

/** Creates, changes and removes VMs; answers when the events about them have been worked on, with the ids of the new ones. */
async function live(neighbourhood: Disturbed): Promise<readonly string[]> {
  const { azure, certificate, clock } = neighbourhood;
  const writer = createAzureWriter(azure.armUrl, certificate);
  const api = createApi(neighbourhood);
  const born = [0, 1, 2].map((number) => newMachine(estate, number, clock.now()));
  for (const { id, body } of born) await writer.put(id, body);
  for (const id of changed) await writer.patch(id, { tags: { 'backstop-exclude': 'true' } });
  for (const id of removed) await writer.remove(id);
  for (const { id } of born) await awaitVerdict(api, id, () => true);
  for (const id of changed) await awaitVerdict(api, id, ({ verdict }) => verdict === 'exempt');
  for (const id of removed) await awaitVerdict(api, id, ({ goneAt }) => goneAt !== undefined);
  return born.map(({ id }) => id.toLowerCase());
}

/** A day without a lag: what has to be known in the end. */
async function dayWithoutLag(): Promise<Judged> {
  const neighbourhood = await disturbed(estate);
  await sweepThrough(neighbourhood);
  await neighbourhood.advanceClock(60);
  await live(neighbourhood);
  await neighbourhood.advanceClock(31);
  await sweepThrough(neighbourhood);
  return judged(neighbourhood);
}

it('a sweep that sees the Azure of ten minutes ago takes nothing back that events have told', async () => {
  const truth = await dayWithoutLag();
  const neighbourhood = await disturbed(estate, { lagMs, lagClock: 'estate' });
  await sweepThrough(neighbourhood);
  await neighbourhood.advanceClock(60);
  const born = await live(neighbourhood);
  const known = await judged(neighbourhood);
  await neighbourhood.advanceClock(1);

  const stale = await sweepThrough(neighbourhood);

  const rows = await judged(neighbourhood);
  expect(stale.finishedAt).toBeDefined();
  expect(
    born.filter((id) => !(id in rows)),
    'new VMs that were taken for gone',
  ).toEqual([]);
  expect(
    removed.filter((id) => id in rows),
    'removed VMs that came back',
  ).toEqual([]);
  expect(
    changed.filter((id) => rows[id] !== known[id]),
    'changes that were taken back',
  ).toEqual([]);
  await expectOrder(neighbourhood);

  await neighbourhood.advanceClock(30);
  expect(await sweepThrough(neighbourhood)).toMatchObject({ state: 'complete', vms: truthSize(truth) });
  expect(differences(await judged(neighbourhood), truth)).toEqual([]);
  await expectOrder(neighbourhood);
}, 120_000);

const truthSize = (truth: Judged): number => Object.keys(truth).length;
