import type { EstateResource } from './estate.ts';
import type { Seat } from './vaults.ts';

const vmItem = 'Microsoft.Compute/virtualMachines';

/**
 * Protected items that only take up room: their VMs belong to a subscription that Backstop does not know (the items are
 * marked as `dangling` for the checker of estates). One for each seat.
 */
export function vmFillers(seats: readonly Seat[]): EstateResource[] {
  return seats.map((seat, number) => itemWithoutVm(seat, `${elsewhere}/${vmItem}/farm-${digits(number)}`));
}

/** As many databases in the vault, which take up room as data sources. */
export function databaseFillers(vaultId: string, count: number): EstateResource[] {
  return Array.from({ length: count }, (_, number) => databaseFiller(vaultId, `ledger${digits(number)}`));
}

const digits = (number: number) => String(number + 1).padStart(4, '0');
const elsewhere = '/subscriptions/00000000-0000-4000-8000-00000000fa23/resourceGroups/rg-farm/providers';
const type = 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems';
const fine = { protectionState: 'Protected', healthStatus: 'Passed', isScheduledForDeferredDelete: false };

/** A protected item whose VM is not in the estate. */
export function itemWithoutVm({ vaultId, policyId, policyName }: Seat, sourceResourceId: string): EstateResource {
  const [, group = '', machine = ''] = /\/resourceGroups\/([^/]+)\/.*\/([^/]+)$/i.exec(sourceResourceId) ?? [];
  const container = `iaasvmcontainerv2;${group.toLowerCase()};${machine}`;
  const name = `VM;${container}`;
  return {
    id: `${vaultId}/backupFabrics/Azure/protectionContainers/IaasVMContainer;${container}/protectedItems/${name}`,
    name,
    type,
    dangling: true,
    properties: {
      ...fine,
      friendlyName: machine,
      protectedItemType: vmItem,
      backupManagementType: 'AzureIaasVM',
      workloadType: 'VM',
      containerName: container,
      sourceResourceId,
      virtualMachineId: sourceResourceId,
      vaultId,
      policyId,
      policyName,
      lastBackupStatus: 'Completed',
      dataSourceInfo: { datasourceType: vmItem, resourceID: sourceResourceId },
    },
  };
}

function databaseFiller(vaultId: string, database: string): EstateResource {
  const container = 'VMAppContainer;Compute;rg-farm;sqlfarm01';
  const sourceResourceId = `${elsewhere}/${vmItem}/sqlfarm01`;
  const name = `SQLDataBase;mssqlserver;${database}`;
  return {
    id: `${vaultId}/backupFabrics/Azure/protectionContainers/${container}/protectedItems/${name}`,
    name,
    type,
    dangling: true,
    properties: {
      ...fine,
      friendlyName: database,
      protectedItemType: 'AzureVmWorkloadSQLDatabase',
      backupManagementType: 'AzureWorkload',
      workloadType: 'SQLDataBase',
      containerName: container,
      sourceResourceId,
      vaultId,
      dataSourceInfo: { datasourceType: 'SQLDataBase', resourceID: `${sourceResourceId}/databases/${database}` },
    },
  };
}
