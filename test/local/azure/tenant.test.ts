import { expect, test } from 'vitest';

import { Tenant } from '../../../local/azure/tenant.ts';
import { smallEstate, subscriptionId, vmId } from './small-estate.ts';

const vmType = 'Microsoft.Compute/virtualMachines';
const extensionType = `${vmType}/extensions`;
const subscription = `/subscriptions/${subscriptionId}`;

function extensionOf(vm: string, name: string) {
  return { id: `${vm}/extensions/${name}`, name, type: extensionType, properties: {} };
}

function namesIn(tenant: Tenant, scope: string, type: string): readonly string[] {
  return tenant.resourcesIn(scope, type).map(({ name }) => name);
}

test('a list that was asked for before a write shows it, in every scope and in the place of what was there', () => {
  const tenant = new Tenant(smallEstate());
  const before = namesIn(tenant, subscription, vmType);
  const vm = tenant.resource(vmId('web1'));
  if (vm === undefined) throw new Error('The small estate has a VM web1.');

  tenant.write({ ...vm, tags: { owner: 'somebody else' } });
  tenant.write({ ...vm, id: vmId('newborn'), name: 'newborn' });

  expect(namesIn(tenant, subscription.toUpperCase(), vmType)).toEqual([...before, 'newborn']);
  expect(tenant.resourcesIn(vm.id, vmType)).toMatchObject([{ tags: { owner: 'somebody else' } }]);
});

test('what was removed is in no list any more, and a type of which nothing is left is none', () => {
  const tenant = new Tenant(smallEstate());
  const vm = vmId('web1');
  const others = namesIn(tenant, subscription, extensionType);
  const extension = extensionOf(vm, 'bench');

  tenant.write(extension);
  const with1 = namesIn(tenant, vm, extensionType);
  tenant.remove(extension);

  expect(with1).toContain('bench');
  expect(namesIn(tenant, subscription, extensionType)).toEqual(others);
  expect(tenant.hasType(extensionType)).toBe(others.length > 0);
  for (const each of tenant.resourcesIn(subscription, vmType)) tenant.remove(each);
  expect(tenant.hasType(vmType)).toBe(false);
});

test('a list that somebody holds stays what it was', () => {
  const tenant = new Tenant(smallEstate());
  const held = tenant.resourcesIn(subscription, vmType);
  const count = held.length;

  tenant.write({ ...extensionOf(vmId('web1'), 'x'), id: vmId('another'), name: 'another', type: vmType });

  expect(held).toHaveLength(count);
  expect(tenant.resourcesIn(subscription, vmType)).toHaveLength(count + 1);
});
