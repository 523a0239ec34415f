import type { Machine } from '../domain/machine.ts';
import { defineRule } from '../domain/rule.ts';

const platformPublishers: ReadonlyMap<string, string> = new Map([
  ['azureopenshift', 'Azure Red Hat OpenShift'],
  ['azuredatabricks', 'Azure Databricks'],
]);

/** The platform service that rebuilds this VM, as far as group, image and owner tell. */
function ownerOf(vm: Machine): string | undefined {
  const group = vm.resourceGroup.toLowerCase();
  if (group.startsWith('databricks-rg-')) {
    return 'Azure Databricks';
  }
  if (group.startsWith('mc_')) {
    return 'Azure Kubernetes Service';
  }
  const byImage = platformPublishers.get(vm.image?.publisher?.toLowerCase() ?? '');
  return byImage ?? (vm.managedBy ? vm.managedBy : undefined);
}

export const govPlatformManagedVm = defineRule({
  id: 'gov-platform-managed-vm',
  title: 'The VM is not owned by a platform service',
  category: 'governance',
  severity: 'info',
  rationale:
    'Backing up nodes that a platform rebuilds is pointless or denied. The built-in policies skip databricks-rg-* groups and the publishers azureopenshift and AzureDatabricks; managedBy and AKS node groups (MC_*) are our decision.',
  sources: ['Azure/azure-policy repository, 2026-04-29'],
  reviewed: '2026-11-20',
  needs: {
    vm: (vm) => ({
      resourceGroup: vm.resourceGroup,
      managedBy: vm.managedBy,
      'imageReference.publisher': vm.image?.publisher,
    }),
  },
  pass: { OwnMachine: 'No platform service owns this VM.' },
  fail: { PlatformManaged: 'Managed by {service}; not evaluated.' },
  remedies: { PlatformManaged: { text: 'Nothing to do: the platform rebuilds this VM.', commands: [] } },
  check({ vm }) {
    const service = ownerOf(vm);
    return service
      ? { kind: 'fail', reason: 'PlatformManaged', details: { service }, settles: 'excluded' }
      : { kind: 'pass', reason: 'OwnMachine', details: {} };
  },
});
