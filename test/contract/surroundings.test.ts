import { describe, expect, test } from 'vitest';

import { armId } from '../../lib/domain/ids.ts';
import type { Surroundings } from '../../lib/domain/surroundings.ts';
import type { Inventory, SurroundingsScope } from '../../lib/use-cases/ports.ts';
import type { EstateResource } from '../../local/estates/estate.ts';
import { serviceInAzure } from './service-in-azure.ts';
import { disk, diskId, network, nicId, otherSubscription, subscription, testEstate, vm, vmId } from './test-estate.ts';
import { trustedCertificate } from './trusted-certificate.ts';

const certificate = await trustedCertificate();

const scope = `/subscriptions/${subscription}`;
const resource = (type: string, name: string, properties: object = {}, more: object = {}): EstateResource => ({
  id: `${scope}/resourceGroups/rg-net/providers/${type}/${name}`,
  name,
  type,
  location: 'westeurope',
  properties: { ...properties },
  ...more,
});
const gateway = resource('Microsoft.Network/virtualNetworkGateways', 'gw', { gatewayType: 'ExpressRoute' });
const collection = (name: string, of: string) =>
  resource('Microsoft.Compute/restorePointCollections', name, { source: { id: vmId(of).toUpperCase() } });

async function surroundings(inventory: Inventory, of: SurroundingsScope): Promise<Surroundings> {
  const read = await inventory.surroundings(of);
  if (read.kind === 'unknown') throw new Error(read.because.detail);
  return read.value;
}

const inRegion = { subscriptionIds: [subscription], regions: ['westeurope'] };

test('one query tells everything around the VMs of a region', async () => {
  const resources = [
    vm('web1'),
    gateway,
    collection('rpc', 'web1'),
    resource('Microsoft.Compute/virtualMachineScaleSets', 'ss', { orchestrationMode: 'Flexible' }),
    resource('Microsoft.KeyVault/vaults', 'kv', { enableRbacAuthorization: true }),
    resource('Microsoft.Network/publicIPAddresses', 'pip', { publicIPAllocationMethod: 'Static' }),
    resource('Microsoft.Network/networkSecurityGroups', 'nsg', { securityRules: [{ name: 'r' }], etag: 'not read' }),
    resource('Microsoft.Network/loadBalancers', 'lb', { outboundRules: [] }, { sku: { name: 'Standard' } }),
    resource('Microsoft.Network/virtualHubs', 'wan', {}),
    resource('Microsoft.Network/virtualHubs', 'routes', {}, { kind: 'RouteServer' }),
    resource('Microsoft.Web/sites', 'none of ours'),
  ];
  const { azure, inventory } = await serviceInAzure(certificate, { estate: testEstate({ resources }) });

  const read = await surroundings(inventory, inRegion);

  expect([...read.disks.keys()]).toEqual([diskId('web1-os').toLowerCase()]);
  expect([...read.nics.keys()]).toEqual([nicId('web1').toLowerCase()]);
  expect([...read.scaleSets.values()]).toEqual(['Flexible']);
  expect([...read.keyVaults.values()]).toMatchObject([{ name: 'kv', usesRbac: true }]);
  expect([...read.publicIps.values()]).toEqual(['Static']);
  expect(read.restorePoints.get(armId(vmId('web1')))).toHaveLength(1);
  const byName = new Map([...read.networkRows].map(([id, row]) => [id.split('/').at(-1), row]));
  expect([...byName.keys()].toSorted()).toEqual(['gw', 'lb', 'nsg', 'routes', 'vnet-shop']);
  expect(byName.get('lb')).toMatchObject({ sku: { name: 'Standard' }, properties: { outboundRules: [] } });
  expect(byName.get('nsg')).toMatchObject({ properties: { securityRules: [{ name: 'r' }] } });
  expect(byName.get('gw')).toMatchObject({ properties: { gatewayType: 'ExpressRoute' } });
  expect(byName.get('vnet-shop')).toMatchObject({ properties: { subnets: [{ name: 'default' }] } });
  expect(JSON.stringify([...read.networkRows.values()])).not.toContain('not read');
  expect([read.missing.size, azure.requests.length]).toEqual([0, 1]);
});

