import { describe, expect, it } from 'vitest';

import { armId } from '../../lib/domain/ids.ts';
import type { KeyVault, KeyVaultAccessPolicy, RoleAssignment } from '../../lib/domain/key-access.ts';
import { keyGrant } from '../../lib/domain/key-grant.ts';

const own = 'fbc66945-1695-4967-9aac-e815b18c3ae9';
const somebody = 'd87b1230-e7f2-49aa-9332-b30cb896dfb5';
const secretsOnly = { secrets: true, keys: false };
const keysOnly = { secrets: false, keys: true };
const both = { secrets: true, keys: true };
const three = ['get', 'list', 'backup'];

function keyVault(change: Partial<KeyVault>): KeyVault {
  return {
    key: armId('/kv'),
    name: 'kv',
    resourceGroup: 'rg',
    usesRbac: false,
    accessPolicies: [],
    isOpenToTrustedServices: true,
    ...change,
  };
}

function policy(secrets: readonly string[], keys: readonly string[], objectId = own): KeyVaultAccessPolicy {
  return { objectId, secrets, keys };
}

function withPolicies(...accessPolicies: readonly KeyVaultAccessPolicy[]): KeyVault {
  return keyVault({ accessPolicies });
}

/** A role that the service has, with these data actions; `undefined` if they were not read. */
function role(dataActions: readonly string[] | undefined, principalId = own): RoleAssignment {
  const assignment = { principalId, roleId: '11111111-2222-3333-4444-555555555555', scope: armId('/subscriptions/s') };
  return dataActions ? { ...assignment, dataActions } : assignment;
}

function withRoles(...roleAssignments: readonly RoleAssignment[]): KeyVault {
  return keyVault({ usesRbac: true, roleAssignments });
}

const administrator = { ...role(undefined), roleId: '00482A5A-887F-4FB3-B363-3B7FE8E74483' };
const ofSecrets = [
  'Microsoft.KeyVault/vaults/secrets/getSecret/action',
  'Microsoft.KeyVault/vaults/secrets/readMetadata/action',
  'Microsoft.KeyVault/vaults/secrets/backup/action',
];
const ofKeys = ['Microsoft.KeyVault/vaults/keys/read', 'Microsoft.KeyVault/vaults/keys/backup/action'];

describe('a grant by access policies', () => {
  it.each([
    ['secrets, with all three permissions', withPolicies(policy(three, [])), secretsOnly, 'granted'],
    [
      'secrets, with permissions in any case of letters',
      withPolicies(policy(['Get', 'LIST', 'Backup'], [])),
      secretsOnly,
      'granted',
    ],
    ['secrets, with more than is needed', withPolicies(policy([...three, 'set', 'purge'], [])), secretsOnly, 'granted'],
    ['secrets, with all permissions', withPolicies(policy(['All'], [])), secretsOnly, 'granted'],
    ['keys, with all three permissions', withPolicies(policy([], three)), keysOnly, 'granted'],
    ['both', withPolicies(policy(three, ['all'])), both, 'granted'],
    ['the service in upper case', withPolicies(policy(three, [], own.toUpperCase())), secretsOnly, 'granted'],
    [
      'the service as one of several',
      withPolicies(policy(['all'], [], somebody), policy(three, [])),
      secretsOnly,
      'granted',
    ],
    ['secrets, without get', withPolicies(policy(['list', 'backup'], [])), secretsOnly, 'missing'],
    ['secrets, without list', withPolicies(policy(['get', 'backup'], [])), secretsOnly, 'missing'],
    ['secrets, without backup', withPolicies(policy(['get', 'list'], [])), secretsOnly, 'missing'],
    ['keys, with secrets alone', withPolicies(policy(three, [])), both, 'missing'],
    ['secrets, with keys alone', withPolicies(policy([], three)), both, 'missing'],
    ['somebody else', withPolicies(policy(['all'], ['all'], somebody)), secretsOnly, 'missing'],
    ['nobody', withPolicies(), secretsOnly, 'missing'],
    [
      'nobody, where roles are assigned that do not count',
      keyVault({ roleAssignments: [administrator] }),
      secretsOnly,
      'missing',
    ],
  ])('for %s', (_what, vault, need, expected) => {
    expect(keyGrant(vault, need, own)).toEqual({ kind: expected });
  });

  it('is not known without the object id of the service, if a policy suffices for somebody', () => {
    expect(keyGrant(withPolicies(policy(three, [])), secretsOnly, undefined)).toMatchObject({
      kind: 'unknown',
      because: { cause: 'not-reported', detail: expect.stringContaining('backupManagementServiceObjectId') },
    });
  });

  it('is missing whoever the service is, if no policy suffices', () => {
    expect(keyGrant(withPolicies(policy(['get'], [])), secretsOnly, undefined)).toEqual({ kind: 'missing' });
  });
});

