import type { UnknownBecause } from './fact.ts';
import type { KeyVault, KeyVaultAccessPolicy, RoleAssignment } from './key-access.ts';
import { isAllowed } from './permission.ts';

/** What Azure Backup has to read in a key vault: secrets (BEK), keys (KEK), or both. */
export interface KeyNeed {
  readonly secrets: boolean;
  readonly keys: boolean;
}

/** Whether Azure Backup may read what it needs in a key vault. */
export type KeyGrant =
  | { readonly kind: 'granted' | 'missing' }
  | { readonly kind: 'unknown'; readonly because: UnknownBecause };

const permissions = ['get', 'list', 'backup'];
const secretActions = [
  'Microsoft.KeyVault/vaults/secrets/getSecret/action',
  'Microsoft.KeyVault/vaults/secrets/readMetadata/action',
  'Microsoft.KeyVault/vaults/secrets/backup/action',
];
const keyActions = ['Microsoft.KeyVault/vaults/keys/read', 'Microsoft.KeyVault/vaults/keys/backup/action'];
const keyVaultAdministrator = '00482a5a-887f-4fb3-b363-3b7fe8e74483';

function hasAll(granted: readonly string[]): boolean {
  const words = granted.map((word) => word.toLowerCase());
  return words.includes('all') || permissions.every((permission) => words.includes(permission));
}

function policyGrants({ secrets, keys }: KeyVaultAccessPolicy, need: KeyNeed): boolean {
  return (!need.secrets || hasAll(secrets)) && (!need.keys || hasAll(keys));
}

/** Whether the roles of one principal together grant the need; `unknown` where the actions of a role were not read. */
function rolesGrant(assignments: readonly RoleAssignment[], need: KeyNeed): KeyGrant['kind'] {
  if (assignments.some(({ roleId }) => roleId.toLowerCase() === keyVaultAdministrator)) {
    return 'granted';
  }
  const held = assignments.map(({ dataActions }) => ({ actions: dataActions ?? [], notActions: [] }));
  const needed = [...(need.secrets ? secretActions : []), ...(need.keys ? keyActions : [])];
  if (needed.every((action) => isAllowed(action, held))) {
    return 'granted';
  }
  return assignments.some(({ dataActions }) => dataActions === undefined) ? 'unknown' : 'missing';
}

function isSame(id: string, other: string): boolean {
  return id.toLowerCase() === other.toLowerCase();
}

const settingMissing: KeyGrant = {
  kind: 'unknown',
  because: {
    cause: 'not-reported',
    detail:
      'The object id of Backup Management Service in this tenant is not known; set backupManagementServiceObjectId.',
  },
};

function byPolicies({ accessPolicies }: KeyVault, need: KeyNeed, objectId: string | undefined): KeyGrant {
  const granting = accessPolicies.filter((policy) => policyGrants(policy, need));
  if (granting.length > 0 && objectId === undefined) {
    return settingMissing;
  }
  return { kind: granting.some((policy) => isSame(policy.objectId, objectId ?? '')) ? 'granted' : 'missing' };
}

function byRoles({ name, roleAssignments }: KeyVault, need: KeyNeed, objectId: string | undefined): KeyGrant {
  if (!roleAssignments) {
    return unread(`The role assignments on key vault ${name} could not be read.`);
  }
  if (roleAssignments.length > 0 && objectId === undefined) {
    return settingMissing;
  }
  const own = roleAssignments.filter(({ principalId }) => isSame(principalId, objectId ?? ''));
  const kind = rolesGrant(own, need);
  return kind === 'unknown'
    ? unread(`A role of Backup Management Service on key vault ${name} could not be read.`)
    : { kind };
}

function unread(detail: string): KeyGrant {
  return { kind: 'unknown', because: { cause: 'partial-inventory', detail } };
}

/**
 * Whether Backup Management Service, by its object id in this tenant, may read what it needs in a key vault. A grant
 * does not help behind a firewall that keeps Azure's own services out; whether it then gets in cannot be told.
 */
export function keyGrant(vault: KeyVault, need: KeyNeed, objectId: string | undefined): KeyGrant {
  const grant = vault.usesRbac ? byRoles(vault, need, objectId) : byPolicies(vault, need, objectId);
  if (grant.kind !== 'granted' || vault.isOpenToTrustedServices) {
    return grant;
  }
  return {
    kind: 'unknown',
    because: {
      cause: 'not-reported',
      detail: `The firewall of key vault ${vault.name} may keep Azure Backup out: trusted services may not pass it.`,
    },
  };
}