test('other regions are left out, but for what reaches across them', async () => {
  const far = { location: 'northeurope' };
  const resources = [
    disk(diskId('far')),
    resource('Microsoft.Network/networkSecurityGroups', 'far', {}, far),
    { ...network(), location: 'northeurope' },
    { ...gateway, location: 'northeurope' },
  ].map((each) => ({ ...each, location: 'northeurope' }));
  const { inventory } = await serviceInAzure(certificate, { estate: testEstate({ resources }) });

  const near = await surroundings(inventory, inRegion);
  const everywhere = await surroundings(inventory, { subscriptionIds: [subscription] });

  expect([near.disks.size, near.networkRows.size]).toEqual([0, 2]);
  expect([everywhere.disks.size, everywhere.networkRows.size]).toEqual([1, 3]);
});

test('for one VM only its restore points are looked for, and what nothing refers to by its id', async () => {
  const resources = [vm('web1'), vm('web2'), gateway, collection('one', 'web1'), collection('two', 'web2')];
  const { inventory } = await serviceInAzure(certificate, { estate: testEstate({ resources }) });
  const subscriptionIds = [subscription];

  const ofVm = await surroundings(inventory, {
    subscriptionIds,
    onlyLookedFor: { vm: armId(vmId('web1')) },
  });
  const ofNobody = await surroundings(inventory, { subscriptionIds, onlyLookedFor: {} });

  expect([...ofVm.restorePoints.keys()]).toEqual([vmId('web1').toLowerCase()]);
  expect([ofVm.disks.size, ofVm.nics.size, ofVm.networkRows.size]).toEqual([0, 0, 1]);
  expect([ofNobody.restorePoints.size, ofNobody.networkRows.size]).toEqual([0, 1]);
});

test('security admin rules are found wherever their manager is, and joined to their networks', async () => {
  const manager = `/subscriptions/${otherSubscription}/resourceGroups/rg-nm/providers/Microsoft.Network/networkManagers/nm`;
  const configuration = `${manager}/securityAdminConfigurations/base`;
  const rule = {
    id: `${configuration}/ruleCollections/rc/rules/deny/snapshots/3`,
    name: 'deny',
    type: 'Microsoft.Network/networkManagers/securityAdminConfigurations/ruleCollections/rules/snapshots',
    properties: { access: 'Deny' },
  };
  const effective = {
    id: `${network().id}/providers/Microsoft.Network/effectiveSecurityAdminRules/default`,
    name: 'default',
    type: 'Microsoft.Network/effectiveSecurityAdminRules',
    properties: { effectiveSecurityAdminConfigurations: [{ id: `${configuration}/snapshots/3` }] },
  };
  const estate = testEstate({ resources: [network(), rule, effective] });
  const { inventory } = await serviceInAzure(certificate, { estate });

  const rules = await inventory.networkRules();

  expect(rules.kind === 'known' && [...rules.value.adminRules]).toMatchObject([
    [armId(network().id), [{ name: 'deny', properties: { access: 'Deny' } }]],
  ]);
});

