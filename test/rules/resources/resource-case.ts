import { judgeResources, type ResourceFinding } from '../../../lib/domain/judge-resources.ts';
import type { ClassicVm, HeldItem, ItemWithoutVm, Resource, ResourceSheet } from '../../../lib/domain/resource.ts';
import type { ResourceRule } from '../../../lib/domain/resource-rule.ts';
import { fact, ownSubscription } from '../healthy-vm.ts';

/** A row of the table of a rule about resources: what is there, and what the rule says of it in words. */
export type ResourceCase = readonly [
  what: string,
  there: Partial<ResourceSheet>,
  expected: readonly { readonly outcome: 'fail' | 'unknown'; readonly [field: string]: unknown }[],
];

function resource(type: string, name: string, group = 'rg-old'): Resource {
  const id = `/subscriptions/${ownSubscription}/resourceGroups/${group}/providers/${type}/${name}`;
  return {
    id,
    name,
    type: type.toLowerCase(),
    resourceGroup: group,
    subscriptionId: ownSubscription,
    region: 'westeurope',
  };
}

/** A classic VM whose network profile is shown, without reserved IP. */
export function classicVm(change: Partial<ClassicVm> = {}): ClassicVm {
  return {
    ...resource('Microsoft.ClassicCompute/virtualMachines', 'old-vm'),
    reservedIps: [],
    endpoints: 0,
    ...change,
  };
}

/** A classic storage account. */
export const storageAccount = resource('Microsoft.ClassicStorage/storageAccounts', 'oldstore');

/** A classic Backup vault. */
export const backupVault = resource('Microsoft.Backup/BackupVault', 'oldvault');

/** A protected item in a vault. */
export function heldItem(name: string): HeldItem {
  const vault = resource('Microsoft.RecoveryServices/vaults', 'rsv-weu', 'rg-backup');
  return {
    ...vault,
    id: `${vault.id}/backupFabrics/Azure/protectionContainers/c;${name}/protectedItems/i;${name}`,
    type: 'microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems',
    name,
    vaultName: 'rsv-weu',
    containerName: `c;${name}`,
    itemName: `i;${name}`,
  };
}

/** A protected item whose VM is not there. */
export function itemWithoutVm(change: Partial<ItemWithoutVm> = {}): ItemWithoutVm {
  return {
    ...heldItem('vm-gone'),
    sourceId: `/subscriptions/${ownSubscription}/resourceGroups/rg-pay/providers/Microsoft.Compute/virtualMachines/vm-gone`,
    wasMissingBefore: true,
    ...change,
  };
}

/** A scope in which there is nothing of it all. */
export const emptyScope: ResourceSheet = {
  classicVms: fact([]),
  classicItems: fact([]),
  classicStorageAccounts: fact([]),
  classicBackupVaults: fact([]),
  itemsWithoutVm: fact([]),
};

/** What one rule says. */
export function resourceFindings(rule: ResourceRule, there: Partial<ResourceSheet>): readonly ResourceFinding[] {
  return judgeResources([rule], { ...emptyScope, ...there });
}
