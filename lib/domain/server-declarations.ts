import type { FactDeclaration } from './fact-declarations.ts';
import type { ServerFactName } from './server-sheet.ts';

const engineRead = 'Microsoft.RecoveryServices/Vaults/backupEngines/read';
const vaultRead = 'Microsoft.RecoveryServices/Vaults/read';
const vmRead = 'Microsoft.Compute/virtualMachines/read';

/** Every fact of a backup server: what it is, and what it takes to read it. Tier B: one call per vault, none per server. */
export const serverDeclarations: Readonly<Record<ServerFactName, FactDeclaration>> = {
  engine: { meaning: 'The server as its vault shows it', tier: 'B', actions: [engineRead] },
  registrations: { meaning: 'Registrations of the same host, and of the same vault', tier: 'B', actions: [engineRead] },
  vault: { meaning: 'The vault of the server', tier: 'A', actions: [vaultRead] },
  subscription: {
    meaning: "State of the vault's subscription",
    tier: 'A',
    actions: ['Microsoft.Resources/subscriptions/read'],
  },
  items: {
    meaning: 'Items of the server in its vault',
    tier: 'B',
    actions: ['Microsoft.RecoveryServices/Vaults/backupProtectedItems/read'],
  },
  host: {
    meaning: 'The machine of the server: an Azure VM that its owner named, or a description',
    tier: 'A+B',
    actions: [vmRead, 'Microsoft.Compute/virtualMachines/extensions/read', 'Microsoft.Compute/skus/read'],
  },
  hostVm: { meaning: 'What Backstop said last of the VM of the server', tier: 'own', actions: [] },
};
