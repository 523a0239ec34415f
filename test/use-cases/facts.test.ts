import { describe, expect, test } from 'vitest';

import type { FactName, FactSheet } from '../../lib/domain/fact-sheet.ts';
import { armId } from '../../lib/domain/ids.ts';
import { judgeReachability } from '../../lib/rules/network/reachability.ts';
import type { Estate, EstateResource } from '../../local/estates/estate.ts';
import { type ServiceInAzure, serviceInAzure } from '../contract/service-in-azure.ts';
import {
  disk,
  diskId,
  item,
  network,
  nic,
  nicId,
  otherSubscription,
  subnetId,
  subscription,
  testEstate,
  vaultId,
  vaultWithPolicy,
  vm,
  vmId,
  vmProperties,
} from '../contract/test-estate.ts';
import { trustedCertificate } from '../contract/trusted-certificate.ts';
import { type FactsRead, factsOfEvent, factsOfSweep, sheetsOfSweep } from './facts-of.ts';

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

const nsg = resource('Microsoft.Network/networkSecurityGroups', 'nsg', { securityRules: [], defaultSecurityRules: [] });
const routeTable = resource('Microsoft.Network/routeTables', 'rt', { routes: [] });
const natGateway = resource('Microsoft.Network/natGateways', 'nat', { publicIpAddresses: [{ id: 'pip' }] });
const publicIp = resource('Microsoft.Network/publicIPAddresses', 'pip', { publicIPAllocationMethod: 'Static' });
const balancer = resource('Microsoft.Network/loadBalancers', 'lb', {}, { sku: { name: 'Standard' } });
const scaleSet = resource('Microsoft.Compute/virtualMachineScaleSets', 'ss', { orchestrationMode: 'Flexible' });
const keyVault = resource('Microsoft.KeyVault/vaults', 'kv', { enableRbacAuthorization: true, accessPolicies: [] });
const collection = resource('Microsoft.Compute/restorePointCollections', 'rpc', {
  source: { id: vmId('web1') },
  restorePoints: [{ name: 'a' }, { name: 'b' }],
});
const extension: EstateResource = {
  ...resource('Microsoft.Compute/virtualMachines/extensions', 'ade', {
    publisher: 'Microsoft.Azure.Security',
    type: 'AzureDiskEncryption',
    provisioningState: 'Succeeded',
  }),
  id: `${vmId('web1')}/extensions/ade`,
};
const lock: EstateResource = {
  id: `${vaultId()}/providers/Microsoft.Authorization/locks/frozen`,
  name: 'frozen',
  type: 'Microsoft.Authorization/locks',
  properties: { level: 'ReadOnly' },
};
const assignment: EstateResource = {
  id: `/providers/Microsoft.Management/managementGroups/mg-online/providers/Microsoft.Authorization/policyAssignments/a`,
  name: 'a',
  type: 'Microsoft.Authorization/policyAssignments',
  properties: { policyDefinitionId: '/providers/Microsoft.Authorization/policyDefinitions/audit' },
};
const role: EstateResource = {
  id: `${keyVault.id}/providers/Microsoft.Authorization/roleAssignments/1`,
  name: '1',
  type: 'Microsoft.Authorization/roleAssignments',
  properties: { principalId: 'bms', roleDefinitionId: '/x/roleDefinitions/admin' },
};

const encryption = { enabled: true, encryptionSettings: [{ diskEncryptionKey: { sourceVault: { id: keyVault.id } } }] };
const web1 = vm('web1', {
  properties: { ...vmProperties('web1'), virtualMachineScaleSet: { id: scaleSet.id } },
});
const nicOfWeb1 = nic(nicId('web1'), {
  networkSecurityGroup: { id: nsg.id },
  ipConfigurations: [
    {
      name: 'ipconfig1',
      properties: {
        primary: true,
        privateIPAddress: '10.0.0.4',
        privateIPAllocationMethod: 'Static',
        subnet: { id: subnetId.toUpperCase() },
        publicIPAddress: { id: publicIp.id },
        loadBalancerBackendAddressPools: [{ id: `${balancer.id}/backendAddressPools/p` }],
      },
    },
  ],
});
const surroundings = [nsg, routeTable, natGateway, publicIp, balancer, scaleSet, keyVault, collection, extension];

