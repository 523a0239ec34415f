import type { Estate, EstateResource } from '../../local/estates/estate.ts';

export const subscription = '0c2f8a11-5a9e-4f0e-9a53-6f1d7f5f0001';
export const otherSubscription = '0c2f8a11-5a9e-4f0e-9a53-6f1d7f5f0002';
export const tenantId = '7d1f3a52-2c64-4b0e-9f4e-5a1c0d9be301';
export const estateNow = '2026-11-20T06:00:00.000Z';

const group = (of: string) => `/subscriptions/${of}/resourceGroups/RG-Shop`;

/** Ids as they were once written: in mixed case. */
export const vmId = (name: string, of = subscription): string =>
  `${group(of)}/providers/Microsoft.Compute/virtualMachines/${name}`;
export const vaultId = (name = 'rsv-shop', of = subscription): string =>
  `/subscriptions/${of}/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/${name}`;
export const diskId = (name: string, of = subscription): string =>
  `${group(of)}/providers/Microsoft.Compute/disks/${name}`;
export const nicId = (name: string, of = subscription): string =>
  `${group(of)}/providers/Microsoft.Network/networkInterfaces/${name}`;
export const policyId = (vault = vaultId()): string => `${vault}/backupPolicies/EnhancedPolicy`;
export const itemId = (vm: string, vault = vaultId()): string =>
  `${vault}/backupFabrics/Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-shop;${vm}/protectedItems/VM;iaasvmcontainerv2;rg-shop;${vm}`;

type Properties = EstateResource['properties'];

/** A running VM with an agent that reported just now. */
export function vm(name: string, change: Partial<EstateResource> = {}, of = subscription): EstateResource {
  return {
    id: vmId(name, of),
    name,
    type: 'Microsoft.Compute/virtualMachines',
    location: 'westeurope',
    tags: { owner: 'shop' },
    properties: vmProperties(name, of),
    instanceView: instanceView(),
    ...change,
  };
}

export function vmProperties(name: string, of = subscription): Properties {
  return {
    vmId: `guid-of-${name}`,
    timeCreated: '2026-01-01T00:00:00Z',
    provisioningState: 'Succeeded',
    storageProfile: {
      imageReference: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server' },
      osDisk: { osType: 'Linux', name: `${name}-os`, managedDisk: { id: diskId(`${name}-os`, of) } },
      dataDisks: [],
    },
    osProfile: { computerName: name, linuxConfiguration: { provisionVMAgent: true } },
    hardwareProfile: { vmSize: 'Standard_D2s_v5' },
    networkProfile: { networkInterfaces: [{ id: nicId(name, of) }] },
  };
}

/** The view of a running VM; `status` is that of its agent. */
export function instanceView(status = 'succeeded'): Properties {
  const time = '2026-11-20T05:59:00Z';
  return {
    osName: 'ubuntu',
    osVersion: '24.04',
    vmAgent: {
      vmAgentVersion: '2.14.0.1',
      statuses: [{ code: `ProvisioningState/${status}`, displayStatus: status, message: `Agent: ${status}.`, time }],
    },
    statuses: [{ code: 'ProvisioningState/succeeded' }, { code: 'PowerState/running', displayStatus: 'VM running' }],
  };
}

/** A vault with its one policy, daily at 22:30. */
export function vaultWithPolicy(id = vaultId()): readonly EstateResource[] {
  const schedulePolicy = {
    schedulePolicyType: 'SimpleSchedulePolicyV2',
    scheduleRunFrequency: 'Daily',
    dailySchedule: { scheduleRunTimes: ['2026-01-01T22:30:00Z'] },
  };
  return [
    {
      id,
      name: id.split('/').at(-1) ?? '',
      type: 'Microsoft.RecoveryServices/vaults',
      location: 'westeurope',
      properties: { provisioningState: 'Succeeded' },
    },
    {
      id: policyId(id),
      name: 'EnhancedPolicy',
      type: 'Microsoft.RecoveryServices/vaults/backupPolicies',
      properties: { backupManagementType: 'AzureIaasVM', policyType: 'V2', schedulePolicy },
    },
  ];
}

