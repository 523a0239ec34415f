import type { DeniedRead, Estate, EstateResource } from '../../../local/estates/estate.ts';

export const subscriptionId = '0c2f8a11-5a9e-4f0e-9a53-6f1d7f5f0001';
export const otherSubscriptionId = '0c2f8a11-5a9e-4f0e-9a53-6f1d7f5f0002';
export const tenantId = '7d1f3a52-2c64-4b0e-9f4e-5a1c0d9be301';
export const estateNow = new Date('2026-11-20T06:00:00Z');

const group = `/subscriptions/${subscriptionId}/resourceGroups/RG-Shop`;

/** The id of a VM of the small estate, in the case in which it was created. */
export const vmId = (name: string): string => `${group}/providers/Microsoft.Compute/virtualMachines/${name}`;
export const nicId = (vm: string): string => `${group}/providers/Microsoft.Network/networkInterfaces/${vm}-nic`;
export const vnetId = `${group}/providers/Microsoft.Network/virtualNetworks/vnet`;
export const vaultId = `/subscriptions/${subscriptionId}/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/rsv-shop`;
export const itemId = (vm: string): string =>
  `${vaultId}/backupFabrics/Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-shop;${vm}/protectedItems/VM;iaasvmcontainerv2;rg-shop;${vm}`;
export const jobId = (name: string): string => `${vaultId}/backupJobs/${name}`;
export const policyId = `${vaultId}/backupPolicies/EnhancedPolicy`;

/** Five VMs, one vault that protects web1 and (soft-deleted) web2, a second subscription without anything. */
export function smallEstate(denied: readonly DeniedRead[] = []): Estate {
  const vms = ['web1', 'web2', 'web3', 'web4', 'web5'];
  return {
    format: 'backstop-estate/1',
    now: estateNow.toISOString(),
    tenantId,
    subscriptions: [
      { subscriptionId, displayName: 'Shop', state: 'Enabled', managementGroupId: 'mg-online' },
      { subscriptionId: otherSubscriptionId, displayName: 'Empty', state: 'Enabled', managementGroupId: 'mg-corp' },
    ],
    denied: [...denied],
    settings: {},
    resources: [...vms.flatMap((name) => [vm(name), nic(name)]), extension, vnet, ...vault, ...items, ...jobs, lock],
  };
}

function vm(name: string): EstateResource {
  return {
    id: vmId(name),
    name,
    type: 'Microsoft.Compute/virtualMachines',
    location: 'westeurope',
    tags: { owner: 'shop' },
    plan: null,
    properties: {
      vmId: `vm-guid-${name}`,
      timeCreated: '2026-01-01T00:00:00Z',
      provisioningState: 'Succeeded',
      storageProfile: { osDisk: { osType: 'Linux', name: `${name}-os` }, dataDisks: [] },
      networkProfile: { networkInterfaces: [{ id: nicId(name) }] },
    },
    instanceView: {
      osName: 'ubuntu',
      osVersion: '24.04',
      hyperVGeneration: 'V2',
      vmAgent: {
        vmAgentVersion: '2.14.0.1',
        statuses: [{ code: 'ProvisioningState/succeeded', displayStatus: 'Ready' }],
      },
      statuses: [{ code: 'ProvisioningState/succeeded' }, { code: 'PowerState/running', displayStatus: 'VM running' }],
    },
  };
}

function nic(name: string): EstateResource {
  return {
    id: nicId(name),
    name: `${name}-nic`,
    type: 'Microsoft.Network/networkInterfaces',
    location: 'westeurope',
    properties: { provisioningState: 'Succeeded', ipConfigurations: [], virtualMachine: { id: vmId(name) } },
  };
}

const extension: EstateResource = {
  id: `${vmId('web1')}/extensions/VMSnapshotLinux`,
  name: 'VMSnapshotLinux',
  type: 'Microsoft.Compute/virtualMachines/extensions',
  location: 'westeurope',
  properties: { publisher: 'Microsoft.Azure.RecoveryServices', provisioningState: 'Succeeded' },
};

const vnet: EstateResource = {
  id: vnetId,
  name: 'vnet',
  type: 'Microsoft.Network/virtualNetworks',
  location: 'westeurope',
  properties: {
    subnets: [{ id: `${vnetId}/subnets/servers`, name: 'servers', properties: { addressPrefix: '10.0.0.0/24' } }],
  },
};

const vault: readonly EstateResource[] = [
  {
    id: vaultId,
    name: 'rsv-shop',
    type: 'Microsoft.RecoveryServices/vaults',
    location: 'WestEurope',
    sku: { name: 'Standard' },
    properties: { provisioningState: 'Succeeded' },
  },
  {
    id: policyId,
    name: 'EnhancedPolicy',
    type: 'Microsoft.RecoveryServices/vaults/backupPolicies',
    properties: { backupManagementType: 'AzureIaasVM', policyType: 'V2' },
  },
];

function item(vmName: string, properties: EstateResource['properties']): EstateResource {
  return {
    id: itemId(vmName),
    name: `VM;iaasvmcontainerv2;rg-shop;${vmName}`,
    type: 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems',
    properties: {
      backupManagementType: 'AzureIaasVM',
      protectedItemType: 'Microsoft.Compute/virtualMachines',
      workloadType: 'VM',
      sourceResourceId: vmId(vmName),
      policyId,
      extendedInfo: { recoveryPointCount: 3 },
      ...properties,
    },
  };
}

const items = [
  item('web1', { protectionState: 'Protected' }),
  item('web2', { protectionState: 'ProtectionStopped', isScheduledForDeferredDelete: true }),
];

function job(name: string, operation: string, startTime: string): EstateResource {
  return {
    id: jobId(name),
    name,
    type: 'Microsoft.RecoveryServices/vaults/backupJobs',
    properties: {
      jobType: 'AzureIaaSVMJob',
      backupManagementType: 'AzureIaasVM',
      operation,
      status: 'Completed',
      startTime,
      dataSourceId: vmId('web1'),
    },
  };
}

const jobs = [
  job('job-configure', 'ConfigureBackup', '2026-11-10T08:00:00Z'),
  job('job-backup', 'Backup', '2026-11-19T22:30:00Z'),
  job('job-ancient', 'Backup', '2026-10-01T22:30:00Z'),
];

const lock: EstateResource = {
  id: `${group}/providers/Microsoft.Authorization/locks/keep`,
  name: 'keep',
  type: 'Microsoft.Authorization/locks',
  properties: { level: 'CanNotDelete', notes: '' },
};