/** A VM with everything around it that a VM may have, and a bare one. */
function rich(change: Partial<Estate> = {}): Estate {
  return testEstate({
    resources: [
      web1,
      vm('web2'),
      nicOfWeb1,
      network({ routeTable: { id: routeTable.id }, natGateway: { id: natGateway.id } }),
      disk(diskId('web1-os'), { encryptionSettingsCollection: encryption }),
      ...surroundings,
      ...[lock, assignment, role],
      ...vaultWithPolicy(),
      item('web1'),
    ],
    ...change,
  });
}

function valueIn<Name extends FactName>({ sheet }: FactsRead, name: Name): unknown {
  const fact = sheet[name];
  return fact.kind === 'known' ? fact.value : fact;
}

const paths = [
  ['a sweep', (service: ServiceInAzure, id = vmId('web1')) => factsOfSweep(service, service.judgement, id)],
  ['an event', (service: ServiceInAzure, id = vmId('web1')) => factsOfEvent(service, service.judgement, id)],
  [
    'one of many events',
    (service: ServiceInAzure, id = vmId('web1')) => factsOfEvent(service, service.judgement, id, 'these minutes'),
  ],
] as const;

describe.each(paths)('the facts of %s', (_, factsOf) => {
  test('are all known', async () => {
    const facts = await factsOf(await serviceInAzure(certificate, { estate: rich() }));

    const unread = Object.entries(facts.sheet).filter(([name, fact]) => fact.kind === 'unknown' && name !== 'agent');
    expect(unread).toEqual([]);
    expect(facts.gaps).toEqual([]);
  });

  test('tell everything around a VM', async () => {
    const facts = await factsOf(await serviceInAzure(certificate, { estate: rich() }));

    expect(valueIn(facts, 'nics')).toMatchObject({
      count: 1,
      nics: [{ ipConfigurations: [{ publicIp: { allocation: 'Static' }, pools: [expect.stringContaining('/lb/')] }] }],
    });
    expect(valueIn(facts, 'extensions')).toMatchObject([{ name: 'ade' }]);
    expect(valueIn(facts, 'scaleSetMode')).toBe('Flexible');
    expect(valueIn(facts, 'azurePolicy')).toMatchObject({ assignments: [{ definition: 'audit' }], exemptions: [] });
    expect(valueIn(facts, 'vaults')).toMatchObject({
      vaults: [{ subscriptionState: 'Enabled', redundancyState: 'Locked', locks: { value: [{ name: 'frozen' }] } }],
    });
    expect(valueIn(facts, 'loads')).toMatchObject({
      vaults: new Map([[armId(vaultId()), { vms: 1, dataSources: 1 }]]),
    });
    const keyVaults = facts.sheet.keyVaults.kind === 'known' ? facts.sheet.keyVaults.value : new Map();
    expect(keyVaults.get(armId(keyVault.id))).toMatchObject({
      usesRbac: true,
      roleAssignments: [{ principalId: 'bms', roleId: 'admin' }],
    });
    expect(valueIn(facts, 'network')).toMatchObject({
      nic: { id: nicId('web1') },
      nicNsg: { name: 'nsg' },
      subnet: { name: 'default' },
      subnetNsg: null,
      routeTable: { name: 'rt' },
      natGateway: { name: 'nat' },
      vnet: { name: 'vnet-shop' },
      loadBalancers: [{ name: 'lb' }],
      gateways: [],
    });
  });

  test('say of a bare VM that it has none of it', async () => {
    const facts = await factsOf(await serviceInAzure(certificate, { estate: rich() }), vmId('web2'));

    expect(valueIn(facts, 'extensions')).toEqual([]);
    expect(valueIn(facts, 'restorePoints')).toEqual({ collections: [], points: 0 });
    expect(valueIn(facts, 'scaleSetMode')).toBe('none');
    expect(valueIn(facts, 'items')).toEqual({ live: [], softDeleted: [] });
    expect(valueIn(facts, 'newVaultName')).toBe('none');
  });

  const denials: readonly (readonly [action: string, fact: FactName])[] = [
    ['Microsoft.Compute/virtualMachines/extensions/read', 'extensions'],
    ['Microsoft.Compute/virtualMachineScaleSets/read', 'scaleSetMode'],
    ['Microsoft.Compute/restorePointCollections/read', 'restorePoints'],
    ['Microsoft.Compute/skus/read', 'vmSizes'],
    ['Microsoft.Authorization/locks/read', 'locks'],
    ['Microsoft.Authorization/permissions/read', 'permissions'],
    ['Microsoft.Authorization/policyAssignments/read', 'azurePolicy'],
    ['Microsoft.Resources/subscriptions/providers/read', 'provider'],
    ['Microsoft.Resources/subscriptions/resourceGroups/read', 'inheritedTags'],
  ];

  test.each(denials)('without %s say that %s may not be read', async (action, name) => {
    const estate = rich({ denied: [{ scope, action }] });

    const { sheet } = await factsOf(await serviceInAzure(certificate, { estate }));

    const because = { cause: 'no-permission', action };
    expect(sheet[name]).toMatchObject({ kind: 'unknown', because });
  });

  test('without the disks say of each that it may not be read', async () => {
    const action = 'Microsoft.Compute/disks/read';
    const estate = rich({ denied: [{ scope, action }] });

    const facts = await factsOf(await serviceInAzure(certificate, { estate }));

    expect(valueIn(facts, 'diskResources')).toEqual({
      read: [],
      missing: expect.objectContaining({ cause: 'no-permission', action }),
    });
  });

  test('without the interfaces know how many there are, and nothing of the network', async () => {
    const action = 'Microsoft.Network/networkInterfaces/read';
    const estate = rich({ denied: [{ scope, action }] });

    const facts = await factsOf(await serviceInAzure(certificate, { estate }));

    expect(valueIn(facts, 'nics')).toMatchObject({ count: 1, nics: [], gap: { cause: 'no-permission', action } });
    expect(valueIn(facts, 'network')).toMatchObject({ nic: null, subnet: null, vnet: null, adminRules: null });
  });

  test.each([
    ['the NSG of the interface', nsg.id, 'nicNsg'],
    ['the route table', routeTable.id, 'routeTable'],
    ['the network', network().id, 'vnet'],
  ])('leave the paths open to doubt where %s may not be read', async (_what, denied, part) => {
    const estate = rich({ denied: [{ scope: denied, action: '*/read' }] });

    const { sheet } = await factsOf(await serviceInAzure(certificate, { estate }));

    const input = sheet.network.kind === 'known' ? sheet.network.value : {};
    expect(input).toMatchObject({ [part]: null });
    expect(judgeReachability(input).overall.workload).toBe('unknown');
  });

  test('without the locks of a vault do not say that it has none', async () => {
    const estate = rich({ denied: [{ scope, action: 'Microsoft.Authorization/locks/read' }] });

    const facts = await factsOf(await serviceInAzure(certificate, { estate }));

    expect(valueIn(facts, 'vaults')).toMatchObject({
      vaults: [{ locks: { kind: 'unknown', because: { cause: 'no-permission' } } }],
    });
    expect(facts.gaps).toMatchObject([{ what: `locks of subscription ${subscription}` }, { cause: 'no-permission' }]);
  });

  test('find a network in another subscription, and the hub behind it', async () => {
    const far = (text: string) => text.replaceAll(subscription, otherSubscription);
    const hub = { ...network(), id: far(network().id).replace('vnet-shop', 'vnet-hub'), name: 'vnet-hub' };
    const peered = {
      ...network(),
      id: far(network().id),
      properties: {
        ...network().properties,
        subnets: [{ id: far(subnetId), name: 'default', properties: { addressPrefix: '10.0.0.0/24' } }],
        virtualNetworkPeerings: [{ properties: { remoteVirtualNetwork: { id: hub.id }, useRemoteGateways: true } }],
      },
    };
    const gateway = {
      ...resource('Microsoft.Network/virtualNetworkGateways', 'gw'),
      id: far(`${natGateway.id}-gw`).replace('natGateways', 'virtualNetworkGateways'),
    };
    const ipConfigurations = [{ properties: { primary: true, subnet: { id: far(subnetId) } } }];
    const resources = [vm('web1'), nic(nicId('web1'), { ipConfigurations }), peered, hub, gateway];

    const facts = await factsOf(await serviceInAzure(certificate, { estate: testEstate({ resources }) }));

    expect(valueIn(facts, 'network')).toMatchObject({
      vnet: { id: peered.id },
      subnet: { id: far(subnetId) },
      gateways: [{ id: gateway.id }],
    });
  });

  test('ask whether a vault may be called so, where one would be created', async () => {
    const names = { BACKSTOP_CREATE_VAULTS: 'true', BACKSTOP_NEW_VAULT_NAMES: '{"westeurope":"rsv-weu"}' };
    const without = await serviceInAzure(certificate, { estate: testEstate({ resources: [vm('web1')] }) }, names);
    const withVault = await serviceInAzure(certificate, {}, names);

    expect(valueIn(await factsOf(without), 'newVaultName')).toEqual({ name: 'rsv-weu', available: true });
    expect(valueIn(await factsOf(withVault), 'newVaultName')).toBe('none');
  });
});

