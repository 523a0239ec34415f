import * as agent from './agent-plants.ts';
import * as run from './backup-run-plants.ts';
import * as decision from './decision-plants.ts';
import * as disk from './disk-plants.ts';
import * as model from './model-plants.ts';
import * as os from './os-plants.ts';
import * as place from './place-plants.ts';
import type { Plant } from './plants.ts';
import * as policy from './policy-plants.ts';
import * as protection from './protection-plants.ts';
import { randomStream } from './random.ts';
import * as restore from './restore-plants.ts';

/** How a VM starts out, and what is planted into it. */
export type Card = { readonly isProtected: boolean; readonly plants: readonly Plant[] };

type Row = readonly [count: number, start: 'protected' | 'unprotected', ...plants: Plant[]];

/**
 * Every two hundred VMs contain exactly this, in random order: mostly protected, some without backup, and a few of each
 * kind of trouble. Shares are assumed, except that they are chosen to show everything within 300 VMs.
 */
const rows: readonly Row[] = [
  [87, 'protected'],
  [3, 'protected', agent.agentMissing],
  [5, 'protected', agent.agentNotReady],
  [2, 'protected', agent.oldWindowsAgent],
  [2, 'protected', agent.oldLinuxAgent],
  [1, 'protected', agent.failedExtension],
  [3, 'protected', os.retiredWindows],
  [2, 'protected', os.unendorsedLinux],
  [1, 'protected', disk.dataDisks32],
  [1, 'protected', model.provisioningFailed],
  [1, 'protected', model.spot],
  [1, 'protected', policy.keepsTooShort],
  [1, 'protected', restore.loadBalanced],
  [1, 'protected', restore.staticAddress],
  [1, 'protected', restore.domainController],
  [1, 'protected', restore.inAvailabilitySet],
  [1, 'protected', protection.itemInTwoVaults],
  [2, 'protected', protection.respeltVaultId],
  [2, 'protected', place.namesakeVaultElsewhere],
  [4, 'protected', protection.firstBackupNotDue],
  [1, 'protected', protection.firstBackupOverdue],
  [3, 'protected', protection.stoppedProtection],
  [3, 'protected', protection.overdueRecoveryPoint],
  [4, 'protected', run.lastBackupFailed],
  [1, 'protected', run.lastBackupFailed, agent.agentNotReady],
  [2, 'protected', protection.protectionError],
  [2, 'protected', protection.invalidState],
  [1, 'protected', protection.stoppedProtection, agent.oldWindowsAgent],
  [2, 'protected', protection.softDeletedItem],
  [4, 'protected', place.vaultThatMayNotBeRead],
  [1, 'unprotected', place.vaultThatMayNotBeRead],
  [13, 'unprotected'],
  [1, 'unprotected', agent.agentMissing],
  [3, 'unprotected', agent.agentNotReady],
  [1, 'unprotected', agent.oldWindowsAgent],
  [1, 'unprotected', agent.oldLinuxAgent],
  [2, 'unprotected', os.retiredWindows],
  [2, 'unprotected', os.unendorsedLinux],
  [1, 'unprotected', disk.dataDisks32],
  [2, 'unprotected', place.namesakeMachine],
  [2, 'unprotected', decision.expiredExemption],
  [1, 'unprotected', decision.expiredExemption, place.noVaultInRegion],
  [4, 'unprotected', place.noVaultInRegion],
  [1, 'unprotected', place.noVaultInRegion, disk.dataDisks33],
  [3, 'unprotected', place.vaultOnlyInOtherSubscription],
  [2, 'unprotected', place.vaultOfWrongKind],
  [2, 'unprotected', disk.dataDisks33],
  [2, 'unprotected', disk.unmanagedDisk],
  [1, 'unprotected', disk.sharedDisk],
  [4, 'unprotected', decision.validExemption],
  [6, 'unprotected', decision.kubernetesNode],
];

const cards: readonly Card[] = rows.flatMap(([count, start, ...plants]) =>
  Array.from({ length: count }, () => ({ isProtected: start === 'protected', plants })),
);

/** Deals the cards one after the other, shuffling anew for every round. */
export function* deal(seed: number): Generator<Card, never> {
  for (let round = 0; ; round++) yield* randomStream(seed, 'deck', round).shuffled(cards);
}
