import { describe, expect, it } from 'vitest';

import { armId, parseVmId, region, resourceGroupOf, resourceTypeOf, subscriptionOf } from '../../lib/domain/ids.ts';

const vm = '/subscriptions/AAAA-1/resourceGroups/rg-Pay/providers/Microsoft.Compute/virtualMachines/VM-01';

describe('parseVmId', () => {
  it('keeps names as they were read, and the key and the subscription in lower case', () => {
    expect(parseVmId(vm)).toEqual({
      id: vm,
      key: vm.toLowerCase(),
      subscriptionId: 'aaaa-1',
      resourceGroup: 'rg-Pay',
      name: 'VM-01',
    });
  });

  it('drops a trailing slash', () => {
    expect(parseVmId(`${vm}/`)).toEqual(parseVmId(vm));
  });

  it.each([
    [''],
    ['vm-01'],
    [vm.slice(1)],
    [vm.replace('virtualMachines', 'disks')],
    [vm.replace('Microsoft.Compute', 'Microsoft.ClassicCompute')],
    [`${vm}/extensions/VMSnapshot`],
    [`${vm}?api-version=2024-07-01`],
    [`${vm}#1`],
    [vm.replace('AAAA-1', '')],
    [vm.replace('rg-Pay', '')],
    [`https://management.azure.com${vm}`],
    ['/subscriptions/a/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/s/virtualMachines/0'],
  ])('refuses %s', (text) => {
    expect(parseVmId(text)).toBeUndefined();
  });
});

it.each([
  [vm, 'aaaa-1', 'rg-Pay', 'microsoft.compute/virtualmachines'],
  [`${vm}/extensions/E1`, 'aaaa-1', 'rg-Pay', 'microsoft.compute/virtualmachines/extensions'],
  [`${vm}/`, 'aaaa-1', 'rg-Pay', 'microsoft.compute/virtualmachines'],
  [`${vm}/providers/Microsoft.Authorization/locks/l`, 'aaaa-1', 'rg-Pay', 'microsoft.authorization/locks'],
  [
    '/providers/Microsoft.Management/managementGroups/mg',
    undefined,
    undefined,
    'microsoft.management/managementgroups',
  ],
  [
    '/providers/Microsoft.Management/managementGroups/mg/subscriptions/AAAA-1',
    undefined,
    undefined,
    'microsoft.management/managementgroups/subscriptions',
  ],
  [`https://management.azure.com${vm}`, undefined, undefined, 'microsoft.compute/virtualmachines'],
  ['rsv-prod', undefined, undefined, 'rsv-prod'],
])('reads subscription, resource group and type of %s', (id, subscription, group, type) => {
  expect([subscriptionOf(id), resourceGroupOf(id), resourceTypeOf(id)]).toEqual([subscription, group, type]);
});

it('compares ids in lower case and without trailing slashes', () => {
  expect(armId('/Subscriptions/A//')).toBe('/subscriptions/a');
});

it.each([
  ['West Europe', 'westeurope'],
  ['westeurope', 'westeurope'],
  ['US Gov Virginia', 'usgovvirginia'],
])('compares the region %s as %s', (text, expected) => {
  expect(region(text)).toBe(expected);
});
