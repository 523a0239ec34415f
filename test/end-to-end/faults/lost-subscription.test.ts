import { expect, it } from 'vitest';

import { generateEstate } from '../../../local/estates/generate.ts';
import { randomStream } from '../../../local/estates/random.ts';
import { differences, disturbed, expectOrder, judged, sweepThrough } from './disturbed.ts';
import { faultSeed } from './fault-seed.ts';

const seed = faultSeed('a lost subscription', 20_263);
const estate = generateEstate({ vms: 100, seed: 7, subscriptions: 6 });

it('VMs of a subscription that turns forbidden halfway keep their rows, and the sweep says which one it misses', async () => {
  const neighbourhood = await disturbed(estate);
  const { azure } = neighbourhood;
  expect(await sweepThrough(neighbourhood)).toMatchObject({ state: 'complete', vms: 100 });
  const requests = azure.requests.length;
  const truth = await judged(neighbourhood);
  // The one that is swept last, so that it is lost before it has been read.
  const lost =
    estate.subscriptions
      .map(({ subscriptionId }) => subscriptionId)
      .toSorted()
      .at(-1) ?? '';
  const own = Object.keys(truth).filter((id) => id.includes(lost));
  expect(own.length).toBeGreaterThan(5);

  for (const part of [0.1, 0.3, 0.5]) {
    // Every row is old enough to be retired if its VM were gone.
    await neighbourhood.advanceClock(20);
    const after = Math.round(requests * part) + randomStream(seed, 'moment', part * 10).int(10);
    azure.loseAccess(lost, after);

    const run = await sweepThrough(neighbourhood);

    const rows = await judged(neighbourhood);
    expect(
      own.filter((id) => !(id in rows)),
      `after ${after} requests, VMs taken for gone`,
    ).toEqual([]);
    expect(run, `after ${after} requests`).toMatchObject({ state: 'incomplete' });
    expect(JSON.stringify(run.gaps), `after ${after} requests`).toContain(lost);
    const others = Object.keys(truth).filter((id) => !own.includes(id));
    expect(others.filter((id) => rows[id] !== truth[id])).toEqual([]);
    await expectOrder(neighbourhood);

    azure.heal();
    expect(await sweepThrough(neighbourhood)).toMatchObject({ state: 'complete', vms: 100, gaps: [] });
    expect(differences(await judged(neighbourhood), truth)).toEqual([]);
  }
}, 180_000);