describe('Azure Policy and roles', () => {
  const authorization = (of: string, type: string, name: string, properties: object): EstateResource => ({
    id: `${of}/providers/Microsoft.Authorization/${type}/${name}`,
    name,
    type: `Microsoft.Authorization/${type}`,
    properties: { ...properties },
  });
  const group = '/providers/Microsoft.Management/managementGroups/mg-online';
  const builtIn = '/providers/Microsoft.Authorization/policyDefinitions';
  const set = authorization(scope, 'policySetDefinitions', 'Backup', {
    policyDefinitions: [{ policyDefinitionId: `${builtIn}/AUDIT`, policyDefinitionReferenceId: 'a' }],
  });
  const resources = [
    set,
    authorization(group, 'policyAssignments', 'inherited', { policyDefinitionId: set.id }),
    authorization(`${scope}/resourceGroups/rg`, 'policyAssignments', 'below', { policyDefinitionId: '/x/y/TAGS' }),
    authorization(`/subscriptions/${otherSubscription}`, 'policyAssignments', 'elsewhere', {}),
    authorization(scope, 'policyExemptions', 'waived', { policyAssignmentId: 'A', exemptionCategory: 'Waiver' }),
  ];

  test('assignments are found above and below all subscriptions, initiatives with their definitions', async () => {
    const { azure, inventory } = await serviceInAzure(certificate, { estate: testEstate({ resources }) });

    const policy = await inventory.azurePolicy();

    expect(policy).toMatchObject({
      value: {
        assignments: [
          { name: 'inherited', scope: group.toLowerCase(), definitions: ['audit'] },
          { name: 'below', scope: `${scope}/resourcegroups/rg`, definition: 'tags' },
          { name: 'elsewhere', scope: `/subscriptions/${otherSubscription}` },
        ],
        exemptions: [{ name: 'waived', scope, assignmentId: 'a', category: 'Waiver' }],
      },
    });
    expect(azure.requests).toHaveLength(2);
  });

  const denial = (of: string, name: string) => {
    const tagless = { field: 'tags.owner', exists: false };
    const isGroup = { field: 'type', in: ['Microsoft.Resources/subscriptions/resourceGroups'] };
    // Not written as a literal: an object with a `then` looks like a promise.
    const policyRule = Object.fromEntries([
      ['if', { allOf: [isGroup, tagless] }],
      ['then', { effect: "[parameters('effect')]" }],
    ]);
    const parameters = { effect: { type: 'String', defaultValue: 'Deny' } };
    return authorization(of, 'policyDefinitions', name, { mode: 'All', policyRule, parameters });
  };

  test('own definitions are read in one query more, wherever they stand', async () => {
    const [above, own] = [denial(group, 'above'), denial(scope, 'own')];
    const bundle = authorization(scope, 'policySetDefinitions', 'Tags', {
      policyDefinitions: [{ policyDefinitionId: above.id, parameters: { effect: { value: "[parameters('how')]" } } }],
      parameters: { how: { defaultValue: 'Audit' } },
    });
    const estate = testEstate({
      resources: [
        ...[above, own, bundle],
        authorization(scope, 'policyAssignments', 'denies', { policyDefinitionId: own.id.toUpperCase() }),
        authorization(scope, 'policyAssignments', 'switched-off', {
          policyDefinitionId: own.id,
          parameters: { effect: { value: 'Disabled' } },
        }),
        authorization(scope, 'policyAssignments', 'audits', { policyDefinitionId: bundle.id }),
        authorization(scope, 'policyAssignments', 'denies-too', {
          policyDefinitionId: bundle.id,
          parameters: { how: { value: 'Deny' } },
        }),
        authorization(scope, 'policyAssignments', 'gone', { policyDefinitionId: `${scope}/policyDefinitions/gone` }),
      ],
    });
    const { azure, inventory } = await serviceInAzure(certificate, { estate });

    const policy = await inventory.azurePolicy();

    const denials =
      policy.kind === 'known' && policy.value.assignments.map(({ name, groupDenials }) => [name, groupDenials]);
    expect(denials).toEqual([
      ['audits', []],
      ['denies', [{ definition: 'own', tag: 'owner' }]],
      ['denies-too', [{ definition: 'above', tag: 'owner' }]],
      ['gone', []],
      ['switched-off', []],
    ]);
    expect(azure.requests).toHaveLength(3);
  });

  test('own definitions that cannot be asked for make Azure Policy unknown', async () => {
    const { id, name, type } = authorization(scope, 'policyAssignments', 'denies', {});
    const data = [{ id, name, type, definitionId: denial(scope, 'own').id }];
    const { azure, inventory } = await serviceInAzure(certificate);
    const path = /\/providers\/Microsoft\.ResourceGraph\/resources$/;
    azure.faults({
      ...{ path, status: 200, times: 1 },
      body: { totalRecords: 1, count: 1, facets: [], resultTruncated: 'false', data },
    });
    azure.faults({ path, status: 403 });

    expect(await inventory.azurePolicy()).toMatchObject({
      kind: 'unknown',
      because: { cause: 'no-permission' },
    });
  });

  test('roles are found above a subscription, with what they may do', async () => {
    const definition = authorization('', 'roleDefinitions', 'crypto', {
      permissions: [{ dataActions: ['Microsoft.KeyVault/vaults/keys/read'] }],
    });
    const role = authorization(group, 'roleAssignments', '1', { principalId: 'bms', roleDefinitionId: definition.id });
    const { inventory } = await serviceInAzure(certificate, { estate: testEstate({ resources: [definition, role] }) });

    expect(await inventory.roleAssignments([subscription])).toMatchObject({
      value: [
        {
          principalId: 'bms',
          roleId: 'crypto',
          scope: group.toLowerCase(),
          dataActions: ['Microsoft.KeyVault/vaults/keys/read'],
        },
      ],
    });
  });
});
