import type { BackupPolicy } from '../../lib/domain/backup-policy.ts';
import type { DiskResource } from '../../lib/domain/disk-resource.ts';
import { type Fact, known, unknown } from '../../lib/domain/fact.ts';
import type { FactSheet } from '../../lib/domain/fact-sheet.ts';
import { type ArmId, armId, parseVmId } from '../../lib/domain/ids.ts';
import type { Disk, Machine } from '../../lib/domain/machine.ts';
import type { NetworkInput } from '../../lib/domain/network-rows.ts';
import type { NicInventory } from '../../lib/domain/nic.ts';
import type { ProtectedItem, Vault } from '../../lib/domain/protection.ts';
import type { RegisteredExemption } from '../../lib/domain/registered-exemption.ts';
import type { JudgementSettings } from '../../lib/domain/settings.ts';

/** The instant at which the cases are judged. */
export const now = new Date('2026-11-20T06:00:00.000Z');

/** The settings of the judgement with the defaults of the catalogue of rules. */
export const settings: JudgementSettings = {
  rpoHours: 24,
  rpoStartWindowHours: 2,
  rpoGraceHoursDaily: 6,
  rpoGraceHoursHourly: 2,
  initialBackupGraceHours: 48,
  minRetentionDays: 30,
  minInstantRestoreDays: 0,
  minSoftDeleteDays: 14,
  allowedRedundancy: ['GeoRedundant', 'ZoneRedundant'],
  requireCrossRegionRestore: false,
  requireZoneRestore: false,
  minImmutability: 'Disabled',
  maxDataDisks: 32,
  minWindowsAgent: '2.7.41491.1010',
  minWindowsAgentForBackup: '2.6.1198.718',
  minLinuxAgent: '2.2.53.1',
  autoEnable: false,
  backupApiVersion: '2023-06-01',
  confidentialVmRegions: [
    'uaenorth',
    'koreacentral',
    'switzerlandnorth',
    'westcentralus',
    'southafricanorth',
    'uksouth',
  ],
  backupManagementServiceObjectId: undefined,
  createVaults: false,
  newVaultNames: {},
  allowCrossSubscriptionVaults: false,
  expectedVaults: [],
  defaultPolicyName: 'EnhancedPolicy',
  exclusionTagName: 'backstop-exclude',
  exclusionTagValues: ['true'],
  exclusionUntilTagName: 'backstop-exclude-until',
  environmentTagNames: ['environment', 'env'],
  defaultEnvironment: 'prod',
  environments: {},
  domainControllerTagName: 'role',
  domainControllerTagValue: 'domain-controller',
  dataLocationTagName: 'backstop:data-location',
  proxyTagName: 'backstop:proxy',
  exemptLunsTagName: 'backstop-exempt-luns',
  endorsedLinuxPublishers: [
    'canonical',
    'redhat',
    'suse',
    'oracle',
    'debian',
    'microsoftcblmariner',
    'almalinux',
    'resf',
    'openlogic',
  ],
};

export const ownSubscription = '11111111-1111-1111-1111-111111111111';
export const otherSubscription = '22222222-2222-2222-2222-222222222222';
const tenant = 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa';

/** An instant before now, ISO 8601; a negative number lies in the future. */
export function hoursAgo(hours: number): string {
  return new Date(now.getTime() - hours * 3_600_000).toISOString();
}

/** A fact that was read. */
export function fact<T>(value: T): Fact<T> {
  return known(value, { where: 'Resource Graph', readAt: hoursAgo(0) });
}

/** A fact that may not be read. */
export const unread = unknown(
  'no-permission',
  'The identity may not read it.',
  'Microsoft.Compute/virtualMachines/read',
);

/** Why an inventory may be incomplete. */
export const gap = {
  cause: 'partial-inventory',
  detail: 'Vault rsv-closed counts 5 protected items, of which 3 could be seen.',
} as const;

/** ARM id of the VM of the cases. */
export const vmId = `/subscriptions/${ownSubscription}/resourceGroups/rg-pay/providers/Microsoft.Compute/virtualMachines/vm-pay-01`;

/** A VM made from a specialised disk: no osProfile and no image, so nothing is declared about its agent. */
export function specialisedMachine(change: Partial<Machine> = {}): Machine {
  const address = parseVmId(vmId);
  if (!address) {
    throw new Error(`Not the id of a VM: ${vmId}`);
  }
  return {
    ...address,
    tenantId: tenant,
    region: 'westeurope',
    vmId: '99999999-9999-9999-9999-999999999999',
    timeCreated: hoursAgo(60 * 24),
    osType: 'Windows',
    provisioningState: 'Succeeded',
    vmSize: 'Standard_D2s_v5',
    zones: [],
    ...change,
  };
}

