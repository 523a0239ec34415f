import { expect, test } from 'vitest';

import { parseExemptionScope, scopesOf } from '../../lib/domain/exemption-scope.ts';
import { armId } from '../../lib/domain/ids.ts';

const subscription = '/subscriptions/0C2F8A11-5a9e-4f0e-9a53-6f1d7f5f0001';
const group = `${subscription}/resourceGroups/RG-shop`;
const vm = `${group}/providers/Microsoft.Compute/virtualMachines/web1`;

test.each([
  ['vm', vm],
  ['resource-group', group],
  ['resource-group', `${group}/`],
  ['subscription', subscription],
])('a scope is a %s: %s', (kind, id) => {
  expect(parseExemptionScope(id)).toEqual({
    kind,
    key: armId(id),
    subscriptionId: '0c2f8a11-5a9e-4f0e-9a53-6f1d7f5f0001',
  });
});

test.each([
  '',
  '/',
  'web1',
  '/subscriptions/shop',
  `${subscription}/resourceGroups/`,
  `${group}/providers/Microsoft.Compute/disks/d`,
  `${vm}/extensions/e`,
  '/providers/Microsoft.Management/managementGroups/mg',
])('%j is no scope', (text) => {
  expect(parseExemptionScope(text)).toBeUndefined();
});

test('a VM is contained in itself, its resource group and its subscription', () => {
  expect(scopesOf({ key: armId(vm) })).toEqual([vm, group, subscription].map(armId));
});
