import type { Fact } from './fact.ts';

/** A resource that is no VM but belongs to the picture: what is left of classic Azure, and items whose VM is gone. */
export interface Resource {
  readonly id: string;
  readonly name: string;
  /** Resource type, lower-cased. */
  readonly type: string;
  readonly resourceGroup: string;
  readonly subscriptionId: string;
  readonly region: string;
}

/** A classic (ASM) VM. What Azure does not show of it is absent; its properties are documented nowhere (unconfirmed). */
export interface ClassicVm extends Resource {
  /** Names of its reserved IPs; absent if its network profile is not shown. */
  readonly reservedIps?: readonly string[];
  /** How many input endpoints it has; absent if its network profile is not shown. */
  readonly endpoints?: number;
}

/** A protected item with the vault that holds it. */
export interface HeldItem extends Resource {
  readonly vaultName: string;
  readonly containerName: string;
  readonly itemName: string;
}

/** A protected item of a VM that a complete inventory does not show. */
export interface ItemWithoutVm extends HeldItem {
  readonly sourceId: string;
  /** The sweep before this one missed the VM as well. */
  readonly wasMissingBefore: boolean;
}

/** What is known of the resources of a scope that are no VMs. */
export interface Resources {
  readonly classicVms: readonly ClassicVm[];
  readonly classicItems: readonly HeldItem[];
  readonly classicStorageAccounts: readonly Resource[];
  readonly classicBackupVaults: readonly Resource[];
  readonly itemsWithoutVm: readonly ItemWithoutVm[];
}

export type ResourceKind = keyof Resources;

/** Each kind of resource: known, or unknown with its cause. */
export type ResourceSheet = { readonly [Kind in ResourceKind]: Fact<Resources[Kind]> };