test('events and sweeps know the same, but for what takes a call per VM', async () => {
  const service = await serviceInAzure(certificate, { estate: rich() });

  const swept = await factsOfSweep(service, service.judgement, vmId('web1'));
  const told = await factsOfEvent(service, service.judgement, vmId('web1'));

  const apart: readonly FactName[] = ['agent', 'restorePoints', 'network', 'diskResources'];
  const names = Object.keys(swept.sheet).filter((name): name is FactName => name in told.sheet);
  for (const name of names.filter((each) => !apart.includes(each))) {
    expect(valueIn(told, name), name).toEqual(valueIn(swept, name));
  }
  const input = ({ sheet }: FactsRead): FactSheet['network'] => sheet.network;
  const paths = [input(swept), input(told)].map((fact) => fact.kind === 'known' && judgeReachability(fact.value));
  expect(paths[0]).toEqual(paths[1]);
  expect(valueIn(swept, 'restorePoints')).toMatchObject({ collections: [{}], points: undefined });
  expect(valueIn(told, 'restorePoints')).toMatchObject({ collections: [{}], points: 2 });
});

test('VMs of a sweep share what they have in common: the same rows, facts and token', async () => {
  const service = await serviceInAzure(certificate);

  const { sheets } = await sheetsOfSweep(service, service.judgement);

  const [one, two] = ['web1', 'web2'].map((name) => sheets.get(vmId(name)));
  const networkOf = (sheet: FactSheet | undefined) => (sheet?.network.kind === 'known' ? sheet.network.value : {});
  for (const part of ['vnet', 'subnet', 'gateways', 'azureFirewalls', 'sweep'] as const) {
    expect(networkOf(one)[part], part).toBeDefined();
    expect(networkOf(one)[part], part).toBe(networkOf(two)[part]);
  }
  const shared: readonly FactName[] = [
    'vaults',
    'policies',
    'loads',
    'locks',
    'azurePolicy',
    'inheritedTags',
    'vmSizes',
  ];
  for (const name of shared) {
    expect(one?.[name], name).toBe(two?.[name]);
  }
});