/** A Windows VM made from a marketplace image. */
export function machine(change: Partial<Machine> = {}): Machine {
  return specialisedMachine({
    image: { publisher: 'MicrosoftWindowsServer', offer: 'WindowsServer', sku: '2022-datacenter-g2' },
    provisionVmAgent: true,
    ...change,
  });
}

/** A Recovery Services vault in the subscription and region of the VM. */
export function vault(name: string, change: Partial<Vault> = {}): Vault {
  const subscriptionId = change.subscriptionId ?? ownSubscription;
  const id = `/subscriptions/${subscriptionId}/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/${name}`;
  return {
    id,
    key: armId(id),
    name,
    resourceGroup: 'rg-backup',
    subscriptionId,
    tenantId: tenant,
    region: 'westeurope',
    provisioningState: 'Succeeded',
    subscriptionState: 'Enabled',
    locks: fact([]),
    redundancy: 'GeoRedundant',
    redundancyState: 'Unlocked',
    crossRegionRestore: 'Disabled',
    softDeleteState: 'Enabled',
    softDeleteDays: 14,
    immutability: 'Unlocked',
    multiUserAuthorization: 'Disabled',
    publicNetworkAccess: 'Enabled',
    privateEndpoints: [],
    ...change,
  };
}

/** A live, healthy protected item of the VM in a vault. */
export function item(change: Partial<ProtectedItem> = {}, holder: Vault = vault('rsv-weu')): ProtectedItem {
  const containerName = 'IaasVMContainer;iaasvmcontainerv2;rg-pay;vm-pay-01';
  const itemName = 'VM;iaasvmcontainerv2;rg-pay;vm-pay-01';
  const id = `${holder.id}/backupFabrics/Azure/protectionContainers/${containerName}/protectedItems/${itemName}`;
  return {
    id,
    key: armId(id),
    vaultId: holder.key,
    vaultName: holder.name,
    vaultResourceGroup: holder.resourceGroup,
    vaultRegion: holder.region,
    containerName,
    itemName,
    protectionState: 'Protected',
    policyId: armId(`${holder.id}/backupPolicies/EnhancedPolicy`),
    policyName: 'EnhancedPolicy',
    lastRecoveryPoint: hoursAgo(10),
    softDeleted: false,
    lastBackupStatus: 'Completed',
    lastBackupTime: hoursAgo(10),
    healthStatus: 'Passed',
    healthDetails: [],
    policyInconsistent: false,
    ...change,
  };
}

/** A protected item that has no recovery point yet. */
export function itemWithoutPoint(change: Partial<ProtectedItem> = {}): ProtectedItem {
  const {
    lastRecoveryPoint: _p,
    lastBackupStatus: _s,
    lastBackupTime: _t,
    ...rest
  } = item({ protectionState: 'IRPending' });
  return { ...rest, ...change };
}

/** The fact that these are the live items of the VM. */
export function live(...items: readonly ProtectedItem[]): FactSheet['items'] {
  return fact({ live: items, softDeleted: [] });
}

/** The facts of a VM that nobody protects. */
export const noItem = {
  items: live(),
  policy: fact('none'),
  protectedSince: fact('none'),
} as const satisfies Partial<FactSheet>;

/** A policy that runs once a day. */
export const daily: BackupPolicy = {
  id: armId(`${vault('rsv-weu').id}/backupPolicies/EnhancedPolicy`),
  name: 'EnhancedPolicy',
  subtype: 'Enhanced',
  schedule: { kind: 'daily', gapHours: 24 },
  retention: { kind: 'daily', days: 30 },
  instantRestoreDays: 7,
};

/** The id of a disk of the VM. */
export function diskId(name: string): ArmId {
  return armId(`/subscriptions/${ownSubscription}/resourceGroups/rg-pay/providers/Microsoft.Compute/disks/${name}`);
}

/** A disk resource of the VM with nothing special. */
export function diskResource(name: string, change: Partial<DiskResource> = {}): DiskResource {
  return {
    key: diskId(name),
    id: diskId(name),
    name,
    resourceGroup: 'rg-pay',
    sku: 'Premium_LRS',
    sizeGiB: 128,
    maxShares: 1,
    ...change,
  };
}

/** The fact that these disk resources were read. */
export function diskResources(...read: readonly DiskResource[]): FactSheet['diskResources'] {
  return fact({ read, missing: gap });
}

