import type { EstateResource } from './estate.ts';
import { randomStream } from './random.ts';
import type { Site } from './site.ts';

/** Object id of Backup Management Service in the generated tenant. */
export function backupServiceId(seed: number): string {
  return randomStream(seed, 'backup management service').guid();
}

const keyVaultAdministrator = '00482a5a-887f-4fb3-b363-3b7fe8e74483';
/** Reader, which Azure has built in. */
const reader = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';

/** The group of the key vault that Backstop may not see. */
const hiddenGroup = 'rg-keys-hidden';
/** The groups of key vaults; the second one is out of sight. */
const groupOf = (name: string) => (name === 'kv-hidden' ? hiddenGroup : 'rg-keys');

/** The id of a key vault of the place with encrypted VMs. */
export function keyVaultId(subscriptionId: string, name: string): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${groupOf(name)}/providers/Microsoft.KeyVault/vaults/${name}`;
}

type Grant = { readonly keys: readonly string[]; readonly secrets: readonly string[] };
const everything: Grant = { keys: ['Get', 'List', 'Backup'], secrets: ['Get', 'List', 'Backup'] };
const readingOnly: Grant = { keys: ['get', 'list'], secrets: ['get', 'list'] };

/** Writes key vaults that let Azure Backup at their keys, or do not, in each of the ways there are. */
export function furnishKeyVaults(site: Site): void {
  const service = backupServiceId(site.seed);
  const stranger = randomStream(site.seed, 'some other application').guid();
  const vault = (name: string, changes: KeyVaultChanges) => site.emit(keyVault(site, name, changes));
  vault('kv-granted', { policies: [[service, everything]] });
  vault('kv-closed', { policies: [[stranger, everything]] });
  vault('kv-no-backup', { policies: [[service, readingOnly]] });
  vault('kv-roles', { usesRoles: true });
  vault('kv-roles-missing', { usesRoles: true });
  vault('kv-firewall', { policies: [[service, everything]], hasFirewall: true });
  vault('kv-hidden', { policies: [[service, everything]] });
  site.emit(assignment(site, 'kv-roles', service, keyVaultAdministrator));
  site.emit(readerRole(site));
  // Whoever may only read metadata may not back up, and nobody else's rights count.
  site.emit(assignment(site, 'kv-roles-missing', service, reader));
  site.emit(assignment(site, 'kv-roles-missing', stranger, keyVaultAdministrator));
  site.deny('Microsoft.KeyVault/vaults/read', site.group(hiddenGroup));
}

type KeyVaultChanges = {
  readonly policies?: readonly (readonly [objectId: string, grant: Grant])[];
  readonly usesRoles?: boolean;
  readonly hasFirewall?: boolean;
};

function keyVault(site: Site, name: string, changes: KeyVaultChanges): EstateResource {
  const { policies = [], usesRoles = false, hasFirewall = false } = changes;
  const tenantId = randomStream(site.seed, 'tenant').guid();
  return {
    id: keyVaultId(site.place.subscription.subscriptionId, name),
    name,
    type: 'Microsoft.KeyVault/vaults',
    location: site.region,
    tags: {},
    properties: {
      tenantId,
      sku: { family: 'A', name: 'standard' },
      vaultUri: `https://${name}.vault.azure.net/`,
      provisioningState: 'Succeeded',
      enableRbacAuthorization: usesRoles,
      enabledForDiskEncryption: true,
      enableSoftDelete: true,
      enablePurgeProtection: true,
      publicNetworkAccess: 'Enabled',
      networkAcls: {
        bypass: hasFirewall ? 'None' : 'AzureServices',
        defaultAction: hasFirewall ? 'Deny' : 'Allow',
        ipRules: [],
        virtualNetworkRules: [],
      },
      accessPolicies: policies.map(([objectId, grant]) => ({
        tenantId,
        objectId,
        permissions: { ...grant, certificates: [] },
      })),
    },
  };
}

/** The role that may look at everything and use nothing. */
function readerRole({ subscription }: Site): EstateResource {
  const type = 'Microsoft.Authorization/roleDefinitions';
  const permissions = [{ actions: ['*/read'], notActions: [], dataActions: [], notDataActions: [] }];
  const properties = { roleName: 'Reader', type: 'BuiltInRole', assignableScopes: ['/'], permissions };
  return { id: `${subscription}/providers/${type}/${reader}`, name: reader, type, properties };
}

function assignment(site: Site, vaultName: string, principalId: string, role: string): EstateResource {
  const scope = keyVaultId(site.place.subscription.subscriptionId, vaultName);
  const name = randomStream(site.seed, `assignment ${scope} ${principalId} ${role}`).guid();
  const type = 'Microsoft.Authorization/roleAssignments';
  const roleDefinitionId = `${site.subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
  return {
    id: `${scope}/providers/${type}/${name}`,
    name,
    type,
    properties: { principalId, principalType: 'ServicePrincipal', roleDefinitionId, scope },
  };
}