/** The protected item of a VM, backed up last night. */
export function item(vmName: string, change: Properties = {}, vault = vaultId()): EstateResource {
  return {
    id: itemId(vmName, vault),
    name: `VM;iaasvmcontainerv2;rg-shop;${vmName}`,
    type: 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems',
    properties: {
      backupManagementType: 'AzureIaasVM',
      protectedItemType: 'Microsoft.Compute/virtualMachines',
      workloadType: 'VM',
      healthStatus: 'Passed',
      lastBackupStatus: 'Completed',
      sourceResourceId: vmId(vmName),
      policyId: policyId(vault),
      protectionState: 'Protected',
      lastRecoveryPoint: '2026-11-19T22:31:00.1234567Z',
      ...change,
    },
  };
}

/** When protection of a VM was configured. */
export function configureJob(vmName: string): EstateResource {
  return {
    id: `${vaultId()}/backupJobs/configure-${vmName}`,
    name: `configure-${vmName}`,
    type: 'Microsoft.RecoveryServices/vaults/backupJobs',
    properties: {
      jobType: 'AzureIaaSVMJob',
      backupManagementType: 'AzureIaasVM',
      operation: 'ConfigureBackup',
      status: 'Completed',
      startTime: '2026-11-18T08:00:00Z',
      containerName: `iaasvmcontainerv2;rg-shop;${vmName}`,
    },
  };
}

/** A disk of a VM with nothing special. */
export function disk(id: string, change: Properties = {}): EstateResource {
  return {
    id,
    name: id.split('/').at(-1) ?? '',
    type: 'Microsoft.Compute/disks',
    location: 'westeurope',
    sku: { name: 'Premium_LRS' },
    properties: { diskSizeGB: 30, diskState: 'Attached', ...change },
  };
}

const vnetId = `${group(subscription)}/providers/Microsoft.Network/virtualNetworks/vnet-shop`;
export const subnetId = `${vnetId}/subnets/default`;

/** The one network: nothing stands in the way of traffic there. `subnet` are the properties of its subnet. */
export function network(subnet: Properties = {}): EstateResource {
  return {
    id: vnetId,
    name: 'vnet-shop',
    type: 'Microsoft.Network/virtualNetworks',
    location: 'westeurope',
    properties: {
      addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
      subnets: [{ id: subnetId, name: 'default', properties: { addressPrefix: '10.0.0.0/24', ...subnet } }],
    },
  };
}

/** An interface in that network with one dynamic address. */
export function nic(id: string, change: Properties = {}): EstateResource {
  const address = { primary: true, privateIPAddress: '10.0.0.4', privateIPAllocationMethod: 'Dynamic' };
  return {
    id,
    name: id.split('/').at(-1) ?? '',
    type: 'Microsoft.Network/networkInterfaces',
    location: 'westeurope',
    properties: {
      primary: true,
      ipConfigurations: [{ name: 'ipconfig1', properties: { ...address, subnet: { id: subnetId } } }],
      ...change,
    },
  };
}

/** What every VM comes with, unless it is there already: its disk, its interface and the network. */
function belongings(resources: readonly EstateResource[]): readonly EstateResource[] {
  const vms = resources.filter(({ type }) => type === 'Microsoft.Compute/virtualMachines');
  const all = [
    ...vms.flatMap(({ id, name, location }) => {
      const of = id.split('/')[2];
      const where = location ? { location } : {};
      return [
        { ...disk(diskId(`${name}-os`, of)), ...where, managedBy: id },
        { ...nic(nicId(name, of), { virtualMachine: { id } }), ...where },
      ];
    }),
    ...(vms.length > 0 ? [network()] : []),
  ];
  const there = new Set(resources.map(({ id }) => id.toLowerCase()));
  return [...new Map(all.map((each) => [each.id, each])).values()].filter(({ id }) => !there.has(id.toLowerCase()));
}

/**
 * Two VMs, of which web1 is protected, unless told otherwise; with what VMs come with. A second subscription without
 * anything.
 */
export function testEstate(change: Partial<Estate> = {}): Estate {
  const resources = change.resources ?? [
    vm('web1'),
    vm('web2'),
    ...vaultWithPolicy(),
    item('web1'),
    configureJob('web1'),
  ];
  return {
    format: 'backstop-estate/1',
    now: estateNow,
    tenantId,
    subscriptions: [
      { subscriptionId: subscription, displayName: 'Shop', state: 'Enabled', managementGroupId: 'mg-online' },
      { subscriptionId: otherSubscription, displayName: 'Empty', state: 'Enabled', managementGroupId: 'mg-corp' },
    ],
    denied: [],
    settings: {},
    ...change,
    resources: [...resources, ...belongings(resources)],
  };
}
