import * as z from 'zod';

import { unknown } from '../domain/fact.ts';
import { armId, region, resourceGroupOf, subscriptionOf } from '../domain/ids.ts';
import type { Vault, VaultEndpoint } from '../domain/protection.ts';
import { count, part, present, text } from './lenient.ts';

const Connection = z.looseObject({
  id: text,
  properties: part({ privateLinkServiceConnectionState: part({ status: text }) }),
});

const VaultRow = z.looseObject({
  id: z.string(),
  name: z.string(),
  location: z.string(),
  tenantId: text,
  tags: z.record(z.string(), z.string()).nullish().catch(undefined),
  properties: part({
    provisioningState: text,
    moveState: text,
    publicNetworkAccess: text,
    redundancySettings: part({ standardTierStorageRedundancy: text, crossRegionRestore: text }),
    securitySettings: part({
      softDeleteSettings: part({ softDeleteState: text, softDeleteRetentionPeriodInDays: count }),
      immutabilitySettings: part({ state: text }),
      multiUserAuthorization: text,
    }),
    privateEndpointConnections: z.array(Connection).nullish().catch(undefined),
  }),
});
type Properties = z.infer<typeof VaultRow>['properties'];

/** Locks are no part of a vault's row; whoever reads them puts them in. */
const unreadLocks = unknown('partial-inventory', 'The locks on the vault were not read.');

function endpointsOf(properties: Properties): readonly VaultEndpoint[] {
  return (properties?.privateEndpointConnections ?? []).map(({ id, properties: connection }) => ({
    id: id ?? '',
    status: connection?.privateLinkServiceConnectionState?.status ?? '',
  }));
}

function settingsOf(properties: Properties): Partial<Vault> {
  const { moveState, publicNetworkAccess, redundancySettings, securitySettings } = properties ?? {};
  const { softDeleteSettings, immutabilitySettings, multiUserAuthorization } = securitySettings ?? {};
  return present<Partial<Vault>>({
    moveState,
    publicNetworkAccess,
    redundancy: redundancySettings?.standardTierStorageRedundancy,
    crossRegionRestore: redundancySettings?.crossRegionRestore,
    softDeleteState: softDeleteSettings?.softDeleteState,
    softDeleteDays: softDeleteSettings?.softDeleteRetentionPeriodInDays,
    immutability: immutabilitySettings?.state,
    multiUserAuthorization,
  });
}

/** A vault, as ARM sends it and as the row of the query `vaults` has it. */
export function readVault(raw: unknown): Vault | undefined {
  const row = VaultRow.safeParse(raw);
  const resourceGroup = resourceGroupOf(row.data?.id ?? '');
  const subscriptionId = subscriptionOf(row.data?.id ?? '');
  if (!row.success || !resourceGroup || !subscriptionId) {
    return undefined;
  }
  const { id, name, location, tenantId, tags, properties } = row.data;
  return {
    id,
    key: armId(id),
    name,
    resourceGroup,
    subscriptionId,
    tenantId: tenantId ?? '',
    region: region(location),
    provisioningState: properties?.provisioningState ?? '',
    locks: unreadLocks,
    privateEndpoints: endpointsOf(properties),
    ...settingsOf(properties),
    ...(tags === undefined ? {} : { tags: tags ?? {} }),
  };
}
