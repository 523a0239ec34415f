import { describe, expect, test } from 'vitest';

import type { Arm } from '../../lib/use-cases/ports.ts';
import type { EstateResource } from '../../local/estates/estate.ts';
import { serviceInAzure } from './service-in-azure.ts';
import { shopVault, web1 } from './shop.ts';
import {
  estateNow,
  item,
  otherSubscription,
  subscription,
  testEstate,
  vaultId,
  vaultWithPolicy,
  vm,
} from './test-estate.ts';
import { trustedCertificate } from './trusted-certificate.ts';

const certificate = await trustedCertificate();

const scope = `/subscriptions/${subscription}`;
const lock = (of: string, name: string, level = 'ReadOnly'): EstateResource => ({
  id: `${of}/providers/Microsoft.Authorization/locks/${name}`,
  name,
  type: 'Microsoft.Authorization/locks',
  properties: { level },
});

/** Every read of a setting, with the action that it takes. */
const reads: readonly (readonly [what: string, action: string, read: (arm: Arm) => Promise<unknown>])[] = [
  ['locks', 'Microsoft.Authorization/locks/read', (arm) => arm.locksIn(subscription)],
  ['provider', 'Microsoft.Resources/subscriptions/providers/read', (arm) => arm.providerIn(subscription)],
  ['permissions', 'Microsoft.Authorization/permissions/read', (arm) => arm.permissionsIn(subscription)],
  ['VM sizes', 'Microsoft.Compute/skus/read', (arm) => arm.vmSizesIn(subscription, 'westeurope')],
  [
    'storage setting',
    'Microsoft.RecoveryServices/vaults/backupstorageconfig/read',
    (arm) => arm.storageSettingOf(shopVault),
  ],
  [
    'soft-delete setting',
    'Microsoft.RecoveryServices/vaults/backupconfig/read',
    (arm) => arm.securitySettingOf(shopVault),
  ],
  [
    'name of a vault',
    'Microsoft.RecoveryServices/locations/checkNameAvailability/action',
    (arm) => arm.vaultNameIn(web1, 'westeurope', 'rsv-new'),
  ],
];

test('all locks of a subscription are told with what they lock', async () => {
  const locks = [
    lock(scope, 'all', 'CanNotDelete'),
    lock(`${scope}/resourceGroups/RG-Backup`, 'group'),
    lock(vaultId(), 'vault'),
    lock(`/subscriptions/${otherSubscription}`, 'elsewhere'),
  ];
  const resources = [vm('web1'), ...vaultWithPolicy(), ...locks];
  const { arm } = await serviceInAzure(certificate, { estate: testEstate({ resources }), pageSize: 2 });

  expect(await arm.locksIn(subscription)).toEqual({
    kind: 'known',
    source: { where: 'ARM, locks', readAt: estateNow },
    value: [
      { id: locks[0]?.id, name: 'all', level: 'CanNotDelete', scope },
      { id: locks[1]?.id, name: 'group', level: 'ReadOnly', scope: `${scope}/resourcegroups/rg-backup` },
      { id: locks[2]?.id, name: 'vault', level: 'ReadOnly', scope: vaultId().toLowerCase() },
    ],
  });
});

test('Azure Backup is told with its registration and the regions of vaults, as they are compared', async () => {
  const { arm } = await serviceInAzure(certificate);

  expect(await arm.providerIn(subscription)).toMatchObject({
    value: {
      registrationState: 'Registered',
      vaultRegions: expect.arrayContaining(['westeurope', 'switzerlandnorth']),
    },
  });
});

test('what the service may do is told with what is taken back', async () => {
  const action = 'Microsoft.Compute/disks/read';
  const { arm } = await serviceInAzure(certificate, { estate: testEstate({ denied: [{ scope, action }] }) });

  expect(await arm.permissionsIn(otherSubscription)).toMatchObject({ value: [{ actions: ['*'], notActions: [] }] });
  expect(await arm.permissionsIn(subscription)).toMatchObject({ value: [{ actions: ['*'], notActions: [action] }] });
});

