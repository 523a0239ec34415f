import type { DiskEncryption, DiskResource } from '../../lib/domain/disk-resource.ts';
import { type ArmId, armId } from '../../lib/domain/ids.ts';
import type { KeyVault, KeyVaultAccessPolicy } from '../../lib/domain/key-access.ts';
import type { encryptionAde } from '../../lib/rules/encryption-ade.ts';
import type { Cases, Differing } from './case.ts';
import { diskResource, diskResources, disks, fact, gap, ownSubscription, unread } from './healthy-vm.ts';

const backupService = 'fbc66945-1695-4967-9aac-e815b18c3ae9';
const somebody = 'd87b1230-e7f2-49aa-9332-b30cb896dfb5';
const configured = { settings: { backupManagementServiceObjectId: backupService } };

function vaultId(name: string): ArmId {
  return armId(`/subscriptions/${ownSubscription}/resourceGroups/RG-Keys/providers/Microsoft.KeyVault/vaults/${name}`);
}

/** A key vault with access policies that is open to trusted services. */
function keyVault(name: string, change: Partial<KeyVault> = {}): KeyVault {
  return {
    key: vaultId(name),
    name,
    resourceGroup: 'RG-Keys',
    usesRbac: false,
    accessPolicies: [],
    isOpenToTrustedServices: true,
    ...change,
  };
}

const three = ['get', 'list', 'backup'];

/** An access policy of Backup Management Service. */
function policy(
  secrets: readonly string[],
  keys: readonly string[] = [],
  objectId = backupService,
): KeyVaultAccessPolicy {
  return { objectId, secrets, keys };
}

function withPolicies(...accessPolicies: readonly KeyVaultAccessPolicy[]): KeyVault {
  return keyVault('kv-pay', { accessPolicies });
}

/** A VM whose data disk is encrypted with secrets and keys of key vaults. */
function encrypted(encryption: Partial<DiskEncryption>, ...vaults: readonly KeyVault[]): Differing {
  const diskEncryption = { secretVaults: [], keyVaults: [], ...encryption };
  return {
    ...configured,
    disks: fact(disks(1)),
    diskResources: diskResources(diskResource('os'), diskResource('data-0', { diskEncryption })),
    keyVaults: fact(new Map(vaults.map((vault) => [vault.key, vault]))),
  };
}

const bek = { secretVaults: [vaultId('kv-pay')] };
const kek = { secretVaults: [vaultId('kv-pay')], keyVaults: [vaultId('kv-pay')] };

function extension(publisher: string, type: string): Differing {
  return { extensions: fact([{ name: 'e', publisher, type, provisioningState: 'Succeeded' }]) };
}

const both: readonly DiskResource[] = [
  diskResource('os', { diskEncryption: { secretVaults: [vaultId('kv-b')], keyVaults: [] } }),
  diskResource('data-0', { diskEncryption: { secretVaults: [vaultId('kv-a')], keyVaults: [] } }),
];

const granted = { outcome: 'pass', reason: 'Granted' } as const;
const notEncrypted = { outcome: 'pass', reason: 'NotEncrypted' } as const;
const missing = { outcome: 'fail', reason: 'AccessPolicyMissing', severity: 'blocker' } as const;
const notReported = { outcome: 'unknown', cause: 'not-reported' } as const;

