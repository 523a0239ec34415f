import { describe, expect, it } from 'vitest';

import type { NetworkInput } from '../../../lib/domain/network-rows.ts';
import { advise } from '../../../lib/rules/network/advise.ts';
import { judgeReachability } from '../../../lib/rules/network/reachability.ts';
import { type Changes, network, networkId, nsg, routeTable, rule, vnetId } from './sample.ts';

function adviceFor(input: NetworkInput) {
  return advise(input, judgeReachability(input), 'workload');
}

/** What a command does, without the names it does it to. */
function verbs(commands: readonly string[]): readonly (string | undefined)[] {
  return commands.map((command) => /^az (.+?) -/.exec(command)?.[1]);
}

const natGateway = ['network public-ip create', 'network nat gateway create', 'network vnet subnet update'];
const toAppliance = routeTable(['0.0.0.0/0', 'VirtualAppliance', '10.9.1.4']);

/** An Azure Firewall where the route leads, with these application rules. */
function firewall(action: string, rules: readonly object[]): object {
  return {
    id: networkId('azureFirewalls', 'fw'),
    properties: {
      ipConfigurations: [{ properties: { privateIPAddress: '10.9.1.4' } }],
      applicationRuleCollections: [{ properties: { action: { type: action }, rules } }],
    },
  };
}

const toTag = { sourceAddresses: ['*'], protocols: [{ protocolType: 'Https', port: 443 }], fqdnTags: ['AzureBackup'] };

describe('advice on a route', () => {
  it.each<readonly [what: string, changes: Changes, says: string]>([
    [
      'that drops the traffic names it with its table',
      { routeTable: routeTable(['0.0.0.0/0', 'None']) },
      'Route to-0.0.0.0/0 (0.0.0.0/0) in rt drops TCP 443 to AzureBackup.',
    ],
    [
      'to an appliance names its address and what to allow there',
      { routeTable: toAppliance },
      'Route to-0.0.0.0/0 (0.0.0.0/0) sends it to 10.9.1.4; allow *.backup.windowsazure.com on 443 there, or bypass it.',
    ],
    [
      'to several appliances does not name one',
      { routeTable: routeTable(['0.0.0.0/0', 'VirtualApplianceEcmp']) },
      'Route to-0.0.0.0/0 (0.0.0.0/0) sends it to appliances; allow *.backup.windowsazure.com on 443 there, or bypass it.',
    ],
    [
      'with a next hop that is new says what it is',
      { routeTable: routeTable(['0.0.0.0/0', 'HyperNetGateway']) },
      'Route to-0.0.0.0/0 (0.0.0.0/0) leads to HyperNetGateway, where the service is not known to be.',
    ],
    [
      'for part of the service says so',
      { routeTable: routeTable(['20.0.0.0/8', 'None']) },
      'Route to-20.0.0.0/8 (20.0.0.0/8) concerns part of AzureBackup, or may; check the effective routes.',
    ],
    [
      'to a firewall with rules that deny',
      { routeTable: toAppliance, rest: { azureFirewalls: [firewall('Deny', [toTag])] } },
      'The Azure Firewall has rules that deny, so it is not certain what it lets through. Route to-0.0.0.0/0 (0.0.0.0/0) leads there. Add an application rule with the FQDN tag AzureBackup (https, without TLS inspection) and network rules for Storage.westeurope and AzureActiveDirectory on TCP 443.',
    ],
    [
      'to a firewall that inspects TLS',
      { routeTable: toAppliance, rest: { azureFirewalls: [firewall('Allow', [{ ...toTag, terminateTLS: true }])] } },
      'The Azure Firewall inspects TLS, which Azure Backup does not support. Route to-0.0.0.0/0 (0.0.0.0/0) leads there.',
    ],
  ])('%s', (_what, changes, says) => {
    expect(adviceFor(network(changes))[0]?.message).toContain(says);
  });

  it('of a gateway has no command for the route table, which is not where it stands', () => {
    const gatewayDefaultSite = { id: networkId('localNetworkGateways', 'site') };
    const gateways = [{ properties: { gatewayType: 'Vpn', gatewayDefaultSite } }];
    const table = routeTable(['10.0.0.0/8', 'VnetLocal']);

    const [backup, storage] = adviceFor(network({ routeTable: table, rest: { gateways } }));

    expect(backup?.message).toContain('Route gateway-default-site (0.0.0.0/0) sends it to a gateway;');
    expect(backup?.commands).toEqual([]);
    expect(verbs(storage?.commands ?? [])).toEqual(['network vnet subnet update']);
  });

  it('leads past an appliance, and for storage offers a service endpoint besides', () => {
    const [backup, storage, entra] = adviceFor(network({ routeTable: toAppliance }));

    expect(verbs(backup?.commands ?? [])).toEqual(['network route-table route create']);
    expect(verbs(storage?.commands ?? [])).toEqual(['network route-table route create', 'network vnet subnet update']);
    expect(verbs(entra?.commands ?? [])).toEqual(['network route-table route create']);
  });

  it('gives a subnet without a way out a NAT gateway besides, for a route to the Internet needs one', () => {
    const table = routeTable(['0.0.0.0/0', 'None']);
    const [withoutWayOut] = adviceFor(network({ routeTable: table, subnet: { defaultOutboundAccess: false } }));
    const [withWayOut] = adviceFor(network({ routeTable: table }));

    expect(verbs(withoutWayOut?.commands ?? [])).toEqual(['network route-table route create', ...natGateway]);
    expect(verbs(withWayOut?.commands ?? [])).toEqual(['network route-table route create']);
  });
});

describe('advice on a rule', () => {
  const deny = rule('deny', 200, 'Deny');

  it('says on which of the two groups it stands', () => {
    const [onNic] = adviceFor(network({ nicNsg: nsg('n', [deny]) }));
    const [onSubnet] = adviceFor(network({ subnetNsg: nsg('s', [deny]) }));

    expect(onNic?.message).toBe('NSG n (NIC) rule deny (priority 200) denies TCP 443 to AzureBackup.');
    expect(onSubnet?.message).toBe('NSG s (subnet) rule deny (priority 200) denies TCP 443 to AzureBackup.');
  });

  it('that closes a private endpoint opens its addresses, for Azure Backup alone', () => {
    const vaultId = networkId('vaults', 'rsv');
    const connection = {
      privateLinkServiceId: vaultId,
      groupIds: ['AzureBackup'],
      privateLinkServiceConnectionState: { status: 'Approved' },
    };
    const rest = {
      vault: { id: vaultId, properties: { publicNetworkAccess: 'Disabled' } },
      privateEndpoints: [
        {
          id: networkId('privateEndpoints', 'pe'),
          properties: {
            subnet: { id: `${vnetId}/subnets/pe` },
            customDnsConfigs: [{ ipAddresses: ['10.0.9.4', '10.0.9.5'] }],
            privateLinkServiceConnections: [{ properties: connection }],
          },
        },
      ],
      privateDnsZoneLinks: [
        {
          id: `${networkId('privateDnsZones', 'privatelink.we.backup.windowsazure.com')}/virtualNetworkLinks/l`,
          properties: { virtualNetwork: { id: vnetId } },
        },
      ],
    };
    const commands = adviceFor(network({ subnetNsg: nsg('s', [deny]), rest })).map((each) => each.commands.join());
    const opened = commands.map((each) => /--destination-address-prefixes (.+) --destination-port/.exec(each)?.[1]);

    expect(opened).toEqual(['10.0.9.4/32 10.0.9.5/32', 'Storage.westeurope', 'AzureActiveDirectory']);
  });
});
