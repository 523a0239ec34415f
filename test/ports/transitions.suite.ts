import { randomUUID } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import type { Transition } from '../../lib/use-cases/evaluated.ts';
import type { ChangeFilter, ChangePosition, ChangeSpan, Transitions } from '../../lib/use-cases/ports.ts';
import { transitionOf } from './evaluated-row.ts';

/** What every store of transitions does. `store` is asked for when the tests run. */
export function transitionsSuite(store: () => Transitions): void {
  describe('of a VM', () => {
    test('are told newest first, and no more than asked for', async () => {
      const vmKey = randomUUID();
      await store().add([9, 1, 10, 2, 100].map((revision) => transitionOf(vmKey, revision)));

      const newest = await store().of(vmKey, 3);

      expect(newest.map(({ revision }) => revision)).toEqual([100, 10, 9]);
      expect(await store().of(vmKey, 50)).toHaveLength(5);
    });

    test('are told from below a revision on', async () => {
      const vmKey = randomUUID();
      await store().add([9, 1, 10, 2, 100].map((revision) => transitionOf(vmKey, revision)));

      const revisionsBelow = async (below: number) =>
        (await store().of(vmKey, 2, below)).map(({ revision }) => revision);

      expect([await revisionsBelow(100), await revisionsBelow(9), await revisionsBelow(1)]).toEqual([
        [10, 9],
        [2, 1],
        [],
      ]);
    });

    test('are the same however often they are written', async () => {
      const vmKey = randomUUID();
      const again = transitionOf(vmKey, 7, { why: 'Told again.' });

      await store().add([transitionOf(vmKey, 7), ...[1, 2, 3].map((n) => transitionOf(vmKey, n))]);
      await store().add([again]);

      expect(await store().of(vmKey, 10)).toHaveLength(4);
      expect((await store().of(vmKey, 1))[0]).toEqual(again);
    });

    test('of many VMs are written at once', async () => {
      const keys = Array.from({ length: 40 }, () => randomUUID());

      await store().add(keys.map((vmKey) => transitionOf(vmKey, 1)));

      expect(await store().of(keys[39] ?? '', 10)).toHaveLength(1);
      expect(await store().of(randomUUID(), 10)).toEqual([]);
    });
  });

  describe('of all VMs', () => {
    const span: ChangeSpan = { since: '2026-11-01T00:00:00.000Z', lastDay: '2026-11-20' };

    /** Changes of VMs of a region that no other test has. */
    function changesIn(region: string, instants: readonly string[], change: Partial<Transition> = {}): Transition[] {
      return instants.map((at, n) => transitionOf(randomUUID(), n + 1, { region, at, ...change }));
    }

    async function allPages(
      filter: ChangeFilter,
      size: number,
      own = span,
    ): Promise<readonly (readonly Transition[])[]> {
      const pages: (readonly Transition[])[] = [];
      let after: ChangePosition | undefined;
      do {
        const { rows, next } = await store().since(own, filter, size, after);
        pages.push(rows);
        after = next;
      } while (after);
      return pages;
    }

    const instants = [
      '2026-11-05T23:59:59.999Z',
      '2026-11-20T06:00:00.000Z',
      '2026-11-06T00:00:00.000Z',
      '2026-11-20T06:00:00.001Z',
      '2026-11-20T06:00:00.000Z',
    ];
    const newestFirst = instants.toSorted().toReversed();

    test.each([1, 2, 3, 5, 6])('are told newest first over days without any, in pages of %i', async (size) => {
      const region = randomUUID();
      const added = changesIn(region, instants);
      await store().add(added);

      const pages = await allPages({ region }, size);

      expect(pages.flat().map(({ at }) => at)).toEqual(newestFirst);
      expect(new Set(pages.flat().map(({ vmKey }) => vmKey)).size).toBe(5);
      expect(pages.slice(0, -1).every((page) => page.length === size)).toBe(true);
      expect(pages.at(-1)).not.toEqual([]);
      expect(pages.flat()).toEqual(expect.arrayContaining(added));
    });

    test.each([
      ['2026-11-06T00:00:00.000Z', 4],
      ['2026-11-06T00:00:00.001Z', 3],
      ['2026-11-20T06:00:00.001Z', 1],
      ['2026-11-20T06:00:00.002Z', 0],
      ['2026-11-21T00:00:00.000Z', 0],
    ])('are those since %s, the instant itself included', async (since, expected) => {
      const region = randomUUID();
      await store().add(changesIn(region, instants));

      expect((await allPages({ region }, 10, { ...span, since })).flat()).toHaveLength(expected);
    });

    test.each<[ChangeFilter, readonly string[]]>([
      [{}, ['a', 'b', 'c']],
      [{ to: 'gone' }, ['b']],
      [{ to: 'blocked' }, []],
      [{ owner: "o'brien" }, ['c']],
      [{ owner: "' or '1' eq '1" }, []],
      [{ subscription: 's2', to: 'at-risk' }, ['c']],
    ])('are those that fit %j', async (filter, expected) => {
      const region = randomUUID();
      const at = span.since;
      await store().add([
        transitionOf(randomUUID(), 1, { region, at, name: 'a' }),
        transitionOf(randomUUID(), 1, { region, at, name: 'b', to: 'gone' }),
        transitionOf(randomUUID(), 1, { region, at, name: 'c', owner: "o'brien", subscriptionId: 's2' }),
      ]);

      const found = (await allPages({ region, ...filter }, 2)).flat();

      expect(found.map(({ name }) => name).toSorted()).toEqual(expected);
    });

    test.each([1, 2, 10])('are those of some subscriptions, in pages of %i', async (size) => {
      const region = randomUUID();
      const at = span.since;
      const ids = ['s1', 's2', 's3', 's1', 's3', 's1'];
      await store().add(ids.map((subscriptionId) => transitionOf(randomUUID(), 1, { region, at, subscriptionId })));

      const pages = await allPages({ region, subscriptions: ['s1', 's2'] }, size);

      expect(
        pages
          .flat()
          .map(({ subscriptionId }) => subscriptionId)
          .toSorted(),
      ).toEqual(['s1', 's1', 's1', 's2']);
      expect(pages).toHaveLength(Math.ceil(4 / size));
    });

    test('hold a change once, at its first time, however often and whenever it is written again', async () => {
      const region = randomUUID();
      const [change] = changesIn(region, ['2026-11-19T23:59:00.000Z']);
      if (!change) throw new Error('There is no change.');

      await Promise.all([store().add([change, change]), store().add([change])]);
      await store().add([{ ...change, at: '2026-11-20T00:01:00.000Z', why: 'Told again.' }]);

      expect((await allPages({ region }, 10)).flat()).toEqual([{ ...change, why: 'Told again.' }]);
      expect(await store().of(change.vmKey, 10)).toEqual([{ ...change, why: 'Told again.' }]);
    });

    test('hold both changes of a VM at one instant', async () => {
      const region = randomUUID();
      const vmKey = randomUUID();
      await store().add([1, 2].map((revision) => transitionOf(vmKey, revision, { region })));

      expect((await allPages({ region }, 1)).flat().map(({ revision }) => revision)).toEqual([2, 1]);
    });

    test('are found among many of one day', async () => {
      const [region, other] = [randomUUID(), randomUUID()];
      const at = '2026-11-03T08:00:00.000Z';
      await store().add(
        changesIn(
          region,
          Array.from({ length: 230 }, () => at),
        ),
      );
      await store().add(changesIn(other, [at]));

      const pages = await allPages({ region }, 100);

      expect(pages.map((page) => page.length)).toEqual([100, 100, 30]);
      expect(new Set(pages.flat().map(({ vmKey }) => vmKey)).size).toBe(230);
      expect((await allPages({ region: other }, 100)).flat()).toHaveLength(1);
    });
  });
}
