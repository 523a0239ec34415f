import * as machine from './machine-plants.ts';
import * as place from './place-plants.ts';
import type { Plant } from './plants.ts';
import * as protection from './protection-plants.ts';
import { randomStream } from './random.ts';

/** How a VM starts out, and what is planted into it. */
export type Card = { readonly isProtected: boolean; readonly plants: readonly Plant[] };

type Row = readonly [count: number, start: 'protected' | 'unprotected', ...plants: Plant[]];

/**
 * Every two hundred VMs contain exactly this, in random order: mostly protected, some without backup, and a few of each
 * kind of trouble. Shares are assumed, except that they are chosen to show everything within 300 VMs.
 */
const rows: readonly Row[] = [
  [87, 'protected'],
  [3, 'protected', machine.agentMissing],
  [5, 'protected', machine.agentNotReady],
  [2, 'protected', machine.oldWindowsAgent],
  [2, 'protected', machine.oldLinuxAgent],
  [3, 'protected', machine.retiredWindows],
  [2, 'protected', machine.unendorsedLinux],
  [1, 'protected', machine.dataDisks32],
  [1, 'protected', protection.itemInTwoVaults],
  [2, 'protected', protection.respeltVaultId],
  [2, 'protected', place.namesakeVaultElsewhere],
  [5, 'protected', protection.firstBackupNotDue],
  [1, 'protected', protection.firstBackupOverdue],
  [4, 'protected', protection.stoppedProtection],
  [4, 'protected', protection.overdueRecoveryPoint],
  [5, 'protected', protection.lastBackupFailed],
  [1, 'protected', protection.lastBackupFailed, machine.agentNotReady],
  [2, 'protected', protection.protectionError],
  [2, 'protected', protection.invalidState],
  [1, 'protected', protection.stoppedProtection, machine.oldWindowsAgent],
  [2, 'protected', protection.softDeletedItem],
  [5, 'protected', place.vaultThatMayNotBeRead],
  [1, 'unprotected', place.vaultThatMayNotBeRead],
  [13, 'unprotected'],
  [1, 'unprotected', machine.agentMissing],
  [3, 'unprotected', machine.agentNotReady],
  [1, 'unprotected', machine.oldWindowsAgent],
  [1, 'unprotected', machine.oldLinuxAgent],
  [2, 'unprotected', machine.retiredWindows],
  [2, 'unprotected', machine.unendorsedLinux],
  [1, 'unprotected', machine.dataDisks32],
  [2, 'unprotected', place.namesakeMachine],
  [2, 'unprotected', machine.expiredExemption],
  [1, 'unprotected', machine.expiredExemption, place.noVaultInRegion],
  [4, 'unprotected', place.noVaultInRegion],
  [1, 'unprotected', place.noVaultInRegion, machine.dataDisks33],
  [3, 'unprotected', place.vaultOnlyInOtherSubscription],
  [2, 'unprotected', place.vaultOfWrongKind],
  [2, 'unprotected', machine.dataDisks33],
  [2, 'unprotected', machine.unmanagedDisk],
  [1, 'unprotected', machine.sharedDisk],
  [5, 'unprotected', machine.validExemption],
  [8, 'unprotected', machine.kubernetesNode],
];

const cards: readonly Card[] = rows.flatMap(([count, start, ...plants]) =>
  Array.from({ length: count }, () => ({ isProtected: start === 'protected', plants })),
);

/** Deals the cards one after the other, shuffling anew for every round. */
export function* deal(seed: number): Generator<Card, never> {
  for (let round = 0; ; round++) yield* randomStream(seed, 'deck', round).shuffled(cards);
}
