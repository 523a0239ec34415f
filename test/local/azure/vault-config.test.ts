import { expect, test } from 'vitest';

import type { EstateResource } from '../../../local/estates/estate.ts';
import { resource } from './catalogue-estate.ts';
import { runAzure } from './running-azure.ts';
import { smallEstate, vaultId } from './small-estate.ts';

const emptyVaultId = vaultId.replace('rsv-shop', 'rsv-empty');

/** The two settings of the vault with items, or of one without, whose body has the given properties. */
async function configsOf(id: string, properties: EstateResource['properties'], ...others: EstateResource[]) {
  const { resources, ...estate } = smallEstate();
  const kept = resources.filter((each) => each.id !== id);
  const { backup } = await runAzure({
    estate: { ...estate, resources: [...kept, resource(id, properties), ...others] },
  });
  const vault = [id.split('/').at(-1) ?? '', 'rg-backup'] as const;
  const [storage, security] = [
    await backup.backupResourceStorageConfigsNonCRR.get(...vault),
    await backup.backupResourceVaultConfigs.get(...vault),
  ];
  return { storage: storage.properties, security: security.properties, ids: [storage.id, security.id] };
}

test('the settings of a vault follow from its own body', async () => {
  const { storage, security, ids } = await configsOf(vaultId, {
    redundancySettings: { standardTierStorageRedundancy: 'ZoneRedundant', crossRegionRestore: 'Disabled' },
    securitySettings: {
      softDeleteSettings: {
        softDeleteState: 'AlwaysON',
        softDeleteRetentionPeriodInDays: 30,
        enhancedSecurityState: 'Enabled',
      },
    },
  });

  expect(storage).toMatchObject({ storageModelType: 'ZoneRedundant', crossRegionRestoreFlag: false });
  expect(security).toMatchObject({ softDeleteFeatureState: 'AlwaysON', softDeleteRetentionPeriodInDays: 30 });
  expect(security).toMatchObject({ enhancedSecurityState: 'Enabled' });
  expect(ids).toEqual([`${vaultId}/backupstorageconfig/vaultstorageconfig`, `${vaultId}/backupconfig/vaultconfig`]);
});

test.each([
  ['Locked', vaultId],
  ['Unlocked', emptyVaultId],
])('the redundancy is %s in a vault with or without items', async (storageTypeState, id) => {
  const { storage } = await configsOf(id, {
    redundancySettings: { standardTierStorageRedundancy: 'GeoRedundant', crossRegionRestore: 'Enabled' },
  });

  expect(storage).toMatchObject({ storageTypeState, crossRegionRestoreFlag: true });
});

test.each([
  ['absent', {}],
  ['null', { redundancySettings: null, securitySettings: null }],
  ['of another kind', { redundancySettings: [], securitySettings: { softDeleteSettings: 'on' } }],
])('what the body lacks stays absent: settings %s', async (_, properties) => {
  const { storage, security } = await configsOf(emptyVaultId, properties);

  expect(storage?.storageModelType).toBeUndefined();
  expect(storage?.crossRegionRestoreFlag).toBeUndefined();
  expect(storage?.storageTypeState).toBe('Unlocked');
  expect(security?.softDeleteFeatureState).toBeUndefined();
});

test('an older vault can have the settings although its body does not', async () => {
  const said = resource(`${emptyVaultId}/backupconfig/vaultconfig`, { softDeleteFeatureState: 'Disabled' });

  const { security } = await configsOf(emptyVaultId, {}, said);

  expect(security?.softDeleteFeatureState).toBe('Disabled');
});

test('a vault that is not there has no settings', async () => {
  const { backup } = await runAzure();

  const missing = backup.backupResourceVaultConfigs.get('rsv-none', 'rg-backup');

  await expect(missing).rejects.toMatchObject({ statusCode: 404 });
});
