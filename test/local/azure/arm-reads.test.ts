import { expect, test } from 'vitest';

import { agentStartMs } from '../../../local/azure/instance-view.ts';
import { catalogueEstate, kinds } from './catalogue-estate.ts';
import { type Answer, pageOf, runAzure } from './running-azure.ts';
import {
  estateNow,
  otherSubscriptionId,
  smallEstate,
  subscriptionId,
  tenantId,
  vaultId,
  vmId,
  vnetId,
} from './small-estate.ts';

const subscription = `/subscriptions/${subscriptionId}`;

const namesOf = (answer: Answer): unknown[] => pageOf(answer).value.map(({ name }) => name);

test('subscriptions are listed and read', async () => {
  const { send } = await runAzure();

  const list = await send('GET', '/subscriptions');
  const one = await send('GET', `/subscriptions/${otherSubscriptionId.toUpperCase()}`);

  expect(list.body).toMatchObject({
    value: [{ subscriptionId, displayName: 'Shop', state: 'Enabled', tenantId }, { displayName: 'Empty' }],
  });
  expect(one.body).toMatchObject({ id: `/subscriptions/${otherSubscriptionId}`, displayName: 'Empty' });
});

test('a VM shows its instance view only to who expands it', async () => {
  const { send } = await runAzure();

  const plain = await send('GET', vmId('web1'));
  const expanded = await send('GET', `${vmId('web1')}?$expand=instanceView`);
  const view = await send('GET', `${vmId('web1')}/instanceView`);

  expect(JSON.stringify(plain.body)).not.toContain('vmAgent');
  expect(expanded.body).toMatchObject({ properties: { instanceView: { vmAgent: { vmAgentVersion: '2.14.0.1' } } } });
  expect(view.body).toMatchObject({ osName: 'ubuntu', vmAgent: { vmAgentVersion: '2.14.0.1' } });
});

test('a VM carries its extensions and no empty plan', async () => {
  const { send } = await runAzure();

  const { body } = await send('GET', vmId('web1'));

  expect(body).toMatchObject({ resources: [{ name: 'VMSnapshotLinux' }] });
  expect(body).not.toHaveProperty('plan');
});

test('a VM that the estate gives no instance view runs, and its agent is ready some seconds after creation', async () => {
  const estate = smallEstate();
  const young = estate.resources.map(({ instanceView: _, ...resource }) => ({
    ...resource,
    properties: { ...resource.properties, timeCreated: estateNow.toISOString() },
  }));
  let now = estateNow;
  const { send } = await runAzure({ estate: { ...estate, resources: young }, now: () => now });

  const before = await send('GET', `${vmId('web1')}/instanceView`);
  now = new Date(estateNow.getTime() + agentStartMs);
  const after = await send('GET', `${vmId('web1')}/instanceView`);

  expect(before.body).toMatchObject({
    vmAgent: { vmAgentVersion: 'Unknown', statuses: [{ displayStatus: 'Not Ready' }] },
  });
  expect(before.body).not.toHaveProperty('osName');
  expect(after.body).toMatchObject({ osName: 'ubuntu', vmAgent: { statuses: [{ displayStatus: 'Ready' }] } });
});

test('statusOnly gives power states and nothing of the agent', async () => {
  const { send } = await runAzure();

  const answer = await send('GET', `${subscription}/providers/Microsoft.Compute/virtualMachines?statusOnly=true`);

  const [first] = pageOf(answer).value;
  expect(first).toEqual({
    id: vmId('web1'),
    name: 'web1',
    type: 'Microsoft.Compute/virtualMachines',
    location: 'westeurope',
    properties: {
      instanceView: {
        statuses: [{ code: 'ProvisioningState/succeeded' }, expect.objectContaining({ code: 'PowerState/running' })],
      },
    },
  });
});

