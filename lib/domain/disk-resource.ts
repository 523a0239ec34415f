import type { Fact, UnknownBecause } from './fact.ts';
import type { ArmId } from './ids.ts';
import type { Disk } from './machine.ts';
import { untilOthers } from './memo.ts';

/** A managed disk as a resource of its own. */
export interface DiskResource {
  readonly key: ArmId;
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: string;
  /** For example `Premium_LRS`, `PremiumV2_LRS`, `UltraSSD_LRS`. */
  readonly sku?: string;
  readonly sizeGiB?: number;
  /** VMs that may use the disk at a time; absent = 1. */
  readonly maxShares?: number;
  readonly dataAccessAuthMode?: string;
  /** `TrustedLaunch`, `ConfidentialVM_...`; absent = none. */
  readonly securityType?: string;
  readonly confidentialVmVersion?: string;
  /** Azure Disk Encryption; absent = not encrypted by it. */
  readonly diskEncryption?: DiskEncryption;
}

/** Azure Disk Encryption of one disk: the key vaults of its secrets (BEK) and, with a key encryption key, of its keys. */
export interface DiskEncryption {
  readonly secretVaults: readonly ArmId[];
  readonly keyVaults: readonly ArmId[];
}

/** The resources of a VM's disks, in any order, and why some of the disks could not be read as resources. */
export interface DiskInventory {
  readonly read: readonly DiskResource[];
  /** Why a disk that is not in `read` is missing. */
  readonly missing: UnknownBecause;
}

/** A disk of a VM with its resource, as far as that was read. */
export interface AttachedDisk extends Disk {
  readonly resource?: DiskResource;
}

const nothingRead: DiskInventory['read'] = [];

/** The disk resources as far as they were read: none where the whole inventory could not be. */
export function readableDisks(inventory: Fact<DiskInventory>): DiskInventory {
  return inventory.kind === 'known' ? inventory.value : { read: nothingRead, missing: inventory.because };
}

/** The disks that outlive a stop of the VM: all but an ephemeral OS disk, which lives on the host. */
export function lastingDisks(disks: readonly Disk[]): readonly Disk[] {
  return disks.some(({ ephemeral }) => ephemeral) ? disks.filter(({ ephemeral }) => !ephemeral) : disks;
}

/** The managed disks of a VM with their resources; an unmanaged disk is a blob and has none. */
export const managedDisks = untilOthers((disks: readonly Disk[], { read }: DiskInventory): readonly AttachedDisk[] =>
  disks
    .filter(({ unmanaged }) => !unmanaged)
    .map((disk) => {
      const resource = read.find(({ key }) => key === disk.id);
      return resource ? { ...disk, resource } : disk;
    }),
);

/** Why a value of a disk is not known: its resource could not be read, or Azure leaves the value out. */
export function whyUntold(disk: AttachedDisk, what: string, inventory: DiskInventory): UnknownBecause {
  return disk.resource
    ? { cause: 'not-reported', detail: `Azure does not tell the ${what} of disk ${disk.name}.` }
    : inventory.missing;
}

/** Why some of these disks have no resource; `undefined` if the resource of each was read. */
export function unreadDisk(disks: readonly AttachedDisk[], inventory: DiskInventory): UnknownBecause | undefined {
  return disks.every(({ resource }) => resource) ? undefined : inventory.missing;
}
