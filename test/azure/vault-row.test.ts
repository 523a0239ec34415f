import fc from 'fast-check';
import { expect, test } from 'vitest';

import { readVault } from '../../lib/azure/vault-row.ts';
import { tenantId, vaultId } from '../contract/test-estate.ts';
import { mutationsOf } from './mutations.ts';

const vaultRow = {
  id: vaultId(),
  name: 'rsv-shop',
  location: 'West Europe',
  tenantId,
  properties: {
    provisioningState: 'Succeeded',
    moveState: 'InProgress',
    publicNetworkAccess: 'Disabled',
    redundancySettings: { standardTierStorageRedundancy: 'GeoRedundant', crossRegionRestore: 'Enabled' },
    securitySettings: {
      softDeleteSettings: { softDeleteState: 'AlwaysON', softDeleteRetentionPeriodInDays: 30 },
      immutabilitySettings: { state: 'Unlocked' },
      multiUserAuthorization: 'Enabled',
    },
    privateEndpointConnections: [
      { id: 'pe', properties: { privateLinkServiceConnectionState: { status: 'Pending' } } },
      { id: 'old', properties: {} },
    ],
  },
};

test('a vault is told with its place and its settings; locks are none of its row', () => {
  expect(readVault(vaultRow)).toEqual({
    id: vaultId(),
    key: vaultId().toLowerCase(),
    name: 'rsv-shop',
    resourceGroup: 'rg-backup',
    subscriptionId: '0c2f8a11-5a9e-4f0e-9a53-6f1d7f5f0001',
    tenantId,
    region: 'westeurope',
    provisioningState: 'Succeeded',
    moveState: 'InProgress',
    publicNetworkAccess: 'Disabled',
    redundancy: 'GeoRedundant',
    crossRegionRestore: 'Enabled',
    softDeleteState: 'AlwaysON',
    softDeleteDays: 30,
    immutability: 'Unlocked',
    multiUserAuthorization: 'Enabled',
    privateEndpoints: [
      { id: 'pe', status: 'Pending' },
      { id: 'old', status: '' },
    ],
    locks: { kind: 'unknown', because: { cause: 'partial-inventory', detail: expect.stringMatching(/locks/i) } },
  });
});

test.each([
  [undefined],
  [null],
  ['none'],
  [{ redundancySettings: null, securitySettings: { softDeleteSettings: 'on' }, privateEndpointConnections: null }],
])('an old vault has no settings that it does not tell: %j', (properties) => {
  const { locks: _, ...vault } = readVault({ ...vaultRow, properties }) ?? {};

  expect(vault).toEqual({
    id: vaultId(),
    key: vaultId().toLowerCase(),
    name: 'rsv-shop',
    resourceGroup: 'rg-backup',
    subscriptionId: '0c2f8a11-5a9e-4f0e-9a53-6f1d7f5f0001',
    tenantId,
    region: 'westeurope',
    provisioningState: '',
    privateEndpoints: [],
  });
});

test.each([[null], [{}], [{ ...vaultRow, id: '/nonsense' }], [{ ...vaultRow, location: null }]])(
  '%j is no vault',
  (raw) => {
    expect(readVault(raw)).toBeUndefined();
  },
);

test('no broken row makes the parser throw, or a state out of something that is none', () => {
  fc.assert(
    fc.property(fc.oneof(mutationsOf(vaultRow), fc.anything()), (raw) => {
      const vault = readVault(raw);
      expect(vault === undefined || typeof vault.provisioningState === 'string').toBe(true);
      expect(vault?.locks.kind ?? 'unknown').toBe('unknown');
    }),
    { numRuns: 300 },
  );
});
