import { managedDisks, readableDisks, whyUntold } from './disk-resource.ts';
import { type Fact, known, unknown } from './fact.ts';
import type { FactSheet } from './fact-sheet.ts';

/**
 * List prices in USD, pay-as-you-go. The fee of an instance by the size of its data: announcement of Azure Backup of 2015, in
 * April 2026 a page built on the price API still had 10.00 for a VM. Storage per GB and month: UK South, April 2026; regions
 * in the US are lower (unconfirmed). Snapshots: list price of disk snapshots (unconfirmed).
 */
export const prices = {
  asOf: '2026-04',
  smallInstance: { upToGb: 50, fee: 5 },
  instance: { perGb: 500, fee: 10 },
  storage: { LocallyRedundant: 0.028, ZoneRedundant: 0.035, GeoRedundant: 0.056 },
  snapshot: 0.05,
} as const;

/** What is assumed where nobody can know from outside: churn a day, compression, and how full disks are. */
export const assumptions = { dailyChurn: 0.02, compression: 0.7, filled: 0.4 } as const;

/** What the backup of a VM costs a month in USD: as full as disks usually are, and as full as they can be. */
export interface CostBand {
  readonly expected: number;
  readonly highest: number;
  /** The redundancy of the vault that is assumed. */
  readonly redundancy: keyof typeof prices.storage;
  /** Month of the prices. */
  readonly pricesOf: string;
}

function feeOf(gb: number): number {
  const { smallInstance, instance } = prices;
  return gb <= smallInstance.upToGb ? smallInstance.fee : instance.fee * Math.max(1, Math.ceil(gb / instance.perGb));
}

function monthly(gb: number, kept: { readonly points: number; readonly snapshotDays: number }, rate: number): number {
  const { dailyChurn, compression } = assumptions;
  const stored = gb * compression * (1 + dailyChurn * kept.points);
  const snapshots = kept.snapshotDays * gb * dailyChurn * prices.snapshot;
  return Math.round((feeOf(gb) + stored * rate + snapshots) * 100) / 100;
}

function redundancyOf(word: string | undefined): CostBand['redundancy'] {
  return word === 'LocallyRedundant' || word === 'ZoneRedundant' ? word : 'GeoRedundant';
}

/**
 * Estimates what a policy costs for a VM, from the sizes of its disks. Data that is seldom changed costs less, monthly and yearly
 * points cost more: it is a band to decide by, not a bill.
 */
export function costBand(
  { disks, diskResources }: Pick<FactSheet, 'disks' | 'diskResources'>,
  kept: { readonly points: number; readonly snapshotDays: number },
  vaultRedundancy: string | undefined,
): Fact<CostBand> {
  if (disks.kind === 'unknown') {
    return disks;
  }
  const inventory = readableDisks(diskResources);
  const sized = managedDisks(disks.value, inventory)
    .filter(({ ephemeral }) => !ephemeral)
    .map((disk) => ({ disk, gb: disk.resource?.sizeGiB ?? disk.sizeGiB }));
  const unsized = sized.find(({ gb }) => gb === undefined);
  if (unsized) {
    return { kind: 'unknown', because: whyUntold(unsized.disk, 'size', inventory) };
  }
  if (sized.length === 0) {
    return unknown('not-reported', 'Azure names no disk of the VM that could be backed up.');
  }
  const gb = sized.reduce((sum, each) => sum + (each.gb ?? 0), 0);
  const redundancy = redundancyOf(vaultRedundancy);
  const rate = prices.storage[redundancy];
  return known(
    {
      expected: monthly(gb * assumptions.filled, kept, rate),
      highest: monthly(gb, kept, rate),
      redundancy,
      pricesOf: prices.asOf,
    },
    disks.source,
  );
}
