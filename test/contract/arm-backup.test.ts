import { expect, test } from 'vitest';

import { serviceInAzure } from './service-in-azure.ts';
import { machineOf, shopVault, web1, web2 } from './shop.ts';
import {
  item,
  itemId,
  otherSubscription,
  policyId,
  subscription,
  testEstate,
  vaultId,
  vaultWithPolicy,
} from './test-estate.ts';
import { trustedCertificate } from './trusted-certificate.ts';

const certificate = await trustedCertificate();

test('vaults are listed over all pages', async () => {
  const resources = ['a', 'b', 'c', 'd', 'e'].flatMap((name) => vaultWithPolicy(vaultId(name)));
  const { azure, arm } = await serviceInAzure(certificate, { estate: testEstate({ resources }), pageSize: 2 });

  const vaults = await arm.vaultsOf(subscription);

  expect(vaults.kind === 'known' && vaults.value.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(vaults).toMatchObject({
    value: [{ ...shopVault, id: vaultId('a'), key: expect.any(String), name: 'a' }, {}, {}, {}, {}],
  });
  expect(azure.requests.filter(({ path }) => path.endsWith('/vaults'))).toHaveLength(3);
});

test('a subscription without vaults has none; a closed one is unknown', async () => {
  const action = 'Microsoft.RecoveryServices/vaults/read';
  const denied = [{ scope: `/subscriptions/${subscription}`, action }];
  const { arm } = await serviceInAzure(certificate, { estate: testEstate({ denied }) });

  expect(await arm.vaultsOf(otherSubscription)).toMatchObject({ kind: 'known', value: [] });
  expect(await arm.vaultsOf(subscription)).toMatchObject({
    kind: 'unknown',
    because: { cause: 'no-permission', action },
  });
});

const vaults = /\/Microsoft\.RecoveryServices\/vaults$/;

test.each([
  ['without rows', { nextLink: null }, 'without rows'],
  ['with rows that are no list', { value: 'rows' }, 'without rows'],
  ['with a row that makes no sense', { value: [{ id: '/subscriptions/s', name: 'v', location: 'x' }] }, 'malformed'],
  ['with a row that is nothing', { value: [null] }, 'malformed'],
  ['with a next page on another host', { value: [], nextLink: 'https://evil.example/?t=1' }, 'another host'],
  ['with a next page on a host that begins alike', { value: [], nextLink: '{arm}.evil.example/' }, 'another host'],
  ['with a next page on a port that begins alike', { value: [], nextLink: '{arm}0/' }, 'another host'],
  ['with a next page that is no address', { value: [], nextLink: 5 }, ''],
])('a list of vaults %s is unknown, never empty', async (_, body, why) => {
  const { azure, arm } = await serviceInAzure(certificate);
  const text = JSON.stringify(body).replace('{arm}', azure.armUrl);
  azure.faults({ path: vaults, status: 200, body: JSON.parse(text) });

  const listed = await arm.vaultsOf(subscription);

  expect(listed).toMatchObject({ kind: 'unknown', because: { detail: expect.stringContaining(why) } });
  expect(azure.requests.filter(({ path }) => vaults.test(path))).toHaveLength(1);
});

test('a next page that leads back ends the list', async () => {
  const { azure, arm } = await serviceInAzure(certificate);
  const nextLink = `${azure.armUrl}/subscriptions/${subscription}/providers/Microsoft.RecoveryServices/vaults?page=2`;
  azure.faults({ path: vaults, status: 200, body: { value: [], nextLink } });

  const listed = await arm.vaultsOf(subscription);

  expect(listed).toMatchObject({ kind: 'unknown', because: { detail: expect.stringContaining('same page twice') } });
});

test('the items of a vault are counted whatever their kind', async () => {
  const workload = item('sql', { backupManagementType: 'AzureWorkload' });
  const resources = [...vaultWithPolicy(), item('web1'), item('web2'), workload];
  const { arm } = await serviceInAzure(certificate, { estate: testEstate({ resources }) });

  const count = await arm.itemCountOf(shopVault);

  expect(count).toMatchObject({ kind: 'known', value: 3 });
});

test('a vault whose items may not be read may not be counted either', async () => {
  const denied = [{ scope: vaultId(), action: 'Microsoft.RecoveryServices/vaults/backupProtectedItems/read' }];
  const { arm } = await serviceInAzure(certificate, { estate: testEstate({ denied }) });

  const count = await arm.itemCountOf(shopVault);

  expect(count).toMatchObject({
    kind: 'unknown',
    because: { cause: 'no-permission', action: expect.stringMatching(/^Microsoft\.RecoveryServices\/vaults\/backup/) },
  });
});

test.each([[{}], [{ value: [{}] }], [{ value: [{ currentValue: 'many' }] }], [{ value: [{ currentValue: 1.5 }] }]])(
  'a count that is none is unknown, never 0: %j',
  async (body) => {
    const { azure, arm } = await serviceInAzure(certificate);
    azure.faults({ path: /backupUsageSummaries/, status: 200, body });

    const count = await arm.itemCountOf(shopVault);

    expect(count.kind).toBe('unknown');
  },
);

test('the item of a protected VM is told in full', async () => {
  const { arm } = await serviceInAzure(certificate);

  const found = await arm.itemOf(machineOf(web1));

  expect(found).toMatchObject({
    kind: 'known',
    value: {
      id: itemId('web1'),
      vaultId: vaultId().toLowerCase(),
      protectionState: 'Protected',
      policyId: policyId().toLowerCase(),
      lastRecoveryPoint: '2026-11-19T22:31:00.123Z',
      softDeleted: false,
    },
  });
});

test('a VM that Azure Backup does not know has no item', async () => {
  const { arm } = await serviceInAzure(certificate);

  expect(await arm.itemOf(machineOf(web2))).toMatchObject({ kind: 'known', value: 'none' });
});

test('who may not ask for the backup status does not know', async () => {
  const action = 'Microsoft.RecoveryServices/locations/backupStatus/action';
  const denied = [{ scope: `/subscriptions/${subscription}`, action }];
  const { arm } = await serviceInAzure(certificate, { estate: testEstate({ denied }) });

  expect(await arm.itemOf(machineOf(web1))).toMatchObject({
    kind: 'unknown',
    because: { cause: 'no-permission', action },
  });
});

test.each([
  [{}],
  [{ protectionStatus: 'Protecting' }],
  [{ protectionStatus: 'Protected', vaultId: vaultId() }],
  [{ protectionStatus: 'ProtectionFailed', containerName: 'c', protectedItemName: 'i' }],
])('a backup status that names no item is unknown, never "not protected": %j', async (body) => {
  const { azure, arm } = await serviceInAzure(certificate);
  azure.faults({ path: /backupStatus/, status: 200, body });

  expect(await arm.itemOf(machineOf(web2))).toMatchObject({ kind: 'unknown', because: { cause: 'not-reported' } });
});

test('an item without a body is unknown', async () => {
  const { azure, arm } = await serviceInAzure(certificate);
  azure.faults({ path: /protectedItems/, status: 200, body: {} });

  expect(await arm.itemOf(machineOf(web1))).toMatchObject({ kind: 'unknown' });
});
