import { randomUUID } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import type { Cell } from '../../lib/domain/cell.ts';
import { daysUntil } from '../../lib/domain/day.ts';
import {
  addPostures,
  type Counted,
  emptyPosture,
  type Posture,
  postureOf,
  subtractPosture,
} from '../../lib/domain/posture.ts';
import { trendOf } from '../../lib/domain/trend.ts';
import type { PostureScope, Postures } from '../../lib/use-cases/ports.ts';

const cellOf = (region: string): Cell => ({ subscriptionId: randomUUID(), region });
const day = '2026-11-20';

function countedVm({ subscriptionId }: Cell, change: Partial<Counted> = {}): Counted {
  return { verdict: 'at-risk', failing: ['health-rpo'], subscriptionId, owner: 'shop', ...change };
}

const vmsOf = (cell: Cell, count: number, change: Partial<Counted> = {}): Posture =>
  postureOf(Array.from({ length: count }, () => countedVm(cell, change)));

/** What every store of postures does. `store` is asked for when the tests run. */
export function posturesSuite(store: () => Postures): void {
  async function latestOf({ subscriptionId }: Cell): Promise<readonly (Cell & { readonly posture: Posture })[]> {
    return (await store().latest()).filter((cell) => cell.subscriptionId === subscriptionId);
  }

  /** The sum of the slices of a region that no other test has. */
  async function sumOfSlices(region: string, on?: string): Promise<Posture> {
    const slices = await store().slices(region, on);
    return slices.reduce((sum, slice) => addPostures(sum, slice.posture), emptyPosture);
  }

  async function trend(scope: PostureScope, last: string, count: number): Promise<readonly (number | null)[]> {
    const days = daysUntil(last, count);
    const found = trendOf(await store().trend(scope, days[0] ?? last), days);
    return found.map(({ verdicts }) => verdicts && (verdicts['at-risk'] ?? 0));
  }

  describe('a cell', () => {
    test('has the counts that replaced the others', async () => {
      const cell = cellOf('westeurope');
      await store().replace(cell, vmsOf(cell, 1, { owner: 'a' }), '2026-11-19');

      await store().replace(cell, vmsOf(cell, 1, { owner: 'b' }), day);

      expect(await latestOf(cell)).toEqual([{ ...cell, posture: vmsOf(cell, 1, { owner: 'b' }) }]);
    });

    test('is kept apart from others of its subscription', async () => {
      const cell = cellOf('westeurope');
      const other = { ...cell, region: 'westeurope2' };
      await store().replace(cell, vmsOf(cell, 1), day);
      await store().replace(other, vmsOf(other, 2), day);

      expect(await latestOf(cell)).toHaveLength(2);
      const subscriptions = [cell.subscriptionId];
      expect(await store().cells({ subscriptions })).toHaveLength(2);
      expect(await store().cells({ subscriptions, region: 'westeurope' })).toEqual([
        { ...cell, posture: vmsOf(cell, 1) },
      ]);
    });

    test('that nobody has counted starts empty', async () => {
      const cell = cellOf('westeurope');

      await store().adjust(cell, (posture) => addPostures(posture, vmsOf(cell, 1, { owner: "o'brien" })), day);

      expect(await latestOf(cell)).toEqual([{ ...cell, posture: vmsOf(cell, 1, { owner: "o'brien" }) }]);
    });

    test('is found among several subscriptions that are asked for, and no other is', async () => {
      const [a, b, c] = ['eastus', 'eastus', 'eastus'].map(cellOf);
      if (!(a && b && c)) throw new Error('There are no cells.');
      for (const cell of [a, b, c]) {
        await store().replace(cell, vmsOf(cell, 1), day);
      }

      const found = await store().cells({ subscriptions: [a.subscriptionId, c.subscriptionId] });

      const ids = found.map(({ subscriptionId }) => subscriptionId).toSorted();
      expect(ids).toEqual([a.subscriptionId, c.subscriptionId].toSorted());
    });
  });

  describe('the slices of a region', () => {
    test('are the sum of its cells after any number of changes at once', async () => {
      const region = `r${randomUUID()}`;
      const cells = Array.from({ length: 6 }, () => cellOf(region));

      await Promise.all(
        cells.flatMap((cell) => [
          store().adjust(cell, (posture) => addPostures(posture, vmsOf(cell, 2)), day),
          store().adjust(cell, (posture) => addPostures(posture, vmsOf(cell, 1, { verdict: 'protected' })), day),
          store().adjust(cell, (posture) => subtractPosture(posture, vmsOf(cell, 9, { owner: 'nobody' })), day),
        ]),
      );

      const all = await store().latest();
      const sum = all
        .filter((cell) => cell.region === region)
        .reduce((whole, cell) => addPostures(whole, cell.posture), emptyPosture);
      expect(await sumOfSlices(region)).toEqual(sum);
      expect(sum.vms).toBeGreaterThan(0);
    });

    test('are the same when a cell is counted again, by however many', async () => {
      const region = `r${randomUUID()}`;
      const [cell, other] = [cellOf(region), cellOf(region)];
      await store().replace(other, vmsOf(other, 3), day);

      await Promise.all([1, 2, 3, 4].map(() => store().replace(cell, vmsOf(cell, 2), day)));
      await store().replace(cell, vmsOf(cell, 2), '2026-11-21');

      expect(await sumOfSlices(region)).toEqual(addPostures(vmsOf(other, 3), vmsOf(cell, 2)));
    });

    test('are few, however many subscriptions there are', async () => {
      const region = `r${randomUUID()}`;
      await Promise.all(
        Array.from({ length: 24 }, () => cellOf(region)).map((cell) => store().replace(cell, vmsOf(cell, 1), day)),
      );

      expect((await store().slices(region)).length).toBeLessThanOrEqual(4);
      expect(await sumOfSlices(region)).toMatchObject({ vms: 24, rules: { 'health-rpo': { 'at-risk': 24 } } });
    });
  });

  describe('of thirty changes of a cell at once', () => {
    test('none is lost, neither in the cell nor in its slice nor on the day', async () => {
      const region = `r${randomUUID()}`;
      const cell = cellOf(region);

      await Promise.all(
        Array.from({ length: 30 }, () => store().adjust(cell, (posture) => addPostures(posture, vmsOf(cell, 1)), day)),
      );

      expect(await latestOf(cell)).toEqual([{ ...cell, posture: vmsOf(cell, 30) }]);
      expect(await sumOfSlices(region)).toEqual(vmsOf(cell, 30));
      expect(await store().cells({ subscriptions: [cell.subscriptionId] }, day)).toMatchObject([
        { posture: { vms: 30 } },
      ]);
      expect(await trend({ region }, day, 1)).toEqual([30]);
    });
  });

  describe('the end of a day', () => {
    /** A cell that was counted on three days, the second of them twice. */
    async function countedOnDays(): Promise<Cell> {
      const cell = cellOf(`r${randomUUID()}`);
      await store().replace(cell, vmsOf(cell, 1), '2026-10-30');
      await store().replace(cell, vmsOf(cell, 2), '2026-11-02');
      await store().adjust(cell, (posture) => addPostures(posture, vmsOf(cell, 1)), '2026-11-02');
      await store().replace(cell, vmsOf(cell, 3), '2026-11-04');
      await store().replace(cell, vmsOf(cell, 5), '2026-11-05');
      return cell;
    }

    test.each([
      ['2026-10-29', undefined],
      ['2026-10-30', 1],
      ['2026-11-01', 1],
      ['2026-11-02', 3],
      ['2026-11-04', 3],
      ['2026-11-05', 5],
      ['2026-11-20', 5],
    ])('%s is that of the last change before it', async (on, vms) => {
      const cell = await countedOnDays();

      const cells = await store().cells({ subscriptions: [cell.subscriptionId] }, on);
      const slices = await store().slices(cell.region, on);

      expect(cells.map(({ posture }) => posture.vms)).toEqual(vms === undefined ? [] : [vms]);
      expect(slices.map(({ posture }) => posture.vms)).toEqual(vms === undefined ? [] : [vms]);
    });

    test('is in the trend, of cells as of slices, over the border of a month', async () => {
      const cell = await countedOnDays();
      const expected = [null, 1, 1, 1, 3, 3, 3, 5, 5];

      expect(await trend({ subscriptions: [cell.subscriptionId] }, '2026-11-06', 9)).toEqual(expected);
      expect(await trend({ region: cell.region }, '2026-11-06', 9)).toEqual(expected);
      expect(await trend({ subscriptions: [cell.subscriptionId], region: 'elsewhere' }, '2026-11-06', 1)).toEqual([
        null,
      ]);
    });

    test('of months without a change is that of the last one', async () => {
      const cell = await countedOnDays();

      expect(await trend({ region: cell.region }, '2027-02-01', 2)).toEqual([5, 5]);
    });

    test('stays what it was when a late message tells of a day before', async () => {
      const cell = await countedOnDays();

      await store().adjust(cell, (posture) => addPostures(posture, vmsOf(cell, 1)), '2026-11-04');

      expect(await trend({ region: cell.region }, '2026-11-06', 3)).toEqual([3, 6, 6]);
    });
  });

  describe('times to protect', () => {
    const firstProtected = (at: string, minutes: number): Partial<Counted> => ({
      verdict: 'protected',
      failing: [],
      firstProtected: { at: `${at}T08:00:00.000Z`, minutes },
    });

    async function timesOf(region: string, last: string, count: number): Promise<readonly number[]> {
      const days = daysUntil(last, count);
      const found = trendOf(await store().trend({ region }, days[0] ?? last), days);
      return found.map(({ timeToProtect }) => timeToProtect.minutes);
    }

    test('are told of the day on which VMs were first protected, and stay there', async () => {
      const region = `r${randomUUID()}`;
      const [cell, other] = [cellOf(region), cellOf(region)];
      const onFirst = countedVm(cell, firstProtected('2026-11-19', 30));
      const onSecond = countedVm(cell, firstProtected('2026-11-20', 500));

      await store().replace(cell, postureOf([onFirst]), '2026-11-19');
      await store().replace(cell, postureOf([onFirst]), '2026-11-19');
      await store().replace(cell, postureOf([onFirst, onSecond]), '2026-11-20');
      await store().replace(other, vmsOf(other, 2, firstProtected('2026-11-20', 1000)), '2026-11-20');
      await store().replace(cell, postureOf([onFirst, onSecond]), '2026-11-21');

      expect(await timesOf(region, '2026-11-21', 4)).toEqual([0, 30, 2500, 0]);
    });

    test('are told by an event, once', async () => {
      const region = `r${randomUUID()}`;
      const cell = cellOf(region);
      const before = countedVm(cell, { verdict: 'protectable' });
      const after = countedVm(cell, firstProtected(day, 90));
      const change = (from: Counted, to: Counted) =>
        store().adjust(
          cell,
          (posture) => addPostures(subtractPosture(posture, postureOf([from])), postureOf([to])),
          day,
        );
      await store().replace(cell, postureOf([before]), day);

      await change(before, after);
      await change(after, after);

      expect(await timesOf(region, day, 1)).toEqual([90]);
    });
  });

  test('more owners than a row holds do not keep a cell from being counted', async () => {
    const region = `r${randomUUID()}`;
    const cell = cellOf(region);
    const names = Array.from({ length: 9000 }, (_, n) => `${'ö'.repeat(n % 200)}${n}`);
    const many = [...names, 'shop', 'shop'].map((owner) => countedVm(cell, { owner }));

    await store().replace(cell, postureOf(many), day);

    const [stored] = await latestOf(cell);
    expect(stored?.posture.vms).toBe(9002);
    expect(stored?.posture.owners['shop']).toEqual({ 'at-risk': 2 });
    expect(await sumOfSlices(region)).toEqual(stored?.posture);
  });
}