export const cases: Cases<typeof encryptionAde> = [
  ['no encryption', {}, { ...notEncrypted, message: 'The VM does not use Azure Disk Encryption.' }],
  [
    'extensions of the publisher that are something else',
    extension('Microsoft.Azure.Security', 'IaaSAntimalware'),
    notEncrypted,
  ],
  ['an extension of the name by another publisher', extension('Contoso.Security', 'AzureDiskEncryption'), notEncrypted],
  [
    'secrets, and an access policy that suffices',
    encrypted(bek, withPolicies(policy(three))),
    { ...granted, message: 'Azure Backup may read what it needs in kv-pay.' },
  ],
  ['secrets and keys, and an access policy that suffices', encrypted(kek, withPolicies(policy(three, three))), granted],
  [
    'secrets and keys, and an access policy that allows all',
    encrypted(kek, withPolicies(policy(['all'], ['all']))),
    granted,
  ],
  [
    'no access policy at all',
    encrypted(bek, withPolicies()),
    {
      ...missing,
      message: 'Azure Backup may not read the keys in kv-pay: no access policy of kv-pay lets it.',
      fix: {
        text: 'Grant Backup Management Service access to kv-pay.',
        commands: [
          'az keyvault set-policy --subscription 11111111-1111-1111-1111-111111111111 -g RG-Keys -n kv-pay --spn 262044b1-e2ce-469f-a196-69ab7ada62d3 --key-permissions get list backup --secret-permissions get list backup',
        ],
      },
    },
  ],
  ['an access policy of somebody else', encrypted(bek, withPolicies(policy(['all'], ['all'], somebody))), missing],
  ['keys too, and an access policy for secrets alone', encrypted(kek, withPolicies(policy(three))), missing],
  [
    'keys of a vault of their own, and access to its keys alone',
    encrypted(
      { secretVaults: [vaultId('kv-pay')], keyVaults: [vaultId('kv-keys')] },
      withPolicies(policy(three)),
      keyVault('kv-keys', { accessPolicies: [policy([], three)] }),
    ),
    { ...granted, message: 'Azure Backup may read what it needs in kv-keys, kv-pay.' },
  ],
  [
    'two vaults without access',
    {
      ...configured,
      disks: fact(disks(1)),
      diskResources: diskResources(...both),
      keyVaults: fact(new Map(['kv-a', 'kv-b'].map((name) => [vaultId(name), keyVault(name)]))),
    },
    { ...missing, message: 'Azure Backup may not read the keys in kv-a, kv-b: no access policy of kv-a lets it.' },
  ],
  [
    'a vault without access beside one that could not be read',
    {
      ...configured,
      disks: fact(disks(1)),
      diskResources: diskResources(...both),
      keyVaults: fact(new Map([[vaultId('kv-b'), keyVault('kv-b')]])),
    },
    { ...missing, message: 'Azure Backup may not read the keys in kv-b: no access policy of kv-b lets it.' },
  ],
  [
    'role assignments without one for Azure Backup',
    encrypted(
      bek,
      keyVault('kv-pay', { usesRbac: true, accessPolicies: [policy(['all'], ['all'])], roleAssignments: [] }),
    ),
    {
      outcome: 'fail',
      reason: 'RoleMissing',
      severity: 'blocker',
      message: 'Azure Backup may not read the keys in kv-pay: no role on kv-pay lets it.',
      fix: {
        text: 'Give Backup Management Service the role Key Vault Administrator on kv-pay.',
        commands: [
          'az role assignment create --subscription 11111111-1111-1111-1111-111111111111 --assignee 262044b1-e2ce-469f-a196-69ab7ada62d3 --role 00482a5a-887f-4fb3-b363-3b7fe8e74483 --scope /subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/rg-keys/providers/microsoft.keyvault/vaults/kv-pay',
        ],
      },
    },
  ],
  [
    'Key Vault Administrator by role assignment',
    encrypted(
      bek,
      keyVault('kv-pay', {
        usesRbac: true,
        roleAssignments: [
          {
            principalId: backupService,
            roleId: '00482a5a-887f-4fb3-b363-3b7fe8e74483',
            scope: armId(`/subscriptions/${ownSubscription}`),
          },
        ],
      }),
    ),
    granted,
  ],
  [
    'a key vault that is not among those that could be read',
    encrypted(bek),
    {
      outcome: 'unknown',
      cause: 'no-permission',
      message: 'Key vault kv-pay could not be read, so whether Azure Backup may use it is not known.',
      action: 'Microsoft.KeyVault/vaults/read',
    },
  ],
  [
    'key vaults that may not be read',
    { ...encrypted(bek), keyVaults: unread },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  ['no encryption, and key vaults that may not be read', { keyVaults: unread }, notEncrypted],
  [
    'an access policy that suffices, behind a firewall that is closed to trusted services',
    encrypted(bek, keyVault('kv-pay', { accessPolicies: [policy(three)], isOpenToTrustedServices: false })),
    {
      ...notReported,
      message: 'The firewall of key vault kv-pay may keep Azure Backup out: trusted services may not pass it.',
    },
  ],
  [
    'an object id that was not configured',
    { ...encrypted(bek, withPolicies(policy(three))), settings: {} },
    {
      ...notReported,
      message:
        'The object id of Backup Management Service in this tenant is not known; set backupManagementServiceObjectId.',
    },
  ],
  [
    'the extension of Windows, in any case of letters, and disks that tell nothing',
    extension('microsoft.azure.security', 'AZUREDISKENCRYPTION'),
    { ...notReported, message: 'The VM uses Azure Disk Encryption, but its disks do not name the key vault.' },
  ],
  [
    'the extension of Linux, and disks that tell nothing',
    extension('Microsoft.Azure.Security', 'AzureDiskEncryptionForLinux'),
    notReported,
  ],
  [
    'the extension, and a disk that could not be read',
    {
      ...extension('Microsoft.Azure.Security', 'AzureDiskEncryption'),
      disks: fact(disks(1)),
      diskResources: diskResources(diskResource('os')),
    },
    { outcome: 'unknown', cause: gap.cause },
  ],
  ['an encrypted disk that does not name its key vault', encrypted({}), notReported],
  [
    'an encrypted disk that does not name its key vault beside one that does',
    {
      ...encrypted(bek, withPolicies(policy(three))),
      diskResources: diskResources(
        diskResource('os', { diskEncryption: { secretVaults: [], keyVaults: [] } }),
        diskResource('data-0', { diskEncryption: { ...bek, keyVaults: [] } }),
      ),
    },
    notReported,
  ],
  [
    'an encrypted disk with access, beside one that could not be read',
    { ...encrypted(bek, withPolicies(policy(three))), disks: fact(disks(2)) },
    { outcome: 'unknown', cause: gap.cause, message: gap.detail },
  ],
  [
    'an encrypted disk without access, beside one that could not be read',
    { ...encrypted(bek, withPolicies()), disks: fact(disks(2)) },
    missing,
  ],
  [
    'an encrypted disk without access, and extensions that may not be read',
    { ...encrypted(bek, withPolicies()), extensions: unread },
    missing,
  ],
  [
    'disks without encryption, and extensions that may not be read',
    { extensions: unread },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  [
    'no extension, and a disk that could not be read',
    { disks: fact(disks(1)), diskResources: diskResources(diskResource('os')) },
    { outcome: 'unknown', cause: gap.cause },
  ],
  [
    'an unmanaged disk, and an ephemeral OS disk, neither with a resource',
    {
      disks: fact([
        { name: 'os', role: 'os', unmanaged: false, ephemeral: true },
        { name: 'blob', role: 'data', unmanaged: true, lun: 0 },
      ]),
    },
    notEncrypted,
  ],
  ['disk resources that may not be read', { diskResources: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['disks that may not be read', { disks: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