/** What is asked for when the facts of a VM are read once more, and whether they are still all known. */
async function askedAgain(vmName: string, first?: string, second = first) {
  const service = await serviceInAzure(certificate, { estate: rich() });
  await factsOfEvent(service, service.judgement, vmId('web1'), first);
  const before = service.azure.requests.length;
  const again = await factsOfEvent(service, service.judgement, vmId(vmName), second);
  return { again, asked: service.azure.requests.slice(before).map(({ path }) => path.toLowerCase()) };
}

const isBulk = (path: string) => path.includes('resourcegraph');

test('events in a row read alone what belongs to their VM, and share everything else', async () => {
  const { asked, again } = await askedAgain('web2', 'events of these minutes');

  expect(asked.filter(isBulk)).toEqual([]);
  expect(asked).toContain(vmId('web2').toLowerCase());
  expect(again.gaps).toEqual([]);
  expect(Object.values(again.sheet).filter(({ kind }) => kind === 'unknown')).toEqual([]);
});

test('an event from a subscription that sent none before asks no query of its own', async () => {
  const far = vm('far', {}, otherSubscription);
  const service = await serviceInAzure(certificate, { estate: rich({ resources: [...rich().resources, far] }) });
  await factsOfEvent(service, service.judgement, vmId('web1'), 'these minutes');
  const before = service.azure.requests.length;

  const { sheet } = await factsOfEvent(service, service.judgement, far.id, 'these minutes');

  const asked = service.azure.requests.slice(before).map(({ path }) => path.toLowerCase());
  expect(asked.filter(isBulk)).toEqual([]);
  expect([sheet.items, sheet.restorePoints]).toMatchObject([
    { value: { live: [], softDeleted: [] } },
    { value: { points: 0 } },
  ]);
});

