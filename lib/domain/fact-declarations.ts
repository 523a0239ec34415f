import type { UnknownBecause } from './fact.ts';
import type { FactName, FactSheet } from './fact-sheet.ts';

/** What a fact is, how it is read, and the ARM actions without which it cannot be read. */
export interface FactDeclaration {
  readonly meaning: string;
  /**
   * A: by Resource Graph, in bulk. B: one ARM call per subscription, region, vault or policy. C: one ARM call per VM, only on
   * events, on request and for VMs that ask for action. own: from Backstop's own tables.
   */
  readonly tier: 'A' | 'B' | 'C' | 'A+B' | 'A+C' | 'own';
  readonly actions: readonly string[];
}

const vmRead = 'Microsoft.Compute/virtualMachines/read';
const vaultRead = 'Microsoft.RecoveryServices/Vaults/read';

/** Every fact of a VM. The permissions of the reader are generated from this list. */
export const factDeclarations: Readonly<Record<FactName, FactDeclaration>> = {
  vm: { meaning: 'The model of the VM', tier: 'A+C', actions: [vmRead] },
  tags: { meaning: 'Tags of the VM', tier: 'A+C', actions: [vmRead] },
  inheritedTags: {
    meaning: 'Tags of resource group and subscription',
    tier: 'A',
    actions: ['Microsoft.Resources/subscriptions/read', 'Microsoft.Resources/subscriptions/resourceGroups/read'],
  },
  disks: { meaning: 'Disks as the VM has them', tier: 'A+C', actions: [vmRead] },
  diskResources: {
    meaning: 'Disks as resources of their own',
    tier: 'A+C',
    actions: ['Microsoft.Compute/disks/read'],
  },
  extensions: {
    meaning: 'Extensions of the VM',
    tier: 'A+C',
    actions: ['Microsoft.Compute/virtualMachines/extensions/read'],
  },
  nics: {
    meaning: 'Network interfaces and their addresses',
    tier: 'A+C',
    actions: ['Microsoft.Network/networkInterfaces/read', 'Microsoft.Network/publicIPAddresses/read'],
  },
  network: {
    meaning: 'The network of the VM: rules, routes and ways out',
    tier: 'A',
    actions: [
      'Microsoft.Network/networkInterfaces/read',
      'Microsoft.Network/virtualNetworks/read',
      'Microsoft.Network/networkSecurityGroups/read',
      'Microsoft.Network/routeTables/read',
      'Microsoft.Network/natGateways/read',
      'Microsoft.Network/loadBalancers/read',
      'Microsoft.Network/virtualNetworkGateways/read',
      'Microsoft.Network/virtualHubs/read',
      'Microsoft.Network/azureFirewalls/read',
      'Microsoft.Network/firewallPolicies/read',
      'Microsoft.Network/firewallPolicies/ruleCollectionGroups/read',
      'Microsoft.Network/networkManagers/securityAdminConfigurations/ruleCollections/rules/read',
      'Microsoft.Network/privateEndpoints/read',
      'Microsoft.Network/privateDnsZones/virtualNetworkLinks/read',
    ],
  },
  guestOs: { meaning: 'Operating system of guest and image', tier: 'A+C', actions: [vmRead] },
  power: { meaning: 'Power state', tier: 'A+C', actions: [vmRead] },
  agent: { meaning: 'What the VM agent reports', tier: 'C', actions: [vmRead] },
  scaleSetMode: {
    meaning: 'Orchestration mode of the scale set of the VM',
    tier: 'A',
    actions: ['Microsoft.Compute/virtualMachineScaleSets/read'],
  },
  vmSizes: {
    meaning: 'VM sizes that Azure offers in the region',
    tier: 'B',
    actions: ['Microsoft.Compute/skus/read'],
  },
  keyVaults: {
    meaning: 'Who may use the keys of Azure Disk Encryption',
    tier: 'A',
    actions: [
      'Microsoft.KeyVault/vaults/read',
      'Microsoft.Authorization/roleAssignments/read',
      'Microsoft.Authorization/roleDefinitions/read',
    ],
  },
  vaults: {
    meaning: 'Recovery Services vaults with their locks and settings',
    tier: 'A+B',
    actions: [
      vaultRead,
      'Microsoft.RecoveryServices/Vaults/backupstorageconfig/read',
      'Microsoft.RecoveryServices/Vaults/backupconfig/read',
      'Microsoft.Authorization/locks/read',
    ],
  },
  items: {
    meaning: 'Protected items of the VM',
    tier: 'A+C',
    actions: [
      'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/read',
      'Microsoft.RecoveryServices/Vaults/usages/read',
      'Microsoft.RecoveryServices/Vaults/backupUsageSummaries/read',
      'Microsoft.RecoveryServices/locations/backupStatus/action',
    ],
  },
  policy: {
    meaning: 'Backup policy of the protected item',
    tier: 'A',
    actions: ['Microsoft.RecoveryServices/Vaults/backupPolicies/read'],
  },
  policies: {
    meaning: 'Backup policies of the vaults',
    tier: 'A',
    actions: ['Microsoft.RecoveryServices/Vaults/backupPolicies/read'],
  },
  loads: {
    meaning: 'How much vaults and policies hold',
    tier: 'A',
    actions: ['Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/read'],
  },
  newVaultName: {
    meaning: 'Whether the name of a vault to be created is free',
    tier: 'B',
    // A POST: a role that may only read lacks it.
    actions: ['Microsoft.RecoveryServices/locations/checkNameAvailability/action'],
  },
  jobs: {
    meaning: 'Backup jobs of the item that run or did not complete',
    tier: 'A',
    actions: ['Microsoft.RecoveryServices/Vaults/backupJobs/read'],
  },
  protectedSince: {
    meaning: 'When protection was configured',
    tier: 'A',
    actions: ['Microsoft.RecoveryServices/Vaults/backupJobs/read'],
  },
  restorePoints: {
    meaning: 'Instant restore points of the VM',
    tier: 'A+C',
    actions: [
      'Microsoft.Compute/restorePointCollections/read',
      'Microsoft.Compute/restorePointCollections/restorePoints/read',
    ],
  },
  locks: { meaning: "Locks in the VM's subscription", tier: 'B', actions: ['Microsoft.Authorization/locks/read'] },
  provider: {
    meaning: "Azure Backup's resource provider in the VM's subscription",
    tier: 'B',
    actions: ['Microsoft.Resources/subscriptions/providers/read'],
  },
  azurePolicy: {
    meaning: 'Assignments and exemptions of Azure Policy',
    tier: 'A',
    actions: [
      'Microsoft.Authorization/policyAssignments/read',
      'Microsoft.Authorization/policyExemptions/read',
      'Microsoft.Authorization/policyDefinitions/read',
      'Microsoft.Authorization/policySetDefinitions/read',
    ],
  },
  exemptions: { meaning: 'Exemptions in the register', tier: 'own', actions: [] },
  permissions: {
    meaning: 'What the service may do',
    tier: 'B',
    actions: ['Microsoft.Authorization/permissions/read'],
  },
};

/** A sheet on which every fact is unknown for the same cause. */
export function unreadableSheet(because: UnknownBecause): FactSheet {
  const names = Object.keys(factDeclarations) as FactName[];
  return Object.fromEntries(names.map((name) => [name, { kind: 'unknown', because }])) as FactSheet;
}
