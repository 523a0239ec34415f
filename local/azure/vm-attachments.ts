import * as z from 'zod';

import type { EstateResource } from '../estates/estate.ts';
import type { Tenant } from './tenant.ts';

const Disk = z.looseObject({
  name: z.string().optional(),
  osType: z.string().optional(),
  diskSizeGB: z.number().optional(),
  managedDisk: z.looseObject({ id: z.string().optional(), storageAccountType: z.string().optional() }).optional(),
});
type Disk = z.infer<typeof Disk>;

const Attachments = z.looseObject({
  storageProfile: z.looseObject({ osDisk: Disk.optional(), dataDisks: z.array(Disk).default([]) }).optional(),
  networkProfile: z
    .looseObject({ networkInterfaces: z.array(z.looseObject({ id: z.string() })).default([]) })
    .optional(),
});

/**
 * Makes a VM's disks and network interfaces know it, and gives back the VM as it then is. As in Azure a managed disk
 * without an id is created with the VM, which then names it; interfaces that do not exist are left dangling, where
 * Azure would refuse.
 */
export function attachDisksAndNics(tenant: Tenant, vm: EstateResource): EstateResource {
  const { storageProfile, networkProfile } = Attachments.parse(vm.properties);
  for (const { id } of networkProfile?.networkInterfaces ?? []) setNicOwner(tenant, id, vm.id);
  if (storageProfile === undefined) return vm;
  const osDisk = storageProfile.osDisk && withDisk(tenant, vm, storageProfile.osDisk, 'OsDisk');
  const dataDisks = storageProfile.dataDisks.map((disk, at) => withDisk(tenant, vm, disk, `DataDisk_${at}`));
  const profile = { ...storageProfile, ...(osDisk === undefined ? {} : { osDisk }), dataDisks };
  return { ...vm, properties: { ...vm.properties, storageProfile: profile } };
}

/** Frees the disks and network interfaces of a VM that is about to go. */
export function detachDisksAndNics(tenant: Tenant, vm: EstateResource): void {
  const { storageProfile, networkProfile } = Attachments.parse(vm.properties);
  for (const { id } of networkProfile?.networkInterfaces ?? []) setNicOwner(tenant, id, undefined);
  for (const disk of [storageProfile?.osDisk ?? {}, ...(storageProfile?.dataDisks ?? [])]) {
    const resource = tenant.resource(disk.managedDisk?.id ?? '');
    if (resource === undefined) continue;
    const { managedBy: _, ...free } = resource;
    tenant.write({ ...free, properties: { ...free.properties, diskState: 'Unattached' } });
  }
}

function setNicOwner(tenant: Tenant, nicId: string, vmId: string | undefined): void {
  const nic = tenant.resource(nicId);
  if (nic === undefined) return;
  const { virtualMachine: _, ...free } = nic.properties;
  tenant.write({ ...nic, properties: vmId === undefined ? free : { ...free, virtualMachine: { id: vmId } } });
}

/** The VM's entry of a disk with the disk's id, and the disk itself attached. */
function withDisk(tenant: Tenant, vm: EstateResource, disk: Disk, suffix: string): Disk {
  if (disk.managedDisk === undefined) return disk;
  const name = disk.name ?? `${vm.name}_${suffix}`;
  const id = disk.managedDisk.id ?? `${vm.id.split('/').slice(0, -2).join('/')}/disks/${name}`;
  const existing = tenant.resource(id) ?? newDisk(vm, disk, id, name);
  tenant.write({ ...existing, managedBy: vm.id, properties: { ...existing.properties, diskState: 'Attached' } });
  return { ...disk, name, managedDisk: { ...disk.managedDisk, id } };
}

function newDisk(vm: EstateResource, disk: Disk, id: string, name: string): EstateResource {
  return {
    id,
    name,
    type: 'Microsoft.Compute/disks',
    ...(vm.location === undefined ? {} : { location: vm.location }),
    sku: { name: disk.managedDisk?.storageAccountType ?? 'Standard_LRS' },
    properties: {
      ...(disk.osType === undefined ? {} : { osType: disk.osType }),
      diskSizeGB: disk.diskSizeGB ?? 30,
      timeCreated: vm.properties['timeCreated'],
      provisioningState: 'Succeeded',
    },
  };
}
