import { describe, expect, test } from 'vitest';

import { unknown } from '../../lib/domain/fact.ts';
import { armId } from '../../lib/domain/ids.ts';
import { concernedBy } from '../../lib/use-cases/concerned.ts';
import { readForShard } from '../../lib/use-cases/read-everything.ts';
import type { EstateResource } from '../../local/estates/estate.ts';
import { serviceInAzure } from '../contract/service-in-azure.ts';
import {
  diskId,
  item,
  nic,
  nicId,
  otherSubscription,
  policyId,
  subscription,
  testEstate,
  vaultId,
  vaultWithPolicy,
  vm,
  vmId,
} from '../contract/test-estate.ts';
import { trustedCertificate } from '../contract/trusted-certificate.ts';

const certificate = await trustedCertificate();

const inGroup = `/subscriptions/${subscription}/resourceGroups/rg-net/providers`;
const networkId = (name: string) => `${inGroup}/Microsoft.Network/virtualNetworks/${name}`;
const groupId = (name: string) => `${inGroup}/Microsoft.Network/networkSecurityGroups/${name}`;
const routesId = (name: string) => `${inGroup}/Microsoft.Network/routeTables/${name}`;
const natId = `${inGroup}/Microsoft.Network/natGateways/nat`;
const hubId = `/subscriptions/${otherSubscription}/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/hub`;
const farVault = vaultId('rsv-far', otherSubscription);

function networkOf(name: string, subnet: object, more: object = {}): EstateResource {
  return {
    id: networkId(name),
    name,
    type: 'Microsoft.Network/virtualNetworks',
    location: 'westeurope',
    properties: {
      addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
      subnets: [{ id: `${networkId(name)}/subnets/default`, name: 'default', properties: subnet }],
      ...more,
    },
  };
}

function nicIn(network: string, name: string, more: object = {}): EstateResource {
  const subnet = { id: `${networkId(network)}/subnets/default` };
  return nic(nicId(name), {
    virtualMachine: { id: vmId(name) },
    ipConfigurations: [{ name: 'ipconfig1', properties: { primary: true, subnet } }],
    ...more,
  });
}

/**
 * near stands in the network shop and is protected by the vault of its subscription; far is protected by one of another
 * subscription, stopped has only a soft-deleted item, bare has none; those three are in the network of their own.
 */
const resources = [
  ...['near', 'far', 'stopped', 'bare'].map((name) => vm(name)),
  nicIn('shop', 'near', { networkSecurityGroup: { id: groupId('of-nic') } }),
  ...['far', 'stopped', 'bare'].map((name) => nicIn('alone', name)),
  networkOf(
    'shop',
    {
      addressPrefix: '10.0.0.0/24',
      networkSecurityGroup: { id: groupId('of-subnet') },
      routeTable: { id: routesId('of-subnet') },
      natGateway: { id: natId },
    },
    { virtualNetworkPeerings: [{ name: 'to-hub', properties: { remoteVirtualNetwork: { id: hubId } } }] },
  ),
  networkOf('alone', { addressPrefix: '10.0.0.0/24' }),
  ...vaultWithPolicy(),
  ...vaultWithPolicy(farVault),
  item('near'),
  item('far', {}, farVault),
  item('stopped', { protectionState: 'ProtectionStopped', isScheduledForDeferredDelete: true }),
];

const everybody = ['bare', 'far', 'near', 'stopped'];

/** Names of the VMs that a change concerns; `blind`: what protects them could not be read. */
async function concerned(
  changed: string,
  { allowsOtherSubscriptions = false, blind = false } = {},
): Promise<readonly string[]> {
  const { judgement, ...ports } = await serviceInAzure(certificate, { estate: testEstate({ resources }) });
  const cells = [{ subscriptionId: subscription, region: 'westeurope' }];
  const shard = await readForShard(ports, judgement, cells, 'concerned');
  const names: string[] = [];
  for await (const page of ports.inventory.machines(cells)) {
    expect.assert(page.kind === 'known');
    const { surroundings, backup } = await shard.of(page.value);
    const known = blind ? { ...backup, items: unknown('no-permission', 'They could not be read.') } : backup;
    const isConcerned = concernedBy([armId(changed)], surroundings, known, allowsOtherSubscriptions);
    names.push(...page.value.machines.filter(isConcerned).map(({ vm: { value } }) => value.name));
  }
  return names.toSorted();
}

