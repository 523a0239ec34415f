import fc from 'fast-check';
import { expect, test } from 'vitest';

import { createQuota } from '../../local/azure/resource-graph/quota.ts';
import { gateOnClock } from './gate-on-clock.ts';

/** When requests come, and how long each is on its way to Azure and back, in milliseconds. */
const request = fc.record({
  at: fc.nat(20_000),
  there: fc.integer({ min: 1, max: 400 }),
  back: fc.integer({ min: 1, max: 400 }),
});
type Requested = typeof request extends fc.Arbitrary<infer T> ? T : never;

/** What became of the requests that a gate let through to the quota of the simulated Azure. */
async function outcomes(requests: readonly Requested[], quotaSize: number) {
  const { clock, gate } = gateOnClock();
  const charge = createQuota({ requests: quotaSize, windowMs: 5000 }, () => clock.now);
  const granted: boolean[] = [];
  const work = requests.map(async ({ at, there, back }) => {
    await clock.pause(at);
    const ticket = await gate.pass();
    await clock.pause(there);
    const said = charge();
    granted.push(said.granted);
    await clock.pause(back);
    ticket.answered(said);
  });
  await clock.pass(20_000 + (requests.length / quotaSize + 3) * 8000);
  await Promise.all(work);
  return granted;
}

test('whenever requests come and however long they take, none is refused and none is left waiting', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(request, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 15 }),
      async (requests, quotaSize) => {
        const granted = await outcomes(requests, quotaSize);

        expect(granted.filter(Boolean)).toHaveLength(requests.length);
      },
    ),
    { numRuns: 500 },
  );
});