test('VM sizes are told by name; what is no VM size is none', async () => {
  const { arm } = await serviceInAzure(certificate);

  const sizes = await arm.vmSizesIn(subscription, 'westeurope');

  const known = sizes.kind === 'known' ? sizes.value : new Map();
  expect(known.get('standard_d2s_v5')).toEqual({ vCpus: 2, memoryGiB: 8 });
  expect(known.has('premium_lrs')).toBe(false);
});

describe('the settings of a vault', () => {
  const withSettings = (properties: object) => {
    const [vault, policy] = vaultWithPolicy();
    if (!vault || !policy) throw new Error('The vault of the tests is gone.');
    return [{ ...vault, properties: { ...vault.properties, ...properties } }, policy];
  };

  test('are told as Azure Backup has them; the redundancy of a vault with items is fixed', async () => {
    const resources = [
      item('web1'),
      ...withSettings({
        redundancySettings: { standardTierStorageRedundancy: 'LocallyRedundant', crossRegionRestore: 'Disabled' },
        securitySettings: {
          softDeleteSettings: { softDeleteState: 'Disabled', softDeleteRetentionPeriodInDays: 14 },
        },
      }),
    ];
    const { arm } = await serviceInAzure(certificate, { estate: testEstate({ resources }) });

    expect(await arm.storageSettingOf(shopVault)).toMatchObject({
      value: { redundancy: 'LocallyRedundant', redundancyState: 'Locked', crossRegionRestore: 'Disabled' },
    });
    expect(await arm.securitySettingOf(shopVault)).toMatchObject({
      value: { softDeleteState: 'Disabled', softDeleteDays: 14 },
    });
  });

  test('are absent where Azure does not say them', async () => {
    const { arm } = await serviceInAzure(certificate, { estate: testEstate({ resources: withSettings({}) }) });

    expect(await arm.storageSettingOf(shopVault)).toMatchObject({ value: { redundancyState: 'Unlocked' } });
    expect(await arm.securitySettingOf(shopVault)).toMatchObject({ kind: 'known', value: {} });
  });
});

test.each([
  ['rsv-new', { available: true }],
  ['rsv-shop', { available: false, reason: expect.stringContaining('already in use') }],
])('whether a vault may be called %s is asked: %j', async (name, answer) => {
  const { arm } = await serviceInAzure(certificate);

  expect(await arm.vaultNameIn(web1, 'westeurope', name)).toMatchObject({ value: { name, ...answer } });
});

describe.each(reads)('the %s', (_, action, read) => {
  test('are unknown with the action to grant where they may not be read', async () => {
    const denied = [{ scope, action }];
    const { arm } = await serviceInAzure(certificate, { estate: testEstate({ denied }) });

    expect(await read(arm)).toMatchObject({ kind: 'unknown', because: { cause: 'no-permission', action } });
  });

  test('are read once, and again only if that failed', async () => {
    const { azure, arm } = await serviceInAzure(certificate);
    azure.faults({ path: /./, status: 429, times: 1 });

    const first = await read(arm);
    const [second, third] = [await read(arm), await read(arm)];

    expect(first).toMatchObject({ kind: 'unknown', because: { cause: 'throttled' } });
    expect(second).toMatchObject({ kind: 'known' });
    expect(third).toBe(second);
    expect(azure.requests.map(({ status }) => status)).toEqual([429, 200]);
  });

  test.each([[{}], ['text'], [{ value: {} }], [{ value: [{}] }], [{ value: [null] }], [{ properties: 5 }]])(
    'are unknown if the answer makes no sense: %j',
    async (body) => {
      const { azure, arm } = await serviceInAzure(certificate);
      azure.faults({ path: /./, status: 200, body });

      const answer = await read(arm);

      const isEmptyList = (answer as { value?: { size?: number } }).value?.size === 0;
      expect((answer as { kind: string }).kind === 'unknown' || isEmptyList).toBe(true);
    },
  );
});
