import * as z from 'zod';

import type { EstateResource } from '../estates/estate.ts';
import type { Tenant } from './tenant.ts';

const keyVaultAdministrator = '00482a5a-887f-4fb3-b363-3b7fe8e74483';

const Disk = z.looseObject({
  managedBy: z.string().optional(),
  properties: z.looseObject({
    encryptionSettingsCollection: z
      .looseObject({
        enabled: z.boolean(),
        encryptionSettings: z.array(
          z.looseObject({
            diskEncryptionKey: z.looseObject({ sourceVault: z.looseObject({ id: z.string() }) }).optional(),
          }),
        ),
      })
      .optional(),
  }),
});

const KeyVault = z.looseObject({
  enableRbacAuthorization: z.boolean().optional(),
  networkAcls: z.looseObject({ bypass: z.string(), defaultAction: z.string() }).optional(),
  accessPolicies: z
    .array(z.looseObject({ objectId: z.string(), permissions: z.looseObject({ secrets: z.array(z.string()) }) }))
    .default([]),
});

/**
 * Why Azure Backup (by its object id in the tenant) cannot read the keys of a VM with Azure Disk Encryption; undefined where
 * it can, and for a VM without.
 */
export function keyAccessMissing(
  tenant: Tenant,
  vm: EstateResource,
  serviceId: string | undefined,
): string | undefined {
  const scope = /^\/subscriptions\/[^/]+/i.exec(vm.id)?.[0] ?? '';
  const disks = tenant
    .resourcesIn(scope, 'Microsoft.Compute/disks')
    .flatMap((resource) => Disk.safeParse(resource).data ?? [])
    .filter(({ managedBy }) => managedBy?.toLowerCase() === vm.id.toLowerCase());
  const vaults = disks.flatMap(({ properties: { encryptionSettingsCollection: ade } }) =>
    ade?.enabled
      ? ade.encryptionSettings.flatMap(({ diskEncryptionKey }) => diskEncryptionKey?.sourceVault.id ?? [])
      : [],
  );
  const closed = vaults.find((id) => !isOpen(tenant, id, serviceId));
  return closed && `Azure Backup does not have sufficient permissions to the key vault ${closed}.`;
}

function isOpen(tenant: Tenant, id: string, serviceId: string | undefined): boolean {
  const vault = KeyVault.safeParse(tenant.resource(id)?.properties).data;
  if (vault === undefined) return false;
  const { enableRbacAuthorization, networkAcls, accessPolicies } = vault;
  if (networkAcls?.defaultAction === 'Deny' && networkAcls.bypass === 'None') return false;
  return enableRbacAuthorization
    ? hasRole(tenant, id, serviceId)
    : accessPolicies.some(
        ({ objectId, permissions }) =>
          objectId === serviceId &&
          ['get', 'list', 'backup'].every((each) => permissions.secrets.some((own) => own.toLowerCase() === each)),
      );
}

function hasRole(tenant: Tenant, id: string, serviceId: string | undefined): boolean {
  const scope = /^\/subscriptions\/[^/]+/i.exec(id)?.[0] ?? '';
  return tenant
    .resourcesIn(scope, 'Microsoft.Authorization/roleAssignments')
    .some(
      ({ id: own, properties }) =>
        own.toLowerCase().startsWith(`${id}/`.toLowerCase()) &&
        properties['principalId'] === serviceId &&
        String(properties['roleDefinitionId']).endsWith(keyVaultAdministrator),
    );
}
