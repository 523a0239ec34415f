import type { EstateResource } from './estate.ts';
import type { NetworkDesign, NetworkIds } from './network-design.ts';

const region = (ids: NetworkIds) => ({ location: ids.region, tags: {} });

function publicAddress(ids: NetworkIds, name: string): EstateResource {
  const type = 'Microsoft.Network/publicIPAddresses';
  return {
    id: ids.id('publicIPAddresses', name),
    name,
    type,
    ...region(ids),
    sku: { name: 'Standard', tier: 'Regional' },
    properties: { provisioningState: 'Succeeded', publicIPAddressVersion: 'IPv4', publicIPAllocationMethod: 'Static' },
  };
}

function natGateway(ids: NetworkIds): readonly EstateResource[] {
  const address = publicAddress(ids, 'pip-nat-lab');
  const gateway = {
    id: ids.id('natGateways', 'nat-lab'),
    name: 'nat-lab',
    type: 'Microsoft.Network/natGateways',
    ...region(ids),
    sku: { name: 'Standard', tier: 'Regional' },
    properties: {
      provisioningState: 'Succeeded',
      idleTimeoutInMinutes: 4,
      publicIpAddresses: [{ id: address.id }],
    },
  };
  return [address, gateway];
}

type Firewall = { readonly name: string; readonly address: string; readonly rules: readonly object[] };

/** A firewall with a policy of its own and one group of application rules. */
function firewall(ids: NetworkIds, { name, address, rules }: Firewall): readonly EstateResource[] {
  const policyId = ids.id('firewallPolicies', `policy-${name}`);
  const groupId = `${policyId}/ruleCollectionGroups/applications`;
  const ruleCollection = {
    ruleCollectionType: 'FirewallPolicyFilterRuleCollection',
    name: 'allowed',
    priority: 200,
    action: { type: 'Allow' },
    rules,
  };
  return [
    {
      id: policyId,
      name: `policy-${name}`,
      type: 'Microsoft.Network/firewallPolicies',
      ...region(ids),
      properties: { provisioningState: 'Succeeded', ruleCollectionGroups: [{ id: groupId }], threatIntelMode: 'Alert' },
    },
    {
      id: groupId,
      name: 'applications',
      type: 'Microsoft.Network/firewallPolicies/ruleCollectionGroups',
      properties: { provisioningState: 'Succeeded', priority: 200, ruleCollections: [ruleCollection] },
    },
    {
      id: ids.id('azureFirewalls', name),
      name,
      type: 'Microsoft.Network/azureFirewalls',
      ...region(ids),
      properties: {
        provisioningState: 'Succeeded',
        sku: { name: 'AZFW_VNet', tier: 'Standard' },
        threatIntelMode: 'Alert',
        firewallPolicy: { id: policyId },
        ipConfigurations: [{ name: 'ipconfig1', properties: { privateIPAddress: address } }],
      },
    },
  ];
}

const protocols = [{ protocolType: 'Https', port: 443 }];
const application = { ruleType: 'ApplicationRule', sourceAddresses: ['*'], protocols, terminateTLS: false };
const updates = { ...application, name: 'windows-update', fqdnTags: ['WindowsUpdate'], targetFqdns: [] };
const backup = { ...application, name: 'azure-backup', fqdnTags: ['AzureBackup'], targetFqdns: [] };

const toBackupFirewall = '10.9.2.4';
const toUpdateFirewall = '10.9.3.4';
const outboundDeny = { direction: 'Outbound', access: 'Deny' } as const;

/** A network with one subnet for each way in which traffic may be lost, and for what only looks like one. */
export const networkLab: NetworkDesign = {
  nsgs: {
    locked: [{ name: 'DenyAllOut', priority: 4096, ...outboundDeny }],
    wire: [{ name: 'DenyWireServer', priority: 200, to: '168.63.129.16', ...outboundDeny }],
    wire32: [{ name: 'DenyHost', priority: 210, to: '168.63.129.16/32', ...outboundDeny }],
    dns: [{ name: 'DenyPlatformDns', priority: 200, to: 'AzurePlatformDNS', ...outboundDeny }],
    inbound: [{ name: 'DenyFromHost', direction: 'Inbound', access: 'Deny', priority: 200, from: '168.63.129.16' }],
    old8443: [
      {
        name: 'AllowStorage8443',
        direction: 'Outbound',
        access: 'Allow',
        priority: 200,
        to: 'Storage',
        protocol: 'Tcp',
        port: '8443',
      },
      { name: 'DenyInternet', priority: 4000, to: 'Internet', ...outboundDeny },
    ],
    shadowed: [
      {
        name: 'AllowOutFirst',
        direction: 'Outbound',
        access: 'Allow',
        priority: 100,
        to: 'Internet',
        protocol: 'Tcp',
        port: '443',
      },
      { name: 'DenyAllOut', priority: 4096, ...outboundDeny },
    ],
  },
  routes: {
    nowhere: { nextHopType: 'None' },
    updates: { nextHopType: 'VirtualAppliance', nextHopIpAddress: toUpdateFirewall },
    backup: { nextHopType: 'VirtualAppliance', nextHopIpAddress: toBackupFirewall },
  },
  subnets: [
    [1, { name: 'snet-open', nsg: null, third: 0, prefixLength: 24 }],
    [0, { name: 'snet-locked', nsg: 'locked', third: 1, prefixLength: 24 }],
    [0, { name: 'snet-wire', nsg: 'wire', third: 2, prefixLength: 24 }],
    [0, { name: 'snet-dns', nsg: 'dns', third: 3, prefixLength: 24 }],
    [0, { name: 'snet-inbound', nsg: 'inbound', third: 4, prefixLength: 24 }],
    [0, { name: 'snet-8443', nsg: 'old8443', third: 5, prefixLength: 24 }],
    [0, { name: 'snet-shadowed', nsg: 'shadowed', third: 6, prefixLength: 24 }],
    [0, { name: 'snet-nowhere', nsg: null, routes: 'nowhere', third: 7, prefixLength: 24 }],
    [0, { name: 'snet-updates', nsg: null, routes: 'updates', third: 8, prefixLength: 24 }],
    [0, { name: 'snet-backup', nsg: null, routes: 'backup', third: 9, prefixLength: 24 }],
    [0, { name: 'snet-private', nsg: null, isPrivate: true, third: 10, prefixLength: 24 }],
    [0, { name: 'snet-nat', nsg: null, isPrivate: true, natGateway: 'nat-lab', third: 11, prefixLength: 24 }],
  ],
  extras: (ids) => [
    ...natGateway(ids),
    ...firewall(ids, { name: 'afw-updates', address: toUpdateFirewall, rules: [updates] }),
    ...firewall(ids, { name: 'afw-backup', address: toBackupFirewall, rules: [updates, backup] }),
  ],
};