/** A VM with one network interface and one dynamic address. */
export const oneNic: NicInventory = {
  count: 1,
  nics: [
    {
      key: armId(
        `/subscriptions/${ownSubscription}/resourceGroups/rg-pay/providers/Microsoft.Network/networkInterfaces/nic-pay`,
      ),
      name: 'nic-pay',
      resourceGroup: 'rg-pay',
      ipConfigurations: [{ name: 'ipconfig1', privateAddress: '10.0.0.4', allocation: 'Dynamic', pools: [] }],
    },
  ],
};

const networkPath = `/subscriptions/${ownSubscription}/resourceGroups/rg-net/providers/Microsoft.Network`;

/** A network from which everything can be reached: no NSG, no route table, default outbound access. */
export const openNetwork: NetworkInput = {
  region: 'westeurope',
  vm: {
    id: vmId,
    properties: { networkProfile: { networkInterfaces: [{ id: `${networkPath}/networkInterfaces/nic-pay` }] } },
  },
  nic: {
    id: `${networkPath}/networkInterfaces/nic-pay`,
    name: 'nic-pay',
    properties: {
      primary: true,
      ipConfigurations: [
        {
          name: 'ipconfig1',
          properties: {
            primary: true,
            privateIPAddress: '10.0.0.4',
            privateIPAddressVersion: 'IPv4',
            subnet: { id: `${networkPath}/virtualNetworks/vnet-pay/subnets/default` },
          },
        },
      ],
    },
  },
  nicNsg: null,
  subnet: {
    id: `${networkPath}/virtualNetworks/vnet-pay/subnets/default`,
    name: 'default',
    properties: { addressPrefix: '10.0.0.0/24' },
  },
  subnetNsg: null,
  routeTable: null,
  vnet: {
    id: `${networkPath}/virtualNetworks/vnet-pay`,
    properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] }, virtualNetworkPeerings: [] },
  },
};

/** An OS disk and some data disks. */
export function disks(dataDisks: number): readonly Disk[] {
  const data = Array.from(
    { length: dataDisks },
    (_, lun): Disk => ({ name: `data-${lun}`, role: 'data', unmanaged: false, lun, id: diskId(`data-${lun}`) }),
  );
  return [{ name: 'os', role: 'os', unmanaged: false, id: diskId('os') }, ...data];
}

/** An exemption of the VM in the register, for a month. */
export function registered(change: Partial<RegisteredExemption> = {}): RegisteredExemption {
  return {
    exemptionId: '11111111-1111-1111-1111-111111111111-5f3a9c01',
    scope: machine().id,
    owner: 'team-pay',
    reason: 'Rebuilt from code every night.',
    category: 'mitigated',
    until: hoursAgo(-30 * 24),
    revision: 1,
    createdAt: hoursAgo(48),
    createdBy: 'Ada',
    changedAt: hoursAgo(48),
    changedBy: 'Ada',
    ...change,
  };
}

/** A VM about which everything is known and fine, except for what is said. */
export function healthyVm(change: Partial<FactSheet> = {}): FactSheet {
  return {
    vm: fact(machine()),
    tags: fact({ owner: 'team-pay' }),
    inheritedTags: fact([{}, {}]),
    disks: fact(disks(2)),
    diskResources: diskResources(diskResource('os'), diskResource('data-0'), diskResource('data-1')),
    extensions: fact([]),
    nics: fact(oneNic),
    network: fact(openNetwork),
    guestOs: fact({ type: 'Windows', name: 'Windows Server 2022 Datacenter', version: '10.0.20348.2762' }),
    power: fact('running'),
    agent: fact({
      version: '2.7.41491.1172',
      statusCode: 'ProvisioningState/succeeded',
      displayStatus: 'Ready',
      message: 'GuestAgent is running and processing the extensions.',
      time: hoursAgo(1 / 60),
    }),
    scaleSetMode: fact('none'),
    vmSizes: fact(new Map([['standard_d2s_v5', { vCpus: 2, memoryGiB: 8 }]])),
    keyVaults: fact(new Map()),
    vaults: fact({ vaults: [vault('rsv-weu')] }),
    items: live(item()),
    policy: fact(daily),
    policies: fact(new Map([[armId(daily.id), daily]])),
    loads: fact({ vaults: new Map(), policies: new Map() }),
    newVaultName: fact('none'),
    jobs: fact([]),
    protectedSince: fact(hoursAgo(30 * 24)),
    restorePoints: fact({ collections: [], points: 0 }),
    locks: fact([]),
    provider: fact({ registrationState: 'Registered', vaultRegions: ['westeurope', 'northeurope'] }),
    azurePolicy: fact({ assignments: [], exemptions: [] }),
    exemptions: fact([]),
    permissions: fact([{ actions: ['*'], notActions: [] }]),
    ...change,
  };
}
