import * as z from 'zod';

import type { EstateResource } from '../estates/estate.ts';
import type { Access } from './access.ts';
import { ArmError } from './arm-error.ts';
import type { Route } from './route.ts';
import type { Tenant } from './tenant.ts';

const itemType = 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems';
const vaultType = 'Microsoft.RecoveryServices/vaults';

const text = z.string().optional().catch(undefined);

/** The settings of a vault as its own body has them; older vaults lack some. */
const VaultSettings = z.looseObject({
  redundancySettings: z
    .looseObject({ standardTierStorageRedundancy: text, crossRegionRestore: text })
    .catch({ standardTierStorageRedundancy: undefined, crossRegionRestore: undefined }),
  securitySettings: z
    .looseObject({
      softDeleteSettings: z
        .looseObject({
          softDeleteState: text,
          softDeleteRetentionPeriodInDays: z.number().optional().catch(undefined),
          enhancedSecurityState: text,
        })
        .optional()
        .catch(undefined),
    })
    .catch({ softDeleteSettings: undefined }),
});
type VaultSettings = z.infer<typeof VaultSettings>;

/** One of the two settings of Azure Backup that stand below a vault, by their names in the path. */
interface Config {
  readonly type: 'backupstorageconfig' | 'backupconfig';
  readonly name: 'vaultstorageconfig' | 'vaultconfig';
  readonly properties: (settings: VaultSettings, holdsItems: boolean) => Readonly<Record<string, unknown>>;
}

const configs: readonly Config[] = [
  { type: 'backupstorageconfig', name: 'vaultstorageconfig', properties: storageProperties },
  { type: 'backupconfig', name: 'vaultconfig', properties: securityProperties },
];

/**
 * Redundancy and soft delete as Azure Backup tells them, vault by vault. They follow from the vault's own body, unless the
 * estate gives the setting as a resource of its own: that is how a vault without the properties can still have them.
 */
export function vaultConfigRoutes(tenant: Tenant, access: Access): readonly Route[] {
  return configs.map(({ type, name, properties }) => ({
    method: 'GET',
    path: new RegExp(
      String.raw`^(?<vault>/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\.RecoveryServices/vaults/[^/]+)/${type}/${name}$`,
      'i',
    ),
    answer: (request, part) => {
      access.require(`${vaultType}/${type}/read`, part('vault'));
      const vault = tenant.resource(part('vault'));
      if (vault === undefined) throw vaultNotFound(part('vault'));
      const derived = properties(
        VaultSettings.parse(vault.properties),
        tenant.resourcesIn(vault.id, itemType).length > 0,
      );
      const said = tenant.resource(request.path)?.properties;
      return { status: 200, body: bodyOf(vault, `${type}/${name}`, { ...derived, ...said }) };
    },
  }));
}

/** The redundancy can be changed until the first item comes; that soft-deleted items count is unconfirmed. */
function storageProperties(
  { redundancySettings }: VaultSettings,
  holdsItems: boolean,
): Readonly<Record<string, unknown>> {
  const { standardTierStorageRedundancy: redundancy, crossRegionRestore } = redundancySettings;
  return {
    ...(redundancy === undefined ? {} : { storageModelType: redundancy, storageType: redundancy }),
    storageTypeState: holdsItems ? 'Locked' : 'Unlocked',
    ...(crossRegionRestore === undefined ? {} : { crossRegionRestoreFlag: crossRegionRestore === 'Enabled' }),
  };
}

function securityProperties({ securitySettings }: VaultSettings): Readonly<Record<string, unknown>> {
  const { softDeleteState, softDeleteRetentionPeriodInDays, enhancedSecurityState } =
    securitySettings.softDeleteSettings ?? {};
  return {
    ...(softDeleteState === undefined ? {} : { softDeleteFeatureState: softDeleteState }),
    ...(softDeleteRetentionPeriodInDays === undefined ? {} : { softDeleteRetentionPeriodInDays }),
    ...(enhancedSecurityState === undefined ? {} : { enhancedSecurityState }),
  };
}

function bodyOf(vault: EstateResource, rest: string, properties: Readonly<Record<string, unknown>>): unknown {
  const [type = '', name = ''] = rest.split('/');
  return { id: `${vault.id}/${rest}`, name, type: `${vaultType}/${type}`, properties };
}

const vaultNotFound = (vault: string): ArmError =>
  new ArmError(404, 'ResourceNotFound', `The Resource '${vault}' was not found.`);
