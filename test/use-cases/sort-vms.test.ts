import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Evaluated } from '../../lib/use-cases/evaluated.ts';
import { nextInOrder, type SortedPosition, sorts } from '../../lib/use-cases/sort-vms.ts';
import { evaluatedRow } from '../ports/evaluated-row.ts';

const row = fc
  .record({
    name: fc.constantFrom('web', 'WEB', 'db', 'ünï', "o'brien"),
    since: fc.constantFrom('2026-11-20T06:00:00.000Z', '2026-11-19T06:00:00.000Z'),
    verdict: fc.constantFrom('protected' as const, 'blocked' as const, 'excluded' as const),
    lastRecoveryPoint: fc.option(fc.constantFrom('2026-11-19T22:00:00Z', '2026-11-18T22:00:00Z'), { nil: undefined }),
    subscriptionId: fc.constantFrom('a', 'b'),
    vmKey: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 20, maxLength: 20 }),
  })
  .map(({ lastRecoveryPoint, ...rest }) =>
    evaluatedRow({ ...rest, ...(lastRecoveryPoint ? { lastRecoveryPoint } : {}) }),
  );

async function* stream(rows: readonly Evaluated[]): AsyncGenerator<Evaluated> {
  yield* rows;
}

test('pages of any size, put together, are all rows, each once, in order; backwards is the other way round', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(row, { selector: ({ vmKey }) => vmKey, maxLength: 60 }),
      fc.constantFrom(...sorts),
      fc.integer({ min: 1, max: 20 }),
      async (rows, sort, size) => {
        const listed: Evaluated[] = [];
        let after: SortedPosition | undefined;
        do {
          const page = await nextInOrder(stream(rows), sort, size, after);
          expect(page.rows.length).toBeLessThanOrEqual(size);
          listed.push(...page.rows);
          after = page.next;
        } while (after);

        const whole = await nextInOrder(stream(rows.toReversed()), sort, 1000, undefined);
        expect(listed).toEqual(whole.rows);
        expect(new Set(listed)).toEqual(new Set(rows));
      },
    ),
  );
});

test.each([
  ['name', ['db', "o'brien", 'WEB']],
  ['-name', ['WEB', "o'brien", 'db']],
  ['verdict', ['WEB', 'db', "o'brien"]],
  ['lastRecoveryPoint', ['db', "o'brien", 'WEB']],
  ['-since', ['db', 'WEB', "o'brien"]],
] as const)('sorted by %s', async (sort, expected) => {
  const rows = [
    evaluatedRow({
      subscriptionId: 's',
      name: 'WEB',
      verdict: 'protected',
      lastRecoveryPoint: '2026-11-19T22:00:00Z',
      since: '2026-11-02',
    }),
    evaluatedRow({ subscriptionId: 's', name: 'db', verdict: 'blocked', since: '2026-11-03' }),
    evaluatedRow({
      subscriptionId: 's',
      name: "o'brien",
      verdict: 'exempt',
      lastRecoveryPoint: '2026-11-18T22:00:00Z',
      since: '2026-11-01',
    }),
  ];

  const { rows: sorted } = await nextInOrder(stream(rows), sort, 9, undefined);

  expect(sorted.map(({ name }) => name)).toEqual(expected);
});