describe('the items of one of many VMs', () => {
  const spareVault = vaultId('rsv-spare');
  const deleted = { isScheduledForDeferredDelete: true, deferredDeleteTimeInUTC: '2026-11-19T00:00:00Z' };
  const itemsOf = async (resources: readonly EstateResource[], change: Partial<Estate> = {}) => {
    const estate = testEstate({ resources: [vm('web1'), ...resources], ...change });
    const service = await serviceInAzure(certificate, { estate });
    const read = async (sharedBy?: string) => {
      const { sheet } = await factsOfEvent(service, service.judgement, vmId('web1'), sharedBy);
      return sheet.items;
    };
    return { ofMany: await read('these minutes'), alone: await read() };
  };

  test.each([
    ['none', [], { live: 0, softDeleted: 0 }],
    ['a live one', [item('web1')], { live: 1, softDeleted: 0 }],
    ['a soft-deleted one', [item('web1', deleted)], { live: 0, softDeleted: 1 }],
    [
      'a soft-deleted and a live one',
      [item('web1', deleted), ...vaultWithPolicy(spareVault), item('web1', {}, spareVault)],
      { live: 1, softDeleted: 1 },
    ],
    [
      'two live ones',
      [item('web1'), ...vaultWithPolicy(spareVault), item('web1', {}, spareVault)],
      { live: 2, softDeleted: 0 },
    ],
    ['one of another VM', [item('web2', deleted)], { live: 0, softDeleted: 0 }],
  ])('are those of a VM alone: %s', async (_what, items, expected) => {
    const { ofMany, alone } = await itemsOf([...vaultWithPolicy(), ...items]);

    if (ofMany.kind === 'unknown' || alone.kind === 'unknown') throw new Error('The items are unknown.');
    const { live, softDeleted } = ofMany.value;
    expect({ live: live.length, softDeleted: softDeleted.length }).toEqual(expected);
    const keys = ({ value }: typeof ofMany) => [...value.live, ...value.softDeleted].map(({ key }) => key);
    expect(keys(ofMany)).toEqual(keys(alone));
  });

  test('are looked for in Resource Graph where Azure Backup does not tell', async () => {
    const denied = [{ scope, action: 'Microsoft.RecoveryServices/locations/backupStatus/action' }];
    const { ofMany } = await itemsOf([...vaultWithPolicy(), item('web1')], { denied });

    expect(ofMany).toMatchObject({ value: { live: [{ itemName: expect.stringContaining('web1') }] } });
  });
});

test('events of later minutes read in bulk anew', async () => {
  const { asked } = await askedAgain('web1', 'events of these minutes', 'events of later minutes');

  expect(asked.filter(isBulk).length).toBeGreaterThan(5);
});

test('a request after another one asks less: settings are remembered, the VM is not', async () => {
  const { asked } = await askedAgain('web1');

  expect(asked.filter((path) => /\/(locks|skus|permissions|vaultstorageconfig|recoveryservices)$/.test(path))).toEqual(
    [],
  );
  expect(asked).toContain(vmId('web1').toLowerCase());
  expect(asked.filter(isBulk).length).toBeLessThanOrEqual(10);
});
