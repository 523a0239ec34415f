import { validExemption } from './decision-plants.ts';
import type { Card } from './deck.ts';
import {
  movedMachine,
  namesakeMachine,
  noVaultInRegion,
  vaultOfWrongKind,
  vaultOnlyInOtherSubscription,
} from './place-plants.ts';
import type { Plant } from './plants.ts';
import { itemInTwoVaults, softDeletedItem } from './protection-plants.ts';
import { randomStream } from './random.ts';

type Row = readonly [count: number, start: 'protected' | 'unprotected', ...plants: Plant[]];

function* dealt(rows: readonly Row[], seed: number, name: string): Generator<Card, never> {
  const cards = rows.flatMap(([count, start, ...plants]) =>
    Array.from({ length: count }, () => ({ isProtected: start === 'protected', plants })),
  );
  for (let round = 0; ; round++) yield* randomStream(seed, name, round).shuffled(cards);
}

/** VMs beside which protected items without a VM are left, and some that only look like it. */
export function dealLeftovers(seed: number): Generator<Card, never> {
  const rows: readonly Row[] = [
    [12, 'protected'],
    [2, 'protected', itemInTwoVaults],
    [2, 'protected', softDeletedItem],
    [6, 'unprotected', movedMachine],
    [2, 'unprotected', namesakeMachine],
    [6, 'unprotected'],
  ];
  return dealt(rows, seed, 'leftovers deck');
}

/** VMs for a company whose configuration names no vault that could hold a VM. */
export function dealWrongKind(seed: number): Generator<Card, never> {
  const rows: readonly Row[] = [
    [8, 'protected'],
    [8, 'unprotected'],
    [3, 'unprotected', vaultOfWrongKind],
    [3, 'unprotected', noVaultInRegion],
    [2, 'unprotected', vaultOnlyInOtherSubscription],
    [1, 'unprotected', validExemption],
  ];
  return dealt(rows, seed, 'wrong kind deck');
}
