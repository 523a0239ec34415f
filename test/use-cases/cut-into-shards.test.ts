import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Cell } from '../../lib/domain/cell.ts';
import { cutIntoShards } from '../../lib/use-cases/plan-sweep.ts';
import type { Shard } from '../../lib/use-cases/run.ts';

const nameOf = ({ subscriptionId, region }: Cell) => `${subscriptionId}|${region}`;

const subscriptionsOf = ({ cells: own }: Shard) => new Set(own.map(({ subscriptionId }) => subscriptionId));

const cells = fc.uniqueArray(
  fc.record({
    subscriptionId: fc.constantFrom('s1', 's2', 's3', 's4'),
    region: fc.constantFrom('r1', 'r2', 'r3', 'r4', 'r5'),
    vms: fc.nat(300),
  }),
  { selector: nameOf },
);

test('every cell is in exactly one shard, and no VM is lost', () => {
  fc.assert(
    fc.property(cells, fc.integer({ min: 1, max: 400 }), (all, shardVms) => {
      const shards = cutIntoShards(all, shardVms);

      expect(shards.flatMap((shard) => shard.cells.map(nameOf)).toSorted()).toEqual(all.map(nameOf).toSorted());
      expect(shards.reduce((sum, { vmsExpected }) => sum + vmsExpected, 0)).toBe(
        all.reduce((sum, { vms }) => sum + vms, 0),
      );
    }),
  );
});

test('what VMs refer to lies in their subscription, so no subscription is cut', () => {
  fc.assert(
    fc.property(cells, fc.integer({ min: 1, max: 400 }), (all, shardVms) => {
      const subscriptions = cutIntoShards(all, shardVms).flatMap((shard) => [...subscriptionsOf(shard)]);

      expect(subscriptions.length).toBe(new Set(subscriptions).size);
    }),
  );
});

test('large subscriptions come first, as they take longest', () => {
  const all = [5, 900, 20, 400].map((vms, n) => ({ subscriptionId: `s${n}`, region: 'r', vms }));

  const shards = cutIntoShards(all, 500);

  expect(shards.map((shard) => [...subscriptionsOf(shard)])).toEqual([['s1'], ['s3', 's2', 's0']]);
});

test('no more subscriptions are bundled than one request may name', () => {
  const all = Array.from({ length: 700 }, (_, n) => ({ subscriptionId: `s${n}`, region: 'r', vms: 1 }));

  const shards = cutIntoShards(all, 1000);

  expect(shards.map((shard) => subscriptionsOf(shard).size)).toEqual([300, 300, 100]);
});

test('a bundle holds no more VMs than wanted; only a single subscription may be larger', () => {
  fc.assert(
    fc.property(cells, fc.integer({ min: 1, max: 400 }), (all, shardVms) => {
      const tooLarge = cutIntoShards(all, shardVms).filter(({ vmsExpected }) => vmsExpected > shardVms);

      expect(tooLarge.filter((shard) => subscriptionsOf(shard).size > 1)).toEqual([]);
    }),
  );
});

test('the order in which Azure counts does not matter', () => {
  fc.assert(
    fc.property(cells, fc.integer({ min: 1, max: 400 }), (all, shardVms) => {
      expect(cutIntoShards(all.toReversed(), shardVms)).toEqual(cutIntoShards(all, shardVms));
    }),
  );
});

test('shards are numbered so that their ids sort', () => {
  const many = Array.from({ length: 12 }, (_, n) => ({ subscriptionId: `s${n}`, region: 'r', vms: 5 }));

  const ids = cutIntoShards(many, 5).map(({ shardId }) => shardId);

  expect(ids).toEqual(ids.toSorted());
  expect(ids[0]).toBe('0001');
});
