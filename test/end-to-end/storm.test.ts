import { isDeepStrictEqual } from 'node:util';

import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Evaluated } from '../../lib/use-cases/evaluated.ts';
import type { Run } from '../../lib/use-cases/run.ts';
import { createAzureWriter } from '../../local/demo/azure-writer.ts';
import { type NewMachine, newMachine } from '../../local/demo/new-machine.ts';
import { generateEstate } from '../../local/estates/generate.ts';
import type { Neighbourhood } from '../../local/neighbourhood.ts';
import { startBuilt } from './support/built-app.ts';
import { vmIdsOf } from './support/estate-vms.ts';
import { openQueues } from './support/queues.ts';
import { allVms, bodyOf, countVerdicts, patience, postureOf, sweep } from './support/results.ts';

const estate = generateEstate({ vms: 10, seed: 21, subscriptions: 1 });
const count = 120;
let neighbourhood: Neighbourhood;

beforeAll(async () => {
  neighbourhood = await startBuilt({
    estate,
    // No test waits for minutes: delayed messages come so many times sooner, and the estate's clock is moved on instead.
    faultyStorage: { hurry: 30 },
    settings: { BACKSTOP_SETTLE_SECONDS: '20' },
    // ARM's limits and the quota of Resource Graph are on, as in Azure.
    simulated: { events: { duplicateEvery: 3, scatterMs: 1000 } },
  });
  await sweep(neighbourhood);
  neighbourhood.runClock();
});

afterAll(() => neighbourhood?.stop());

/**
 * Creates VMs and tags each of them twice; answers when each was written last, in milliseconds since 1970 by its id. Each
 * writer keeps to what ARM grants to one caller.
 */
async function writeAll(machines: readonly NewMachine[]): Promise<ReadonlyMap<string, number>> {
  const { azure, certificate, clock } = neighbourhood;
  const writerOf = (token: string) => createAzureWriter(azure.armUrl, certificate, token);
  const [pipeline, tagger, owner] = [writerOf('pipeline'), writerOf('tagger'), writerOf('owner')];
  const written = await Promise.all(
    machines.map(async ({ id, name, body }) => {
      await pipeline.put(id, body);
      await tagger.patch(id, { tags: { owner: 'somebody' } });
      await owner.patch(id, { tags: { owner: `last-writer-of-${name}` } });
      return [id.toLowerCase(), clock.now().getTime()] as const;
    }),
  );
  return new Map(written);
}

/** The last instant that the evidence of a row shows, in milliseconds since 1970: Resource Graph lags by up to five minutes. */
function shownBy({ evidenceAt, trigger }: Evaluated): number {
  return Date.parse(evidenceAt) - (trigger === 'sweep' ? 5 * 60_000 : 0);
}

async function bulkRuns(): Promise<readonly Run[]> {
  const { sweeps } = await bodyOf<{ sweeps: readonly Run[] }>(await neighbourhood.call('sweeps?size=20'));
  return sweeps.filter(({ trigger, finishedAt }) => trigger === 'event' && finishedAt !== undefined);
}

it('a storm of writes is judged in bulk: every VM after its last write, and Azure refuses hardly anything', async () => {
  const queues = openQueues(neighbourhood);
  const machines = Array.from({ length: count }, (_, number) => newMachine(estate, number, neighbourhood.clock.now()));

  const writtenAt = await writeAll(machines);
  // As if this were the end of a storm that is so large that its messages come minutes late.
  await neighbourhood.advanceClock(8);

  const notYetJudged = async () => {
    const rows = new Map((await allVms(neighbourhood)).map((row) => [row.vmId.toLowerCase(), row]));
    const isJudged = ([id, at]: readonly [string, number]) => {
      const row = rows.get(id);
      return row !== undefined && shownBy(row) >= at;
    };
    return [...writtenAt].filter((each) => !isJudged(each)).length;
  };
  await expect.poll(notYetJudged, patience).toBe(0);
  await expect.poll(async () => (await bulkRuns()).length, patience).toBeGreaterThan(0);
  for (const run of await bulkRuns()) {
    expect(run).toMatchObject({ kind: 'changes', state: 'complete', vms: vmIdsOf(estate).length + count });
  }
  const owners = new Map((await allVms(neighbourhood)).map(({ name, owner }) => [name, owner]));
  expect(machines.map(({ name }) => owners.get(name))).toEqual(machines.map(({ name }) => `last-writer-of-${name}`));
  const refused = neighbourhood.azure.requests.filter(({ status }) => status === 429);
  expect(refused.length).toBeLessThan(10);
  for (const queue of ['evaluate-vm-poison', 'sweep-shard-poison']) {
    expect(await queues.peek(queue), queue).toEqual([]);
  }
  // Newborn VMs are looked at again meanwhile, and the two are read one after the other.
  const difference = async () => {
    const rows = await allVms(neighbourhood);
    const { vms, counted } = await postureOf(neighbourhood);
    return isDeepStrictEqual({ vms, counted }, { vms: rows.length, counted: countVerdicts(rows) }) ? 'none' : counted;
  };
  await expect.poll(difference, patience).toBe('none');
}, 60_000);
