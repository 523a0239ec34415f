import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Cell } from '../../lib/domain/cell.ts';
import { cutIntoShards } from '../../lib/use-cases/plan-sweep.ts';

const nameOf = ({ subscriptionId, region }: Cell) => `${subscriptionId}|${region}`;

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

test('a bundle holds no more VMs than wanted; only a single cell may be larger', () => {
  fc.assert(
    fc.property(cells, fc.integer({ min: 1, max: 400 }), (all, shardVms) => {
      const tooLarge = cutIntoShards(all, shardVms).filter(({ vmsExpected }) => vmsExpected > shardVms);

      expect(tooLarge.filter((shard) => shard.cells.length > 1)).toEqual([]);
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
