import { expect, test } from 'vitest';

import { armId } from '../../lib/domain/ids.ts';
import type { EstateResource } from '../../local/estates/estate.ts';
import { serviceInAzure } from './service-in-azure.ts';
import { web1 } from './shop.ts';
import { diskId, network, nicId, subnetId, subscription, testEstate, vm, vmId } from './test-estate.ts';
import { trustedCertificate } from './trusted-certificate.ts';

const certificate = await trustedCertificate();

const extension = (name: string): EstateResource => ({
  id: `${vmId('web1')}/extensions/${name}`,
  name,
  type: 'Microsoft.Compute/virtualMachines/extensions',
  location: 'westeurope',
  properties: { publisher: 'Microsoft.Azure.Security', type: 'AzureDiskEncryption', provisioningState: 'Succeeded' },
});

const group = `/subscriptions/${subscription}/resourceGroups/AzureBackupRG_westeurope_1`;
const collectionId = `${group}/providers/Microsoft.Compute/restorePointCollections/AzureBackup_web1`;
const collection: EstateResource = {
  id: collectionId,
  name: 'AzureBackup_web1',
  type: 'Microsoft.Compute/restorePointCollections',
  location: 'westeurope',
  properties: { source: { id: vmId('web1') }, restorePoints: [{ name: 'a' }, { name: 'b' }] },
};

test('resources are read by their ids, each once, in whatever case the ids are written', async () => {
  const { azure, arm } = await serviceInAzure(certificate);
  const ids = [diskId('web1-os'), nicId('web1'), network().id, diskId('WEB1-OS')].map(armId);

  const read = await arm.resources(ids);

  expect(read.disks.get(armId(diskId('web1-os')))).toMatchObject({ name: 'web1-os', sizeGiB: 30, sku: 'Premium_LRS' });
  expect(read.nics.get(armId(nicId('web1')))?.nic.ipConfigurations).toMatchObject([{ allocation: 'Dynamic' }]);
  expect(read.networkRows.get(armId(network().id))).toMatchObject({ properties: { subnets: [{ id: subnetId }] } });
  expect(read.missing.size).toBe(0);
  expect(azure.requests).toHaveLength(3);
});

test('what cannot be read is missing, with the cause', async () => {
  const action = 'Microsoft.Compute/disks/read';
  const denied = [{ scope: diskId('web1-os'), action }];
  const { arm } = await serviceInAzure(certificate, { estate: testEstate({ denied }) });
  const ids = [diskId('web1-os'), diskId('gone'), '/subscriptions/s/resourceGroups/g/providers/Other.Things/x/y'];

  const read = await arm.resources(ids.map(armId));

  expect([...read.missing.values()]).toMatchObject([
    { cause: 'no-permission', action },
    { cause: 'partial-inventory', detail: expect.stringContaining('Azure does not know') },
    { cause: 'not-reported' },
  ]);
  expect(read.disks.size).toBe(0);
});

test('a resource whose body makes no sense is missing', async () => {
  const { azure, arm } = await serviceInAzure(certificate);
  azure.faults({ path: /disks/, status: 200, body: { id: diskId('web1-os'), name: 'web1-os' } });

  const read = await arm.resources([armId(diskId('web1-os'))]);

  expect([...read.missing.values()]).toMatchObject([{ cause: 'not-reported' }]);
});

test.each(['a b', "o'brien", 'ünïcödé', 'a;b', '100%'])('a name such as %j is a part of the path', async (name) => {
  const id = diskId(name);
  const { azure, arm } = await serviceInAzure(certificate, { estate: testEstate({ resources: [vm('web1')] }) });

  const read = await arm.resources([armId(id)]);

  expect(read.missing.get(armId(id))?.cause).toBe('partial-inventory');
  expect(azure.requests.map(({ path }) => path.toLowerCase())).toEqual([id.toLowerCase()]);
});

test('the extensions of a VM are listed over all pages; none is none', async () => {
  const resources = [vm('web1'), vm('web2'), extension('a'), extension('b'), extension('c')];
  const { arm } = await serviceInAzure(certificate, { estate: testEstate({ resources }), pageSize: 2 });

  const extensions = await arm.extensionsOf(web1);

  expect(extensions).toMatchObject({ source: { where: 'ARM, extensions of the VM' } });
  expect(extensions.kind === 'known' && extensions.value.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  const none = await serviceInAzure(certificate);
  expect(await none.arm.extensionsOf(web1)).toMatchObject({ kind: 'known', value: [] });
});

test('extensions that may not be listed, or make no sense, are not none', async () => {
  const action = 'Microsoft.Compute/virtualMachines/extensions/read';
  const denied = [{ scope: `/subscriptions/${subscription}`, action }];
  const { arm } = await serviceInAzure(certificate, { estate: testEstate({ denied }) });
  const broken = await serviceInAzure(certificate);
  broken.azure.faults({ path: /extensions/, status: 200, body: { value: [{ name: 'a' }] } });

  expect(await arm.extensionsOf(web1)).toMatchObject({ kind: 'unknown', because: { cause: 'no-permission', action } });
  expect(await broken.arm.extensionsOf(web1)).toMatchObject({ kind: 'unknown', because: { cause: 'not-reported' } });
});

test('the collections of a subscription are listed with their VMs, once for some minutes', async () => {
  const estate = testEstate({ resources: [vm('web1'), collection] });
  const { arm, azure } = await serviceInAzure(certificate, { estate });

  const first = await arm.restorePointCollectionsOf(subscription);
  const again = await arm.restorePointCollectionsOf(subscription);

  expect(first).toMatchObject({ value: { restorePoints: new Map([[armId(vmId('web1')), [armId(collectionId)]]]) } });
  expect(again).toBe(first);
  expect(azure.requests.length).toBe(1);
});

test('collections that may not be listed are not none', async () => {
  const action = 'Microsoft.Compute/restorePointCollections/read';
  const denied = [{ scope: `/subscriptions/${subscription}`, action }];
  const { arm } = await serviceInAzure(certificate, { estate: testEstate({ denied, resources: [collection] }) });

  expect(await arm.restorePointCollectionsOf(subscription)).toMatchObject({
    kind: 'unknown',
    because: { cause: 'no-permission', action },
  });
});

test('the points of a collection are counted', async () => {
  const { arm } = await serviceInAzure(certificate, { estate: testEstate({ resources: [vm('web1'), collection] }) });

  expect(await arm.restorePointsIn(armId(collectionId))).toMatchObject({ kind: 'known', value: 2 });
});

test('points that cannot be read are not none', async () => {
  const action = 'Microsoft.Compute/restorePointCollections/restorePoints/read';
  const denied = [{ scope: `/subscriptions/${subscription}`, action }];
  const { arm } = await serviceInAzure(certificate, { estate: testEstate({ denied, resources: [collection] }) });
  const empty = await serviceInAzure(certificate);
  const broken = await serviceInAzure(certificate);
  broken.azure.faults({ path: /restorePointCollections/i, status: 200, body: { properties: {} } });

  expect(await arm.restorePointsIn(armId(collectionId))).toMatchObject({ because: { cause: 'no-permission', action } });
  expect(await empty.arm.restorePointsIn(armId(collectionId))).toMatchObject({
    because: { cause: 'partial-inventory' },
  });
  expect(await broken.arm.restorePointsIn(armId(collectionId))).toMatchObject({ because: { cause: 'not-reported' } });
});
