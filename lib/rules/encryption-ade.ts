import { encryptableDisks, encryptionOfVm } from '../domain/disk-encryption.ts';
import { type AttachedDisk, unreadDisk } from '../domain/disk-resource.ts';
import type { Fact } from '../domain/fact.ts';
import { type ArmId, subscriptionOf } from '../domain/ids.ts';
import type { KeyVault } from '../domain/key-access.ts';
import { type KeyGrant, type KeyNeed, keyGrant } from '../domain/key-grant.ts';
import { cannotTell, defineRule } from '../domain/rule.ts';

/** What the disks need of each key vault that holds their secrets or keys, in the order of the vaults' ids. */
function needsByVault(disks: readonly AttachedDisk[]): readonly (readonly [ArmId, KeyNeed])[] {
  const used = disks.flatMap(({ resource }) => resource?.diskEncryption ?? []);
  if (used.length === 0) {
    return [];
  }
  const secrets = new Set(used.flatMap(({ secretVaults }) => secretVaults));
  const keys = new Set(used.flatMap(({ keyVaults }) => keyVaults));
  return [...new Set([...secrets, ...keys])]
    .toSorted()
    .map((vault) => [vault, { secrets: secrets.has(vault), keys: keys.has(vault) }] as const);
}

interface Asked {
  readonly id: ArmId;
  readonly name: string;
  readonly grant: KeyGrant;
  /** Absent where it could not be read. */
  readonly vault?: KeyVault;
}

/** Resource Graph leaves out what the identity may not read, so a vault that is not among the rows is one of those. */
function ask(
  id: ArmId,
  need: KeyNeed,
  keyVaults: Fact<ReadonlyMap<ArmId, KeyVault>>,
  objectId: string | undefined,
): Asked {
  const name = id.split('/').at(-1) ?? id;
  if (keyVaults.kind === 'unknown') {
    return { id, name, grant: keyVaults };
  }
  const vault = keyVaults.value.get(id);
  if (vault) {
    return { id, name: vault.name, grant: keyGrant(vault, need, objectId), vault };
  }
  const detail = `Key vault ${name} could not be read, so whether Azure Backup may use it is not known.`;
  const because = { cause: 'no-permission', detail, action: 'Microsoft.KeyVault/vaults/read' } as const;
  return { id, name, grant: { kind: 'unknown', because } };
}

function namesOf(asked: readonly Asked[]): string {
  return asked.map(({ name }) => name).join(', ');
}

export const encryptionAde = defineRule({
  id: 'encryption-ade',
  title: 'Azure Backup may read the keys of Azure Disk Encryption',
  category: 'limitation',
  severity: 'blocker',
  rationale:
    'A VM with Azure Disk Encryption is backed up if Backup Management Service may get, list and back up the secrets (and the keys, with a key encryption key) in its key vault. Only the portal grants that by itself. Where Resource Graph shows the role assignments is unconfirmed; roles of groups are not seen.',
  sources: [
    'Back up and restore encrypted Azure VMs, 2022-12-14',
    'Support matrix for Azure VM backups, 2026-03-26',
    'Troubleshoot failures caused by agent or extension issues, 2025-11-12',
  ],
  reviewed: '2026-11-21',
  needs: { disks: (disks) => ({ disks: disks.map(({ name }) => name).join(', ') }), diskResources: () => ({}) },
  pass: {
    NotEncrypted: 'The VM does not use Azure Disk Encryption.',
    Granted: 'Azure Backup may read what it needs in {keyVaults}.',
  },
  fail: {
    AccessPolicyMissing: 'Azure Backup may not read the keys in {keyVaults}: no access policy of {keyVault} lets it.',
    RoleMissing: 'Azure Backup may not read the keys in {keyVaults}: no role on {keyVault} lets it.',
  },
  remedies: {
    AccessPolicyMissing: {
      text: 'Grant Backup Management Service access to {keyVaults}.',
      commands: [
        'az keyvault set-policy --subscription {keyVaultSubscription} -g {keyVaultResourceGroup} -n {keyVault} --spn 262044b1-e2ce-469f-a196-69ab7ada62d3 --key-permissions get list backup --secret-permissions get list backup',
      ],
    },
    RoleMissing: {
      text: 'Give Backup Management Service the role Key Vault Administrator on {keyVaults}.',
      commands: [
        'az role assignment create --subscription {keyVaultSubscription} --assignee 262044b1-e2ce-469f-a196-69ab7ada62d3 --role 00482a5a-887f-4fb3-b363-3b7fe8e74483 --scope {keyVaultId}',
      ],
    },
  },
  check({ diskResources }, { settings }, sheet) {
    const disks = encryptableDisks(sheet);
    const needs = needsByVault(disks);
    const asked = needs.map(([id, need]) => ask(id, need, sheet.keyVaults, settings.backupManagementServiceObjectId));
    const missing = asked.filter(({ grant }) => grant.kind === 'missing');
    const [first] = missing;
    if (first) {
      return {
        kind: 'fail',
        reason: first.vault?.usesRbac ? 'RoleMissing' : 'AccessPolicyMissing',
        details: { keyVaults: namesOf(missing), keyVault: first.name },
        commandDetails: {
          keyVaultId: first.id,
          keyVaultSubscription: subscriptionOf(first.id) ?? '',
          keyVaultResourceGroup: first.vault?.resourceGroup ?? '',
        },
      };
    }
    const encryption = encryptionOfVm(sheet);
    if (encryption.kind === 'off') {
      return { kind: 'pass', reason: 'NotEncrypted', details: {} };
    }
    if (encryption.kind === 'unknown') {
      return encryption;
    }
    const [doubt] = asked.flatMap(({ grant }) => (grant.kind === 'unknown' ? grant.because : []));
    const because = doubt ?? unreadDisk(disks, diskResources);
    if (because) {
      return { kind: 'unknown', because };
    }
    const areNamed = disks.every(({ resource }) => resource?.diskEncryption?.secretVaults.length !== 0);
    return asked.length > 0 && areNamed
      ? { kind: 'pass', reason: 'Granted', details: { keyVaults: namesOf(asked) } }
      : cannotTell('not-reported', 'The VM uses Azure Disk Encryption, but its disks do not name the key vault.');
  },
});