describe('what changed concerns the VMs that have to do with it:', () => {
  test.each<[string, string, readonly string[]]>([
    ['a VM', vmId('near'), ['near']],
    ['a VM in capitals', vmId('near').toUpperCase(), ['near']],
    ['its disk', diskId('near-os'), ['near']],
    ['its network interface', nicId('near'), ['near']],
    ['the security group of its interface', groupId('of-nic'), ['near']],
    ['the security group of its subnet', groupId('of-subnet'), ['near']],
    ['the route table of its subnet', routesId('of-subnet'), ['near']],
    ['the NAT gateway of its subnet', natId, ['near']],
    ['its network', networkId('shop'), ['near']],
    ['the network of others', networkId('alone'), ['bare', 'far', 'stopped']],
    ['a network that is peered to its own', hubId, ['near']],
    ['the policy of its item', policyId(), ['near', 'stopped']],
    ['the policy of its item in another subscription', policyId(farVault), ['far']],
    [
      'the vault of its item, and any of its subscription if it has no live item',
      vaultId(),
      ['bare', 'near', 'stopped'],
    ],
    ['a vault of its subscription without its item', vaultId('rsv-new'), ['bare', 'stopped']],
    ['the vault of its item in another subscription', farVault, ['far']],
    ['a lock on its subscription', `/subscriptions/${subscription}`, everybody],
    ['a lock on the subscription of its vault', `/subscriptions/${otherSubscription}`, ['far']],
    ['a firewall: nothing refers to it', `${inGroup}/Microsoft.Network/azureFirewalls/fw`, everybody],
    ['a firewall policy', `${inGroup}/Microsoft.Network/firewallPolicies/rules`, everybody],
    ['a private endpoint', `${inGroup}/Microsoft.Network/privateEndpoints/pe`, everybody],
    [
      'a network link of a private DNS zone',
      `${inGroup}/Microsoft.Network/privateDnsZones/zone/virtualNetworkLinks/link`,
      everybody,
    ],
  ])('%s', async (_, changed, names) => {
    expect(await concerned(changed)).toEqual(names);
  });
});

describe('it does not concern the others:', () => {
  test.each([
    ['a VM that is not there', vmId('gone')],
    ['a VM whose name begins like theirs', vmId('ne')],
    ['the disk of none of them', diskId('spare')],
    ['a security group of none of them', groupId('of-nobody')],
    ['a route table of none of them', routesId('of-nobody')],
    ['a network of none of them', networkId('empty')],
    ['a policy without an item of theirs', `${vaultId()}/backupPolicies/Unused`],
    ['a vault of another subscription', vaultId('rsv-new', otherSubscription)],
    ['a lock on a subscription whose id begins like theirs', `/subscriptions/${subscription.slice(0, -1)}`],
    ['a lock on a subscription of none of them', '/subscriptions/00000000-0000-0000-0000-000000000000'],
  ])('%s', async (_, changed) => {
    expect(await concerned(changed)).toEqual([]);
  });
});

describe('where vaults of other subscriptions are allowed', () => {
  test.each<[string, string, readonly string[]]>([
    ['any of them concerns VMs without a live item', vaultId('rsv-new', otherSubscription), ['bare', 'stopped']],
    ['the one that protects a VM concerns it as well', farVault, ['bare', 'far', 'stopped']],
    ['other changes concern nobody else', networkId('empty'), []],
  ])('%s', async (_, changed, names) => {
    expect(await concerned(changed, { allowsOtherSubscriptions: true })).toEqual(names);
  });
});

describe('where it is not known what protects VMs', () => {
  test.each<[string, string, readonly string[]]>([
    ['a vault of their subscription concerns all of them', vaultId(), everybody],
    ['other changes concern those that refer to them', groupId('of-subnet'), ['near']],
  ])('%s', async (_, changed, names) => {
    expect(await concerned(changed, { blind: true })).toEqual(names);
  });
});