describe('a grant by roles', () => {
  it.each([
    ['Key Vault Administrator', withRoles(administrator), both, 'granted'],
    ['the actions for secrets', withRoles(role(ofSecrets)), secretsOnly, 'granted'],
    ['the actions for keys', withRoles(role(ofKeys)), keysOnly, 'granted'],
    ['all actions, of two roles', withRoles(role(ofSecrets), role(ofKeys)), both, 'granted'],
    [
      'actions with wildcards',
      withRoles(role(['Microsoft.KeyVault/vaults/secrets/*', 'microsoft.keyvault/vaults/keys/*'])),
      both,
      'granted',
    ],
    [
      'enough actions beside a role that was not read',
      withRoles(role(ofSecrets), role(undefined)),
      secretsOnly,
      'granted',
    ],
    ['the service in upper case', withRoles({ ...administrator, principalId: own.toUpperCase() }), both, 'granted'],
    ['the actions for secrets where keys are needed too', withRoles(role(ofSecrets)), both, 'missing'],
    ['all actions for secrets but one', withRoles(role(ofSecrets.slice(1))), secretsOnly, 'missing'],
    ['all actions for secrets but the last', withRoles(role(ofSecrets.slice(0, 2))), secretsOnly, 'missing'],
    ['all actions for keys but one', withRoles(role(ofKeys.slice(1))), keysOnly, 'missing'],
    [
      'the administrator role of somebody else',
      withRoles({ ...administrator, principalId: somebody }),
      both,
      'missing',
    ],
    ['a role of somebody else that was not read', withRoles(role(undefined, somebody)), both, 'missing'],
    ['no role', withRoles(), secretsOnly, 'missing'],
    [
      'no role, where access policies are left over that do not count',
      keyVault({ usesRbac: true, roleAssignments: [], accessPolicies: [policy(['all'], ['all'])] }),
      secretsOnly,
      'missing',
    ],
  ])('with %s', (_what, vault, need, expected) => {
    expect(keyGrant(vault, need, own)).toEqual({ kind: expected });
  });

  it.each([
    ['role assignments that could not be read', keyVault({ usesRbac: true }), own, 'partial-inventory'],
    ['a role that could not be read', withRoles(role(undefined)), own, 'partial-inventory'],
    ['too few actions beside such a role', withRoles(role(ofKeys), role(undefined)), own, 'partial-inventory'],
    ['roles, and no object id of the service', withRoles(administrator), undefined, 'not-reported'],
  ])('is not known with %s', (_what, vault, objectId, cause) => {
    expect(keyGrant(vault, secretsOnly, objectId)).toMatchObject({ kind: 'unknown', because: { cause } });
  });

  it('is missing without any role, whoever the service is', () => {
    expect(keyGrant(withRoles(), secretsOnly, undefined)).toEqual({ kind: 'missing' });
  });
});

describe('a firewall that is closed to trusted services', () => {
  it('leaves unknown whether a grant helps', () => {
    const vault = { ...withPolicies(policy(three, [])), isOpenToTrustedServices: false };

    expect(keyGrant(vault, secretsOnly, own)).toMatchObject({ kind: 'unknown', because: { cause: 'not-reported' } });
  });

  it('changes nothing where the grant is missing', () => {
    expect(keyGrant(keyVault({ isOpenToTrustedServices: false }), secretsOnly, own)).toEqual({ kind: 'missing' });
  });
});
