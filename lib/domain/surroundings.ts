import type { DiskResource } from './disk-resource.ts';
import type { VmExtension } from './extension.ts';
import type { UnknownBecause } from './fact.ts';
import { type ArmId, armId } from './ids.ts';
import type { KeyVault } from './key-access.ts';
import type { Nic } from './nic.ts';

/** A network interface: what a restore has to recreate, and its row for the network rules. */
export interface NicOfVm {
  readonly nic: Nic;
  readonly row: unknown;
}

/** The resources around some VMs, each by its lower-cased id. What is not among them was not seen, or is not there. */
export interface Surroundings {
  readonly disks: ReadonlyMap<ArmId, DiskResource>;
  readonly nics: ReadonlyMap<ArmId, NicOfVm>;
  /** Allocation of public addresses (`Static` or `Dynamic`). */
  readonly publicIps: ReadonlyMap<ArmId, string>;
  /** Extensions by the id of their VM. */
  readonly extensions: ReadonlyMap<ArmId, readonly VmExtension[]>;
  /** Ids of restore point collections by the id of their VM. */
  readonly restorePoints: ReadonlyMap<ArmId, readonly ArmId[]>;
  /** Orchestration modes of scale sets: `Flexible` or `Uniform`. */
  readonly scaleSets: ReadonlyMap<ArmId, string>;
  readonly keyVaults: ReadonlyMap<ArmId, KeyVault>;
  /** Rows as Azure sends them, of what interfaces and subnets refer to: networks, NSGs, route tables, balancers ... */
  readonly networkRows: ReadonlyMap<ArmId, unknown>;
  /** Why something is not among them, where that is known; also by `extensionsOf` a VM and by `anyCollection`. */
  readonly missing: ReadonlyMap<ArmId, UnknownBecause>;
}

/** Stands for the list of extensions of a VM. */
export function extensionsOf(vm: ArmId): ArmId {
  return armId(`${vm}/extensions`);
}

/** Stands for a restore point collection that does not tell its VM: it may be anybody's. */
export const anyCollection = armId('/restorepointcollections');

function joined<K, V>(all: readonly ReadonlyMap<K, V>[]): ReadonlyMap<K, V> {
  return new Map(all.flatMap((map) => [...map]));
}

/** Several readings as one; of what is in two of them the later one counts. */
export function joinedSurroundings(all: readonly Surroundings[]): Surroundings {
  return {
    disks: joined(all.map(({ disks }) => disks)),
    nics: joined(all.map(({ nics }) => nics)),
    publicIps: joined(all.map(({ publicIps }) => publicIps)),
    extensions: joined(all.map(({ extensions }) => extensions)),
    restorePoints: joined(all.map(({ restorePoints }) => restorePoints)),
    scaleSets: joined(all.map(({ scaleSets }) => scaleSets)),
    keyVaults: joined(all.map(({ keyVaults }) => keyVaults)),
    networkRows: joined(all.map(({ networkRows }) => networkRows)),
    missing: joined(all.map(({ missing }) => missing)),
  };
}
