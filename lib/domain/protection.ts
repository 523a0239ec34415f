import type { Fact, UnknownBecause } from './fact.ts';
import type { ArmId } from './ids.ts';
import type { Lock } from './lock.ts';
import type { Tags } from './machine.ts';

/** A Recovery Services vault. */
export interface Vault {
  readonly id: string;
  readonly key: ArmId;
  readonly name: string;
  readonly resourceGroup: string;
  readonly subscriptionId: string;
  readonly tenantId: string;
  readonly region: string;
  readonly provisioningState: string;
  /** State of a move to another group or subscription; absent = none. */
  readonly moveState?: string;
  /** State of the vault's subscription (`Enabled`, `Disabled`, `Warned`, `PastDue`); absent = not told. */
  readonly subscriptionState?: string;
  /** Locks on the vault, its group and its subscription. */
  readonly locks: Fact<readonly Lock[]>;
  /** `GeoRedundant`, `ZoneRedundant`, `LocallyRedundant`. */
  readonly redundancy?: string;
  /** Whether the redundancy can still be changed: `Unlocked` or `Locked`. */
  readonly redundancyState?: string;
  /** `Enabled` or `Disabled`. */
  readonly crossRegionRestore?: string;
  /** `Enabled`, `AlwaysON`, `Disabled`. */
  readonly softDeleteState?: string;
  readonly softDeleteDays?: number;
  /** `Disabled`, `Unlocked`, `Locked` or newer values. */
  readonly immutability?: string;
  /** `Enabled`: a Resource Guard must approve changes of protection. */
  readonly multiUserAuthorization?: string;
  /** `Enabled` or `Disabled`; absent = enabled. */
  readonly publicNetworkAccess?: string;
  readonly privateEndpoints: readonly VaultEndpoint[];
  /** Absent = not told. */
  readonly tags?: Tags;
}

/** A private endpoint connection of a vault; `status` is `Approved`, `Pending`, `Rejected` ... */
export interface VaultEndpoint {
  readonly id: string;
  readonly status: string;
}

/** The vaults of a VM's region, and why the list may be incomplete for this VM. */
export interface VaultInventory {
  readonly vaults: readonly Vault[];
  readonly gap?: UnknownBecause;
}

/** Azure Backup's words for the state of an item; the list is open, an unlisted value is judged as unknown. */
export type ProtectionState = string;

/** A protected item: this VM registered in a vault. Instants are ISO 8601 UTC. */
export interface ProtectedItem {
  readonly id: string;
  readonly key: ArmId;
  readonly vaultId: ArmId;
  readonly vaultName: string;
  readonly vaultResourceGroup: string;
  /** Region of the vault, and so of the VM; empty where Azure does not tell. */
  readonly vaultRegion: string;
  readonly containerName: string;
  readonly itemName: string;
  readonly protectionState: ProtectionState;
  readonly policyId?: ArmId;
  readonly policyName?: string;
  readonly lastRecoveryPoint?: string;
  readonly softDeleted: boolean;
  /** End of the soft-delete retention, if Azure says enough to compute it. */
  readonly softDeletedUntil?: string;
  /** Free text of Azure: `Completed`, `Failed`, `InProgress` ... */
  readonly lastBackupStatus?: string;
  readonly lastBackupTime?: string;
  /** Result of Azure's own pre-check: `Passed`, `ActionRequired`, `ActionSuggested`, `Invalid`. */
  readonly healthStatus?: string;
  readonly healthDetails?: readonly HealthDetail[];
  /** Which LUNs are left out of the backup, or alone in it; absent = all disks are in it. */
  readonly diskExclusion?: DiskExclusion;
  /** Whether the item follows its stored policy. */
  readonly policyInconsistent?: boolean;
}

/** A finding of Azure's own pre-check. */
export interface HealthDetail {
  readonly code: string;
  readonly title: string;
  readonly message: string;
  readonly recommendations: readonly string[];
}

/** Selective disk backup: the LUNs of an inclusion list are alone in the backup, others are left out of it. */
export interface DiskExclusion {
  readonly luns: readonly number[];
  readonly isInclusionList: boolean;
}

/** A job of Azure Backup. Instants are ISO 8601. */
export interface BackupJob {
  readonly name: string;
  /** `Backup`, `ConfigureBackup` ... */
  readonly operation: string;
  readonly status: string;
  readonly startedAt: string;
  readonly errorCodes: readonly string[];
  /** Titles and sentences of the errors; the title carries the symbolic name, for example `UserErrorVmNotShutDown`. */
  readonly errorTexts?: readonly string[];
}

/** All items of one VM, and why there may be more than those that were seen. */
export interface ItemInventory {
  readonly live: readonly ProtectedItem[];
  readonly softDeleted: readonly ProtectedItem[];
  readonly gap?: UnknownBecause;
}

/** Order of preference among several live items: the better one is judged. */
const stateOrder = [
  'Protected',
  'IRPending',
  'ProtectionError',
  'ProtectionPaused',
  'BackupsSuspended',
  'ProtectionStopped',
];

function rank(item: ProtectedItem): number {
  const index = stateOrder.indexOf(item.protectionState);
  return index === -1 ? stateOrder.length : index;
}

function newestFirst(a: ProtectedItem, b: ProtectedItem): number {
  return (b.lastRecoveryPoint ?? '').localeCompare(a.lastRecoveryPoint ?? '');
}

/** The live items, the better one first: by state, then by the newest recovery point. Azure lists them in any order. */
export function liveItems(items: ItemInventory): readonly ProtectedItem[] {
  // Nearly every VM has one or none: those need no order.
  if (items.live.length < 2) {
    return items.live;
  }
  return items.live.toSorted((a, b) => rank(a) - rank(b) || newestFirst(a, b) || a.key.localeCompare(b.key));
}

/** The live item that the health rules judge: the better one. */
export function judgedItem(items: ItemInventory): ProtectedItem | undefined {
  return liveItems(items)[0];
}

/** The soft-deleted items, the one that stays longest first, as far as Azure tells. */
export function softDeletedItems(items: ItemInventory): readonly ProtectedItem[] {
  const end = (item: ProtectedItem) => item.softDeletedUntil ?? '';
  return items.softDeleted.toSorted((a, b) => end(b).localeCompare(end(a)) || a.key.localeCompare(b.key));
}

/** Whether new recovery points are made of the item: protected, or waiting for its first backup. */
export function isActive(item: ProtectedItem | undefined): boolean {
  return item?.protectionState === 'Protected' || item?.protectionState === 'IRPending';
}
