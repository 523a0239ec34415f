import { put } from './bodies.ts';
import { resize } from './disk-plants.ts';
import { extension } from './extensions.ts';
import { reinstallOldStyle, run } from './guest.ts';
import { furnishKeyVaults, keyVaultId } from './key-vaults.ts';
import type { MachinePlan } from './machine-plan.ts';
import { homeRegion } from './names.ts';
import { placed } from './place-plants.ts';
import { hasVisibleItem, type Plant } from './plants.ts';
import type { SpecialPlace } from './special-place.ts';
import { blocks, leavesOpen, notes, type Sign, veils } from './truth.ts';

const encrypted: SpecialPlace = { displayName: 'Encrypted machines', region: homeRegion, furnish: furnishKeyVaults };

type OsType = MachinePlan['image']['osType'];

/** Encrypts the disks inside the guest (Azure Disk Encryption), with a secret in this key vault. */
function encryptWith(plan: MachinePlan, osType: OsType, keyVault: string, osDiskGib: number): void {
  plan.edits.push((bodies) => {
    const { vm, disks, extensions } = bodies;
    const id = keyVaultId(plan.place.subscription.subscriptionId, keyVault);
    const secretUrl = `https://${keyVault}.vault.azure.net/secrets/bek-${plan.number}/0a1b2c3d4e5f60718293a4b5c6d7e8f9`;
    const encryptionSettings = [{ diskEncryptionKey: { sourceVault: { id }, secretUrl } }];
    for (const disk of disks) {
      const collection = { enabled: true, encryptionSettingsVersion: '1.1', encryptionSettings };
      put(disk, 'properties.encryptionSettingsCollection', collection);
    }
    resize(bodies, 'os', osDiskGib);
    const type = osType === 'Windows' ? 'AzureDiskEncryption' : 'AzureDiskEncryptionForLinux';
    extensions.push(extension(plan, vm.id, 'Microsoft.Azure.Security', type));
  });
}

type Encryption = {
  readonly osType?: OsType;
  readonly keyVault: string;
  readonly signs?: readonly Sign[];
  readonly osDiskGib?: number;
};

/** A VM with Azure Disk Encryption; a restore in place is not for those, a file-level restore neither. */
function withEncryption(
  words: string,
  { osType = 'Windows', keyVault, signs = [], osDiskGib = 128 }: Encryption,
): Plant {
  const ofRestore = (plan: MachinePlan) => (hasVisibleItem(plan) ? [notes('restore-replace-existing')] : []);
  const planting = {
    touches: ['guest', 'disks'] as const,
    signs: (plan: MachinePlan) => [...signs, ...ofRestore(plan), leavesOpen('restore-placement')],
  };
  return placed(words, encrypted, planting, (plan, garden) => {
    reinstallOldStyle(plan, osType, garden);
    run(plan);
    plan.osDisk = 'managed';
    plan.dataDisks = 1;
    plan.dataDiskSku = 'Premium_LRS';
    plan.hasSharedDisk = false;
    encryptWith(plan, osType, keyVault, osDiskGib);
  });
}

const noGrant = [blocks('encryption-ade')];
const hidden = [veils('encryption-ade')];

/** Everything about Azure Disk Encryption. */
export const encryptionPlants: readonly Plant[] = [
  withEncryption('decoy: encrypted with ADE, keys open to Azure Backup', { keyVault: 'kv-granted' }),
  withEncryption('decoy: Linux encrypted with ADE, keys open by a role', { osType: 'Linux', keyVault: 'kv-roles' }),
  withEncryption('encrypted with ADE, keys closed to Azure Backup', { keyVault: 'kv-closed', signs: noGrant }),
  withEncryption('encrypted with ADE, keys may be read but not backed up', {
    keyVault: 'kv-no-backup',
    signs: noGrant,
  }),
  withEncryption('Linux encrypted with ADE, no role for Azure Backup', {
    osType: 'Linux',
    keyVault: 'kv-roles-missing',
    signs: noGrant,
  }),
  withEncryption('encrypted with ADE, key vault behind a firewall', { keyVault: 'kv-firewall', signs: hidden }),
  withEncryption('encrypted with ADE, key vault may not be read', { keyVault: 'kv-hidden', signs: hidden }),
  withEncryption('decoy: encrypted with ADE, disk of 4,096 GiB', { keyVault: 'kv-granted', osDiskGib: 4096 }),
  withEncryption('encrypted with ADE, disk of 4,097 GiB', {
    keyVault: 'kv-granted',
    osDiskGib: 4097,
    signs: [blocks('disk-size')],
  }),
];
