import fc from 'fast-check';
import { expect, it } from 'vitest';

import { addCounts, total } from '../../lib/domain/counts.ts';
import {
  addPostures,
  type Counted,
  emptyPosture,
  type Posture,
  postureOf,
  subtractPosture,
} from '../../lib/domain/posture.ts';
import { verdicts } from '../../lib/domain/verdict.ts';

const counted: fc.Arbitrary<Counted> = fc.record({
  verdict: fc.constantFrom(...verdicts),
  failing: fc.uniqueArray(fc.constantFrom('health-rpo', 'disk-count', 'vault-same-region'), { maxLength: 3 }),
  subscriptionId: fc.constantFrom('s1', 's2', 's3'),
  since: fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-11-20T05:59:31.000Z'),
  owner: fc.oneof(fc.constantFrom('team-pay', '(none)'), fc.string()),
  exemption: fc.constantFrom({}, { endsAt: '2026-12-01T00:00:00.000Z' }, { endsAt: '2027-01-01T00:00:00.000Z' }),
  firstProtected: fc.record({
    at: fc.constantFrom('2026-11-19T06:00:00.000Z', '2026-11-20T06:00:00.000Z'),
    minutes: fc.nat(60_000),
  }),
});
const vms = fc.array(counted, { maxLength: 30 });

/** VMs, and the same VMs in another order, each put into one of a few parts. */
const shuffledIntoParts = vms.chain((whole) =>
  fc.tuple(
    fc.constant(whole),
    fc.shuffledSubarray(whole, { minLength: whole.length }),
    fc.array(fc.nat(4), { minLength: whole.length, maxLength: whole.length }),
  ),
);

function plain(posture: Posture): unknown {
  return JSON.parse(JSON.stringify(posture));
}

it('of a whole is the sum of its parts, in any order and any partition', () => {
  fc.assert(
    fc.property(shuffledIntoParts, ([whole, shuffled, parts]) => {
      const postures = [0, 1, 2, 3, 4].map((part) => postureOf(shuffled.filter((_, at) => parts[at] === part)));

      expect(plain(postures.reduce(addPostures, emptyPosture))).toEqual(plain(postureOf(whole)));
    }),
  );
});

it('counts every VM once in each breakdown', () => {
  fc.assert(
    fc.property(vms, (list) => {
      const { vms: count, verdicts: byVerdict, subscriptions, owners } = postureOf(list);

      const byOwner = Object.values(owners).reduce((a, b) => addCounts(a, b), {});
      const sums = [byVerdict, subscriptions, byOwner].map(total);

      expect([count, ...sums]).toEqual([list.length, list.length, list.length, list.length]);
    }),
  );
});

it('loses by subtracting exactly what it gained by adding', () => {
  fc.assert(
    fc.property(vms, vms, (some, others) => {
      const [a, b] = [postureOf(some), postureOf(others)];

      expect(plain(subtractPosture(addPostures(a, b), b))).toEqual(plain(a));
    }),
  );
});
