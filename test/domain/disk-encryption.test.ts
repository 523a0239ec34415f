import { describe, expect, it } from 'vitest';

import { encryptableDisks, encryptionOfDisk, encryptionOfVm } from '../../lib/domain/disk-encryption.ts';
import type { DiskResource } from '../../lib/domain/disk-resource.ts';
import type { FactSheet } from '../../lib/domain/fact-sheet.ts';
import { armId } from '../../lib/domain/ids.ts';
import { diskResource, diskResources, disks, fact, gap, healthyVm, unread } from '../rules/healthy-vm.ts';

const plain = diskResource('data-0');
const encrypted: DiskResource = diskResource('data-1', {
  diskEncryption: { secretVaults: [armId('/kv')], keyVaults: [] },
});

function extension(publisher: string, type: string): FactSheet['extensions'] {
  return fact([{ name: 'e', publisher, type, provisioningState: '' }]);
}

const ade = extension('Microsoft.Azure.Security', 'AzureDiskEncryption');
const none = fact([]);
const partly = { disks: fact(disks(2)), diskResources: diskResources(diskResource('os'), plain) };

describe('encryption of a VM', () => {
  it.each<[string, Partial<FactSheet>, unknown]>([
    ['is off without an extension and settings', {}, { kind: 'off' }],
    ['is on with the extension of Windows', { extensions: ade }, { kind: 'on' }],
    [
      'is on with the extension of Linux, in any case of letters',
      { extensions: extension('MICROSOFT.AZURE.SECURITY', 'azurediskencryptionFORLINUX') },
      { kind: 'on' },
    ],
    [
      'is off with another extension of the publisher',
      { extensions: extension('Microsoft.Azure.Security', 'AzureDiskEncryptionReport') },
      { kind: 'off' },
    ],
    [
      'is off with an extension of that type by somebody else',
      { extensions: extension('Contoso', 'AzureDiskEncryption') },
      { kind: 'off' },
    ],
    [
      'is on with the settings of a disk, even if the extensions are not known',
      { diskResources: diskResources(encrypted), extensions: unread },
      { kind: 'on' },
    ],
    [
      'is on with the extension, even if the disks are not known',
      { extensions: ade, disks: unread, diskResources: unread },
      { kind: 'on' },
    ],
    ['is not known without the extensions', { extensions: unread }, unread],
    ['is not known without the disks', { disks: unread }, unread],
    ['is not known without the disk resources', { diskResources: unread }, unread],
    ['is not known without one disk resource', partly, { kind: 'unknown', because: gap }],
  ])('%s', (_what, change, expected) => {
    expect(encryptionOfVm(healthyVm(change))).toEqual(expected);
  });

  it('leaves out unmanaged disks and an ephemeral OS disk', () => {
    const [os] = disks(0);
    const own = os ? [{ ...os, ephemeral: true }] : [];
    const sheet = healthyVm({ disks: fact([...own, { name: 'blob', role: 'data', unmanaged: true }]) });

    expect(encryptableDisks(sheet)).toEqual([]);
    expect(encryptionOfVm(sheet)).toEqual({ kind: 'off' });
  });
});

describe('encryption of one disk', () => {
  const withPlain = { name: 'data-0', role: 'data', unmanaged: false, resource: plain } as const;
  const withEncrypted = { name: 'data-1', role: 'data', unmanaged: false, resource: encrypted } as const;
  const withNothing = { name: 'data-2', role: 'data', unmanaged: false } as const;

  it('is on with its own settings', () => {
    expect(encryptionOfDisk(withEncrypted, gap, [withEncrypted], unread)).toEqual({ kind: 'on' });
  });

  it('is off without settings where another disk has them', () => {
    expect(encryptionOfDisk(withPlain, gap, [withPlain, withEncrypted], unread)).toEqual({ kind: 'off' });
  });

  it('is off where neither a disk nor an extension tells of it', () => {
    expect(encryptionOfDisk(withPlain, gap, [withPlain], none)).toEqual({ kind: 'off' });
  });

  it('is not known without its resource', () => {
    expect(encryptionOfDisk(withNothing, gap, [withNothing], none)).toEqual({ kind: 'unknown', because: gap });
  });

  it('is not known where only the extensions could tell and they are not known', () => {
    expect(encryptionOfDisk(withPlain, gap, [withPlain], unread)).toBe(unread);
  });

  it('is not known where the extension is there and no disk has settings', () => {
    expect(encryptionOfDisk(withPlain, gap, [withPlain], ade)).toMatchObject({
      kind: 'unknown',
      because: { cause: 'not-reported' },
    });
  });
});
