import { expect, test } from 'vitest';

import { refusalOf, runAzure } from './running-azure.ts';
import { estateNow, itemId, nicId, smallEstate, subscriptionId, vmId } from './small-estate.ts';

const newVm = {
  location: 'westeurope',
  tags: { owner: 'shop' },
  properties: {
    storageProfile: {
      osDisk: {
        osType: 'Linux',
        createOption: 'FromImage',
        diskSizeGB: 64,
        managedDisk: { storageAccountType: 'Premium_LRS' },
      },
      dataDisks: [{ lun: 0, createOption: 'Empty', diskSizeGB: 128, managedDisk: {} }],
    },
    networkProfile: { networkInterfaces: [{ id: nicId('web5') }] },
  },
};

const diskId = (name: string): string => vmId(name).replace('virtualMachines', 'disks');

test('a new VM is accepted, its operation ends, and ARM and Resource Graph know it', async () => {
  const { azure, query, send } = await runAzure();

  const created = await send('PUT', vmId('newborn'), newVm);
  const operation = await send('GET', created.headers.get('azure-asyncoperation') ?? '');
  const vm = await send('GET', vmId('newborn'));
  const rows = await query("resources | where name == 'newborn' | project id, type");

  expect(created).toMatchObject({
    status: 201,
    body: { name: 'newborn', properties: { provisioningState: 'Creating' } },
  });
  expect(created.headers.get('azure-asyncoperation')?.startsWith(azure.armUrl)).toBe(true);
  expect(operation.body).toMatchObject({ status: 'Succeeded' });
  expect(vm.body).toMatchObject({
    id: vmId('newborn'),
    type: 'Microsoft.Compute/virtualMachines',
    properties: { provisioningState: 'Succeeded', timeCreated: estateNow.toISOString().replace('Z', '0000Z') },
  });
  expect(rows).toEqual([{ id: vmId('newborn'), type: 'microsoft.compute/virtualmachines' }]);
});

test('the disks of a new VM come into being with it, and its network interface knows it', async () => {
  const { send } = await runAzure();

  await send('PUT', vmId('newborn'), newVm);
  const osDisk = await send('GET', diskId('newborn_OsDisk'));
  const dataDisk = await send('GET', diskId('newborn_DataDisk_0'));
  const vm = await send('GET', vmId('newborn'));
  const nic = await send('GET', nicId('web5'));

  expect(osDisk.body).toMatchObject({
    managedBy: vmId('newborn'),
    sku: { name: 'Premium_LRS' },
    properties: { osType: 'Linux', diskSizeGB: 64, diskState: 'Attached' },
  });
  expect(dataDisk.body).toMatchObject({ properties: { diskSizeGB: 128 } });
  expect(vm.body).toMatchObject({
    properties: { storageProfile: { osDisk: { managedDisk: { id: diskId('newborn_OsDisk') } } } },
  });
  expect(nic.body).toMatchObject({ properties: { virtualMachine: { id: vmId('newborn') } } });
});

test('an update keeps what Azure owns: id, VM id, time of creation', async () => {
  const { send } = await runAzure();

  const updated = await send('PUT', vmId('web1').toUpperCase(), { ...newVm, tags: { owner: 'other' } });

  expect(updated).toMatchObject({
    status: 200,
    body: {
      id: vmId('web1'),
      tags: { owner: 'other' },
      properties: { vmId: 'vm-guid-web1', timeCreated: '2026-01-01T00:00:00Z' },
    },
  });
});

test('a patch replaces the tags and nothing else', async () => {
  const { query, send } = await runAzure();

  const patched = await send('PATCH', vmId('web1'), { tags: { 'backstop-exclude': 'true' } });
  const changes = await query('resourcechanges | project properties');

  expect(patched).toMatchObject({
    status: 200,
    body: { tags: { 'backstop-exclude': 'true' }, properties: { vmId: 'vm-guid-web1' } },
  });
  expect(patched.body).not.toHaveProperty('tags.owner');
  expect(changes).toMatchObject([
    {
      properties: {
        targetResourceId: vmId('web1'),
        targetResourceType: 'microsoft.compute/virtualmachines',
        changeType: 'Update',
        changeAttributes: { operation: 'microsoft.compute/virtualmachines/write', changesCount: 2 },
      },
    },
  ]);
});

test('a deleted VM is gone with its extensions; its disks, network interface and protected item stay', async () => {
  const { query, send } = await runAzure();
  await send('PUT', vmId('web1'), {
    ...newVm,
    properties: { ...newVm.properties, networkProfile: { networkInterfaces: [{ id: nicId('web1') }] } },
  });

  const deleted = await send('DELETE', vmId('web1'));
  const again = await send('DELETE', vmId('web1'));
  const statuses = await Promise.all(
    [vmId('web1'), `${vmId('web1')}/extensions/VMSnapshotLinux`, itemId('web1')].map(
      async (path) => (await send('GET', path)).status,
    ),
  );
  const nic = await send('GET', nicId('web1'));
  const disk = await send('GET', diskId('web1_OsDisk'));
  const rows = await query("resources | where id contains '/virtualMachines/web1' | project id");

  expect([deleted.status, again.status]).toEqual([202, 204]);
  expect(statuses).toEqual([404, 404, 200]);
  expect(nic.body).not.toHaveProperty('properties.virtualMachine');
  expect(disk.body).toMatchObject({ properties: { diskState: 'Unattached' } });
  expect(disk.body).not.toHaveProperty('managedBy');
  expect(rows).toEqual([]);
});

test.each([
  ['in an unknown resource group', vmId('x').replace('RG-Shop', 'rg-gone'), newVm, 404, 'ResourceGroupNotFound'],
  ['without a region', vmId('x'), { properties: {} }, 400, 'InvalidRequestContent'],
  [
    'of a type that cannot be written here',
    vmId('x').replace('virtualMachines', 'galleries'),
    newVm,
    404,
    'InvalidResourceType',
  ],
])('a write %s is refused', async (_, path, body, status, code) => {
  const { send } = await runAzure();

  const answer = await send('PUT', path, body);

  expect(answer.status).toBe(status);
  expect(refusalOf(answer).code).toBe(code);
});

test('a patch of more than tags is refused', async () => {
  const { send } = await runAzure();

  const answer = await send('PATCH', vmId('web1'), { tags: {}, properties: {} });

  expect(answer.status).toBe(400);
});

test('writes can be denied like reads, and are remembered either way', async () => {
  const scope = `/subscriptions/${subscriptionId}`;
  const { azure, send } = await runAzure({
    estate: smallEstate([{ scope, action: 'Microsoft.Compute/virtualMachines/write' }]),
  });

  const answer = await send('PUT', vmId('web1'), newVm);

  expect(refusalOf(answer).code).toBe('AuthorizationFailed');
  expect(azure.requests).toMatchObject([{ method: 'PUT', status: 403, body: newVm }]);
});
