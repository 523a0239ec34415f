import { type AttachedDisk, lastingDisks, managedDisks, readableDisks, unreadDisk } from './disk-resource.ts';
import type { VmExtension } from './extension.ts';
import type { Fact, UnknownBecause } from './fact.ts';
import type { FactSheet } from './fact-sheet.ts';
import { isOneOf, isWord } from './word.ts';

/** Whether Azure Disk Encryption (ADE) encrypts something in the guest, or why that cannot be told. */
export type Encryption =
  | { readonly kind: 'on' | 'off' }
  | { readonly kind: 'unknown'; readonly because: UnknownBecause };

const types = ['AzureDiskEncryption', 'AzureDiskEncryptionForLinux'];

function encryptsDisks({ publisher, type }: VmExtension): boolean {
  return isWord(publisher, 'Microsoft.Azure.Security') && isOneOf(type, types);
}

/**
 * The managed disks of a VM that ADE can encrypt, with their resources. An ephemeral OS disk is none: ADE does not take
 * it, and whether it has a resource at all is unconfirmed.
 */
export function encryptableDisks({
  disks,
  diskResources,
}: Pick<FactSheet, 'disks' | 'diskResources'>): readonly AttachedDisk[] {
  return disks.kind === 'known' ? managedDisks(lastingDisks(disks.value), readableDisks(diskResources)) : [];
}

/** Whether ADE is on a VM: its extension is there, or one of its disks has the settings of ADE. */
export function encryptionOfVm(sheet: Pick<FactSheet, 'disks' | 'diskResources' | 'extensions'>): Encryption {
  const { disks, diskResources, extensions } = sheet;
  const encryptable = encryptableDisks(sheet);
  const isSeen = extensions.kind === 'known' && extensions.value.some(encryptsDisks);
  if (isSeen || encryptable.some(({ resource }) => resource?.diskEncryption)) {
    return { kind: 'on' };
  }
  if (extensions.kind === 'unknown') {
    return extensions;
  }
  if (disks.kind === 'unknown') {
    return disks;
  }
  const because = unreadDisk(encryptable, readableDisks(diskResources));
  return because ? { kind: 'unknown', because } : { kind: 'off' };
}

/**
 * Whether ADE encrypts one disk of a VM. Its own settings say so; but ADE of the first generation leaves the disks
 * without settings, so where the extension is there and no disk has any, it cannot be told.
 */
export function encryptionOfDisk(
  { name, resource }: AttachedDisk,
  missing: UnknownBecause,
  ofVm: readonly AttachedDisk[],
  extensions: Fact<readonly VmExtension[]>,
): Encryption {
  if (!resource) {
    return { kind: 'unknown', because: missing };
  }
  if (resource.diskEncryption) {
    return { kind: 'on' };
  }
  if (ofVm.some((disk) => disk.resource?.diskEncryption)) {
    return { kind: 'off' };
  }
  if (extensions.kind === 'unknown') {
    return extensions;
  }
  return extensions.value.some(encryptsDisks)
    ? {
        kind: 'unknown',
        because: {
          cause: 'not-reported',
          detail: `The VM uses Azure Disk Encryption, but no disk tells whether it is encrypted; disk ${name} may be.`,
        },
      }
    : { kind: 'off' };
}
