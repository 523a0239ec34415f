import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readDisk } from '../../lib/azure/disk-row.ts';
import { diskId } from '../contract/test-estate.ts';
import { mutationsOf } from './mutations.ts';

const vault = (name: string) => ({
  sourceVault: { id: `/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/${name}` },
});
const keyOf = (name: string) => vault(name).sourceVault.id.toLowerCase();

const row = {
  id: diskId('data'),
  name: 'data',
  sku: { name: 'PremiumV2_LRS', tier: 'Premium' },
  properties: {
    diskSizeGB: 1024,
    maxShares: 2,
    dataAccessAuthMode: 'AzureActiveDirectory',
    securityProfile: { securityType: 'ConfidentialVM_DiskEncryptedWithPlatformKey', confidentialVMVersion: 'v2' },
    encryptionSettingsCollection: {
      enabled: true,
      encryptionSettings: [
        { diskEncryptionKey: { secretUrl: 'x', ...vault('Bek') }, keyEncryptionKey: vault('Kek') },
        { diskEncryptionKey: vault('Other') },
      ],
    },
  },
};

test('a disk is told with everything that limits its backup', () => {
  expect(readDisk(row)).toEqual({
    id: diskId('data'),
    key: diskId('data').toLowerCase(),
    name: 'data',
    resourceGroup: 'RG-Shop',
    sku: 'PremiumV2_LRS',
    sizeGiB: 1024,
    maxShares: 2,
    dataAccessAuthMode: 'AzureActiveDirectory',
    securityType: 'ConfidentialVM_DiskEncryptedWithPlatformKey',
    confidentialVmVersion: 'v2',
    diskEncryption: { secretVaults: [keyOf('Bek'), keyOf('Other')], keyVaults: [keyOf('Kek')] },
  });
});

test.each([
  [{}],
  [{ diskSizeGB: null, maxShares: null, securityProfile: null, encryptionSettingsCollection: null }],
  [{ encryptionSettingsCollection: { enabled: false, encryptionSettings: [{ diskEncryptionKey: vault('Bek') }] } }],
])('a disk says nothing of what Azure leaves out: %j', (properties) => {
  expect(readDisk({ id: diskId('os'), name: 'os', sku: null, properties })).toEqual({
    id: diskId('os'),
    key: diskId('os').toLowerCase(),
    name: 'os',
    resourceGroup: 'RG-Shop',
  });
});

test('a disk that is encrypted without naming its key vaults is encrypted all the same', () => {
  const properties = { encryptionSettingsCollection: { enabled: true, encryptionSettings: null } };

  expect(readDisk({ ...row, properties })?.diskEncryption).toEqual({ secretVaults: [], keyVaults: [] });
});

describe('a row that makes no sense is no disk', () => {
  test.each([
    [null],
    [{}],
    [{ ...row, id: '/nonsense' }],
    [{ ...row, name: null }],
    [{ ...row, properties: null }],
    [{ ...row, properties: { encryptionSettingsCollection: 'on' } }],
    [{ ...row, properties: { encryptionSettingsCollection: { enabled: true, encryptionSettings: 'all' } } }],
  ])('%j', (raw) => {
    expect(readDisk(raw)).toBeUndefined();
  });

  test('whatever is broken in it, an encrypted disk is never read as one that is not while its settings are there', () => {
    const { encryptionSettingsCollection, ...others } = row.properties;

    fc.assert(
      fc.property(mutationsOf({ ...row, properties: others }), (raw) => {
        const broken = raw as { properties?: object } | null;
        const properties = { ...broken?.properties, encryptionSettingsCollection };
        const disk = readDisk({ ...broken, properties });
        expect(disk === undefined || disk.diskEncryption !== undefined).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
