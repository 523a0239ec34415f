import type { FactDeclaration } from './fact-declarations.ts';
import type { ResourceKind } from './resource.ts';

const itemsRead = 'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/read';

/** Every kind of resource that is no VM: what it is, and what it takes to read it. */
export const resourceDeclarations: Readonly<Record<ResourceKind, FactDeclaration>> = {
  classicVms: { meaning: 'Classic VMs', tier: 'A', actions: ['Microsoft.ClassicCompute/virtualMachines/read'] },
  classicItems: { meaning: 'Protected items of classic VMs', tier: 'A', actions: [itemsRead] },
  classicStorageAccounts: {
    meaning: 'Classic storage accounts',
    tier: 'A',
    actions: ['Microsoft.ClassicStorage/storageAccounts/read'],
  },
  classicBackupVaults: { meaning: 'Classic Backup vaults', tier: 'A', actions: ['Microsoft.Backup/BackupVault/read'] },
  itemsWithoutVm: { meaning: 'Protected items whose VM is not there', tier: 'A', actions: [itemsRead] },
};
