import * as z from 'zod';

import { armId, resourceGroupOf } from '../domain/ids.ts';
import type { KeyVault } from '../domain/key-access.ts';
import { flag, part, text, texts } from './lenient.ts';

const AccessPolicy = z.looseObject({ objectId: z.string(), permissions: part({ secrets: texts, keys: texts }) });

const KeyVaultRow = z.looseObject({
  id: z.string(),
  name: z.string(),
  properties: z.looseObject({
    enableRbacAuthorization: flag,
    accessPolicies: z.array(AccessPolicy).nullish(),
    publicNetworkAccess: text,
    networkAcls: part({ bypass: text, defaultAction: text }),
  }),
});
type Properties = z.infer<typeof KeyVaultRow>['properties'];

function lowerCased(words: readonly string[] | undefined): readonly string[] {
  return (words ?? []).map((word) => word.toLowerCase());
}

/** Trusted services get past the firewall unless it says otherwise (the default of `bypass` is `AzureServices`). */
function isOpen({ networkAcls, publicNetworkAccess }: Properties): boolean {
  const bypass = networkAcls?.bypass ?? 'AzureServices';
  const isOff =
    networkAcls?.defaultAction?.toLowerCase() !== 'deny' && publicNetworkAccess?.toLowerCase() !== 'disabled';
  return bypass.toLowerCase() === 'azureservices' || isOff;
}

/** A key vault, as ARM sends it and as the row of the query `surroundings` has it. */
export function readKeyVault(raw: unknown): KeyVault | undefined {
  const row = KeyVaultRow.safeParse(raw);
  const resourceGroup = resourceGroupOf(row.data?.id ?? '');
  if (!row.success || !resourceGroup) {
    return undefined;
  }
  const { id, name, properties } = row.data;
  return {
    key: armId(id),
    name,
    resourceGroup,
    usesRbac: properties.enableRbacAuthorization === true,
    accessPolicies: (properties.accessPolicies ?? []).map(({ objectId, permissions }) => ({
      objectId,
      secrets: lowerCased(permissions?.secrets),
      keys: lowerCased(permissions?.keys),
    })),
    isOpenToTrustedServices: isOpen(properties),
  };
}