test.each([
  [
    'VMs of a subscription',
    `${subscription}/providers/Microsoft.Compute/virtualMachines`,
    ['web1', 'web2', 'web3', 'web4', 'web5'],
  ],
  [
    'VMs of a resource group',
    `${subscription}/resourcegroups/rg-shop/providers/microsoft.compute/virtualmachines`,
    ['web1', 'web2', 'web3', 'web4', 'web5'],
  ],
  ['VMs of another group', `${subscription}/resourceGroups/rg-backup/providers/Microsoft.Compute/virtualMachines`, []],
  ['extensions of a VM', `${vmId('web1')}/extensions`, ['VMSnapshotLinux']],
  ['extensions of a VM without any', `${vmId('web2')}/extensions`, []],
  ['subnets of a network', `${vnetId}/subnets`, ['servers']],
  ['vaults of a subscription', `${subscription}/providers/Microsoft.RecoveryServices/vaults`, ['rsv-shop']],
  [
    'vaults of an empty subscription',
    `/subscriptions/${otherSubscriptionId}/providers/Microsoft.RecoveryServices/vaults`,
    [],
  ],
  ['policies of a vault', `${vaultId}/backupPolicies`, ['EnhancedPolicy']],
  ['locks of a subscription', `${subscription}/providers/Microsoft.Authorization/locks`, ['keep']],
  ['locks that a VM inherits', `${vmId('web1')}/providers/Microsoft.Authorization/locks`, ['keep']],
  [
    'locks of a group without any',
    `${subscription}/resourceGroups/rg-backup/providers/Microsoft.Authorization/locks`,
    [],
  ],
  ['disks, of which there are none', `${subscription}/providers/Microsoft.Compute/disks`, []],
])('lists %s', async (_, path, names) => {
  const { send } = await runAzure();

  const answer = await send('GET', path);

  expect(answer.status).toBe(200);
  expect(namesOf(answer)).toEqual(names);
});

test.each([
  ['a subnet', `${vnetId}/subnets/Servers`, { name: 'servers', properties: { addressPrefix: '10.0.0.0/24' } }],
  ['a vault', vaultId, { name: 'rsv-shop', sku: { name: 'Standard' } }],
  ['a policy', `${vaultId}/backupPolicies/enhancedpolicy`, { name: 'EnhancedPolicy' }],
  ['an extension', `${vmId('web1')}/extensions/vmsnapshotlinux`, { name: 'VMSnapshotLinux' }],
])('reads %s by its id', async (_, path, body) => {
  const { send } = await runAzure();

  const answer = await send('GET', path);

  expect(answer.body).toMatchObject(body);
});

test.each(kinds.map(([, { id, type }]) => [type, id]))('reads %s by its id, in any case', async (_, id) => {
  const { send } = await runAzure({ estate: catalogueEstate() });

  const answer = await send('GET', id.toUpperCase());

  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ id });
});

test.each([
  ...[
    'natGateways',
    'loadBalancers',
    'virtualNetworkGateways',
    'virtualHubs',
    'azureFirewalls',
    'privateEndpoints',
  ].map((type) => `Microsoft.Network/${type}`),
  'Microsoft.KeyVault/vaults',
  'Microsoft.Compute/restorePointCollections',
  'Microsoft.Authorization/policyExemptions',
  'Microsoft.Authorization/roleAssignments',
])('a list of %s is empty where there are none', async (type) => {
  const { send } = await runAzure();

  expect(pageOf(await send('GET', `${subscription}/providers/${type}`)).value).toEqual([]);
});

test('long lists come in pages that lead to each other by absolute links', async () => {
  const { azure, send } = await runAzure({ pageSize: 2 });
  const pages = [await send('GET', `${subscription}/providers/Microsoft.Compute/virtualMachines?statusOnly=true`)];
  for (let link = pages[0] && pageOf(pages[0]).nextLink; link !== undefined; ) {
    expect(link.startsWith(azure.armUrl)).toBe(true);
    const page = await send('GET', link);
    pages.push(page);
    link = pageOf(page).nextLink;
  }

  expect(pages.map(namesOf)).toEqual([['web1', 'web2'], ['web3', 'web4'], ['web5']]);
});
