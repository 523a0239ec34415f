import { randomUUID } from 'node:crypto';

import { expect, test } from 'vitest';

import type { Cell } from '../../lib/domain/cell.ts';
import { addPostures, type Posture, postureOf } from '../../lib/domain/posture.ts';
import type { Postures } from '../../lib/use-cases/ports.ts';

const cellOf = (region: string): Cell => ({ subscriptionId: randomUUID(), region });
const oneVm = (owner: string): Posture =>
  postureOf([{ verdict: 'at-risk', failing: ['health-rpo'], region: 'westeurope', owner }]);

/** What every store of postures does. `store` is asked for when the tests run. */
export function posturesSuite(store: () => Postures): void {
  async function latestOf({ subscriptionId }: Cell): Promise<readonly (Cell & { readonly posture: Posture })[]> {
    return (await store().latest()).filter((cell) => cell.subscriptionId === subscriptionId);
  }

  test('the latest counts of a cell are those that replaced the others', async () => {
    const cell = cellOf('westeurope');
    await store().replace(cell, oneVm('a'), '2026-11-19');

    await store().replace(cell, oneVm('b'), '2026-11-20');

    expect(await latestOf(cell)).toEqual([{ ...cell, posture: oneVm('b') }]);
  });

  test('cells of one subscription are kept apart', async () => {
    const cell = cellOf('westeurope');
    const other = { ...cell, region: 'westeurope2' };
    await store().replace(cell, oneVm('a'), '2026-11-20');
    await store().replace(other, oneVm('b'), '2026-11-20');

    expect(await latestOf(cell)).toHaveLength(2);
  });

  test('a cell that nobody has counted starts empty', async () => {
    const cell = cellOf('westeurope');

    await store().adjust(cell, (posture) => addPostures(posture, oneVm("o'brien")));

    expect(await latestOf(cell)).toEqual([{ ...cell, posture: oneVm("o'brien") }]);
  });

  test('of thirty changes at once none is lost', async () => {
    const cell = cellOf('westeurope');

    await Promise.all(
      Array.from({ length: 30 }, () => store().adjust(cell, (posture) => addPostures(posture, oneVm('a')))),
    );

    expect(await latestOf(cell)).toMatchObject([
      { posture: { vms: 30, verdicts: { 'at-risk': 30 }, owners: { a: 30 } } },
    ]);
  });
}
