import type { EstateResource } from './estate.ts';
import type { MachinePlan } from './machine-plan.ts';

/** The Azure Monitor agent, which three in ten VMs have. */
export function monitorExtension(plan: MachinePlan, vmId: string): EstateResource {
  return extension(plan, vmId, 'Microsoft.Azure.Monitor', `AzureMonitor${plan.image.osType}Agent`);
}

/** The extension that the first backup of a VM installs. */
export function snapshotExtension(plan: MachinePlan, vmId: string): EstateResource {
  const name = plan.image.osType === 'Linux' ? 'VMSnapshotLinux' : 'VMSnapshot';
  return extension(plan, vmId, 'Microsoft.Azure.RecoveryServices', name);
}

/** An extension in good order; Azure names it as people like, here after its type. */
export function extension({ place }: MachinePlan, vmId: string, publisher: string, name: string): EstateResource {
  return {
    id: `${vmId}/extensions/${name}`,
    name,
    type: 'Microsoft.Compute/virtualMachines/extensions',
    location: place.region.name,
    properties: {
      autoUpgradeMinorVersion: true,
      provisioningState: 'Succeeded',
      publisher,
      type: name,
      typeHandlerVersion: '1.0',
      settings: {},
    },
  };
}
