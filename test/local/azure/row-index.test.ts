import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Narrowing } from '../../../local/azure/resource-graph/narrowing.ts';
import type { ResourceGraphRow } from '../../../local/azure/resource-graph/row.ts';
import { RowIndex } from '../../../local/azure/row-index.ts';
import { sampleRow } from '../resource-graph/sample.ts';

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const row = fc
  .record({ id: key, type: fc.constantFrom('VM', 'vm', 'disk'), subscriptionId: fc.constantFrom('', 's1', 'S1', 's2') })
  .map(sampleRow);
const change = fc.record({ key, row: fc.option(row) });
const narrowing: fc.Arbitrary<Narrowing> = fc.record(
  {
    subscriptions: fc.uniqueArray(fc.constantFrom('', 's1', 's2', 's3')).map((ids) => new Set(ids)),
    types: fc.uniqueArray(fc.constantFrom('vm', 'disk', 'nic')).map((types) => new Set(types)),
  },
  { requiredKeys: [] },
);

const isWithin = ({ subscriptionId, type }: ResourceGraphRow, { subscriptions, types }: Narrowing): boolean =>
  (subscriptions?.has(subscriptionId.toLowerCase()) ?? true) && (types?.has(type.toLowerCase()) ?? true);

test('an index gives the rows that a search through all of them would, whatever was written and removed', () => {
  fc.assert(
    fc.property(fc.array(change), narrowing, (changes, wanted) => {
      const index = new RowIndex();
      const all = new Map<string, ResourceGraphRow>();
      for (const each of changes) {
        if (each.row === null) {
          index.delete(each.key);
          all.delete(each.key);
        } else {
          index.put(each.key, each.row);
          all.set(each.key, each.row);
        }
      }

      const expected = [...all.values()].filter((each) => isWithin(each, wanted));

      expect(new Set(index.rows(wanted))).toEqual(new Set(expected));
      expect(index.rows(wanted)).toHaveLength(expected.length);
    }),
  );
});

test('the version of some rows changes with them and with no others', () => {
  fc.assert(
    fc.property(fc.array(change), row, narrowing, (changes, written, watched) => {
      const index = new RowIndex();
      for (const each of changes) if (each.row !== null) index.put(each.key, each.row);
      const before = index.version(watched);

      index.put('another key', written);
      const afterWrite = index.version(watched);
      index.delete('another key');
      const afterRemoval = index.version(watched);

      const changed = isWithin(written, watched);
      expect([afterWrite > before, afterRemoval > afterWrite]).toEqual([changed, changed]);
    }),
  );
});

test('a row that moves to another type leaves the old one', () => {
  const index = new RowIndex();
  index.put('a', sampleRow({ type: 'vm' }));
  index.put('a', sampleRow({ type: 'disk' }));

  expect(index.rows({ types: new Set(['vm']) })).toEqual([]);
  expect(index.rows({ types: new Set(['disk']) })).toHaveLength(1);
});
