import type { Random } from './random.ts';

/** A VM size and the number of data disks that it takes. */
export type Size = { readonly name: string; readonly maxDataDisks: number };

const sizes: readonly (readonly [weight: number, size: Size])[] = [
  [20, { name: 'Standard_B2ms', maxDataDisks: 4 }],
  [30, { name: 'Standard_D2s_v5', maxDataDisks: 4 }],
  [10, { name: 'Standard_D2as_v5', maxDataDisks: 4 }],
  [15, { name: 'Standard_D4s_v5', maxDataDisks: 8 }],
  [10, { name: 'Standard_E4s_v5', maxDataDisks: 8 }],
  [10, { name: 'Standard_D8s_v5', maxDataDisks: 16 }],
  [5, { name: 'Standard_D16s_v5', maxDataDisks: 32 }],
];

/** A size for more data disks than any small one takes. */
export const manyDisksSize: Size = { name: 'Standard_D32s_v5', maxDataDisks: 32 };
/** A size that takes more data disks than the general-purpose ones. */
export const hugeSize: Size = { name: 'Standard_M64s', maxDataDisks: 64 };

/** Mostly two cores (60 %), few with sixteen (5 %). The shares are assumed. */
export function drawSize(random: Random): Size {
  return random.weighted(sizes);
}

const diskCounts: readonly (readonly [weight: number, least: number, most: number])[] = [
  [45, 0, 0],
  [25, 1, 1],
  [13, 2, 2],
  [10, 3, 4],
  [6, 5, 16],
  [1, 17, 31],
];

/** The number of data disks: mostly none or one. The shares are assumed. */
export function drawDiskCount(random: Random): number {
  const [least, most] = random.weighted(diskCounts.map(([weight, from, to]) => [weight, [from, to] as const] as const));
  return least + random.int(most - least + 1);
}
