import { homeRegion } from './names.ts';
import type { Site } from './site.ts';
import type { SpecialPlace } from './special-place.ts';

type Endpoint = { readonly endpointName: string; readonly publicPort: number; readonly privatePort: number };

const remoteDesktop: Endpoint = { endpointName: 'RemoteDesktop', publicPort: 50_389, privatePort: 3389 };

type ClassicVm = {
  readonly name: string;
  /** Absent: Azure does not show its network. */
  readonly network?: { readonly reservedIps: readonly string[]; readonly endpoints: readonly Endpoint[] };
};

/** Writes a classic VM with its cloud service. How Resource Graph shows them is unconfirmed. */
function classicVm(site: Site, { name, network }: ClassicVm): void {
  const type = 'Microsoft.ClassicCompute/virtualMachines';
  const id = site.id(`cs-${name}`, type, name);
  const networkProfile = network && {
    reservedIps: network.reservedIps.map((reserved) => ({
      id: site.id('Default-Networking', 'Microsoft.ClassicNetwork/reservedIps', reserved),
      name: reserved,
      type: 'Microsoft.ClassicNetwork/reservedIps',
    })),
    inputEndpoints: network.endpoints,
  };
  site.emit({
    id,
    name,
    type,
    location: site.region,
    properties: {
      hardwareProfile: { size: 'Standard_D1_v2', platformGuestAgent: true },
      instanceView: { status: 'StoppedDeallocated', powerState: 'Stopped' },
      ...(networkProfile && { networkProfile }),
    },
  });
  site.expect(id, 'classic-vm-present', 'fail');
  // The flag stands in an interface that no longer exists: nobody can tell.
  site.expect(id, 'classic-guest-agent-flag', 'unknown');
  if (!network) site.expect(id, 'classic-reserved-ip-endpoint', 'unknown');
  else if (network.reservedIps.length > 0 && network.endpoints.length === 0) {
    site.expect(id, 'classic-reserved-ip-endpoint', 'fail');
  }
}

/** A resource of a retired type; `rule` names what there is to say of it. */
function remnant(site: Site, group: string, type: string, name: string, rule?: string): void {
  const id = site.id(group, type, name);
  site.emit({ id, name, type, location: site.region, properties: { provisioningState: 'Succeeded' } });
  if (rule) site.expect(id, rule, 'fail');
}

/** An item of a classic VM: its points are kept, new ones will not come. */
function classicItem(site: Site, cloudService: string, machine: string): void {
  const container = `iaasvmcontainer;${cloudService};${machine}`;
  const name = `VM;${container}`;
  const itemType = 'Microsoft.ClassicCompute/virtualMachines';
  const id = `${site.vault.id}/backupFabrics/Azure/protectionContainers/IaasVMContainer;${container}/protectedItems/${name}`;
  const sourceResourceId = site.id(cloudService, itemType, machine);
  site.emit({
    id,
    name,
    type: 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems',
    properties: {
      friendlyName: machine,
      protectedItemType: itemType,
      backupManagementType: 'AzureIaasVM',
      workloadType: 'VM',
      containerName: container,
      sourceResourceId,
      virtualMachineId: sourceResourceId,
      vaultId: site.vault.id,
      policyId: '',
      protectionState: 'ProtectionStopped',
      healthStatus: 'Passed',
      lastBackupStatus: 'Completed',
      lastBackupTime: '2023-08-20T22:30:00Z',
      lastRecoveryPoint: '2023-08-20T22:45:00Z',
      isScheduledForDeferredDelete: false,
      dataSourceInfo: { datasourceType: itemType, resourceID: sourceResourceId },
    },
  });
  site.expect(id, 'classic-backup-item', 'fail');
}

/** A subscription that nobody has cleaned up since 2014. */
export const classicRemains: SpecialPlace = {
  displayName: 'Classic remains',
  region: homeRegion,
  furnish(site) {
    classicVm(site, { name: 'cvm-web', network: { reservedIps: ['rip-web'], endpoints: [remoteDesktop] } });
    classicVm(site, { name: 'cvm-sql', network: { reservedIps: ['rip-sql'], endpoints: [] } });
    classicVm(site, { name: 'cvm-dev', network: { reservedIps: [], endpoints: [] } });
    classicVm(site, { name: 'cvm-mute' });
    remnant(site, 'Default-Networking', 'Microsoft.ClassicNetwork/reservedIps', 'rip-web');
    remnant(site, 'Default-Networking', 'Microsoft.ClassicNetwork/reservedIps', 'rip-sql');
    remnant(site, 'Default-Networking', 'Microsoft.ClassicNetwork/networkSecurityGroups', 'nsg-old');
    remnant(site, 'cs-cvm-web', 'Microsoft.ClassicCompute/domainNames', 'cs-cvm-web');
    const storage = 'Microsoft.ClassicStorage/storageAccounts';
    remnant(site, 'Default-Storage-WestEurope', storage, 'portalvhds1x7q', 'classic-asm-storage');
    remnant(site, 'Default-Storage-WestEurope', storage, 'portalvhds9k2m', 'classic-asm-storage');
    remnant(site, 'rg-old-backup', 'Microsoft.Backup/BackupVault', 'bv-2014', 'classic-backup-vault');
    // Decoy: today's Backup vaults have nothing to do with it.
    remnant(site, 'rg-disk-backup', 'Microsoft.DataProtection/backupVaults', 'bv-disks');
    classicItem(site, 'cs-cvm-web', 'cvm-web');
    classicItem(site, 'cs-gone', 'cvm-gone');
  },
};
