import fc from 'fast-check';
import { expect, test } from 'vitest';

import { readKeyVault } from '../../lib/azure/key-vault-row.ts';
import { mutationsOf } from './mutations.ts';

const id = '/subscriptions/s/resourceGroups/RG-Keys/providers/Microsoft.KeyVault/vaults/KV';
const vault = (properties: unknown) => readKeyVault({ id, name: 'KV', properties });

test('a key vault is told with its access policies, lower-cased', () => {
  const permissions = { secrets: ['Get', 'List', 'Backup', 5], keys: ['All'], certificates: ['Get'] };

  expect(vault({ accessPolicies: [{ objectId: 'bms', permissions }, { objectId: 'x' }] })).toEqual({
    key: id.toLowerCase(),
    name: 'KV',
    resourceGroup: 'RG-Keys',
    usesRbac: false,
    accessPolicies: [
      { objectId: 'bms', secrets: ['get', 'list', 'backup'], keys: ['all'] },
      { objectId: 'x', secrets: [], keys: [] },
    ],
    isOpenToTrustedServices: true,
  });
});

test.each([
  [undefined, false],
  [null, false],
  [false, false],
  [true, true],
])('enableRbacAuthorization %j means roles: %s', (enableRbacAuthorization, usesRbac) => {
  expect(vault({ enableRbacAuthorization })?.usesRbac).toBe(usesRbac);
});

test.each([
  [{}, true],
  [{ networkAcls: null }, true],
  [{ networkAcls: { defaultAction: 'Allow', bypass: 'None' } }, true],
  [{ networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices' } }, true],
  [{ networkAcls: { defaultAction: 'Deny' } }, true],
  [{ networkAcls: { defaultAction: 'Deny', bypass: 'None' } }, false],
  [{ networkAcls: { defaultAction: 'Allow', bypass: 'None' }, publicNetworkAccess: 'Disabled' }, false],
  [{ networkAcls: { bypass: 'azureservices' }, publicNetworkAccess: 'disabled' }, true],
])('behind %j trusted services get in: %s', (firewall, isOpen) => {
  expect(vault(firewall)?.isOpenToTrustedServices).toBe(isOpen);
});

test.each([[null], [{}], [{ id, name: 'KV' }], [{ id: '/x', name: 'KV', properties: {} }]])(
  '%j is no key vault',
  (raw) => {
    expect(readKeyVault(raw)).toBeUndefined();
  },
);

test.each([[[{}]], ['all'], [[null]]])('access policies that make no sense are not none: %j', (accessPolicies) => {
  expect(vault({ accessPolicies })).toBeUndefined();
});

test('no broken row makes the parser throw', () => {
  const row = {
    id,
    name: 'KV',
    properties: { accessPolicies: [{ objectId: 'bms', permissions: { secrets: ['get'] } }] },
  };

  fc.assert(
    fc.property(fc.oneof(mutationsOf(row), fc.anything()), (raw) => {
      expect(['boolean', 'undefined']).toContain(typeof readKeyVault(raw)?.usesRbac);
    }),
    { numRuns: 300 },
  );
});
