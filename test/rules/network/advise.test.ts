import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { NetworkInput } from '../../../lib/domain/network-rows.ts';
import { advise } from '../../../lib/rules/network/advise.ts';
import { judgeReachability } from '../../../lib/rules/network/reachability.ts';
import { arbitraryRules } from './arbitrary-network.ts';
import { adminRule, backupEndpoint, type Changes, network, nsg, routeTable, rule, vnetId } from './sample.ts';

const scope = '--subscription 11111111-1111-1111-1111-111111111111 -g rg-net';

function adviceFor(input: NetworkInput, profile: 'workload' | 'vm' = 'workload') {
  return advise(input, judgeReachability(input), profile);
}

describe('the first command', () => {
  it.each<readonly [string, string, Changes]>([
    [
      'allows the tag before the rule that denies',
      `az network nsg rule create ${scope} --nsg-name n -n Allow-AzureBackup-443 --priority 100 --direction Outbound --access Allow --protocol Tcp --source-address-prefixes VirtualNetwork --source-port-ranges '*' --destination-address-prefixes AzureBackup --destination-port-ranges 443`,
      { subnetNsg: nsg('n', [rule('deny', 4000, 'Deny')]) },
    ],
    [
      'sends the tag past a route that drops it',
      `az network route-table route create ${scope} --route-table-name rt -n to-AzureBackup --address-prefix AzureBackup --next-hop-type Internet`,
      { routeTable: routeTable(['0.0.0.0/0', 'None']) },
    ],
    [
      'changes the route that has the tag already',
      `az network route-table route update ${scope} --route-table-name rt -n to-AzureBackup --next-hop-type Internet`,
      { routeTable: routeTable(['AzureBackup', 'None']) },
    ],
    [
      'makes an address for a NAT gateway where there is no way out',
      `az network public-ip create ${scope} -n pip-ng-vnet -l westeurope --sku Standard --allocation-method Static`,
      { subnet: { defaultOutboundAccess: false } },
    ],
    [
      'asks for the effective routes where several routes may decide',
      `az network nic show-effective-route-table ${scope} -n nic`,
      { routeTable: routeTable(['20.0.0.0/8', 'None']) },
    ],
  ])('%s', (_, command, changes) => {
    expect(adviceFor(network(changes))[0]?.commands[0]).toBe(command);
  });
});

describe('rules that are proposed', () => {
  it('are given for both groups if both deny', () => {
    const deny = [rule('deny', 4000, 'Deny')];

    const [first] = adviceFor(network({ nicNsg: nsg('on-nic', deny), subnetNsg: nsg('on-subnet', deny) }));

    expect(first?.commands.map((command) => /--nsg-name (\S+)/.exec(command)?.[1])).toEqual(['on-nic', 'on-subnet']);
  });

  it('have a free priority each', () => {
    const rules = [rule('deny', 4000, 'Deny'), rule('taken', 101, 'Allow', { protocol: 'Udp' })];

    const commands = adviceFor(network({ subnetNsg: nsg('n', rules) })).flatMap((each) => each.commands);

    expect(commands.map((each) => /--priority (\d+)/.exec(each)?.[1])).toEqual(['100', '102', '103']);
  });

  it('are none if no priority before the deny is free', () => {
    const [first] = adviceFor(network({ subnetNsg: nsg('n', [rule('deny', 100, 'Deny')]) }));

    expect(first?.commands).toEqual([]);
    expect(first?.message).toContain('renumber the rules first');
  });

  it('open every path that certain rules of the groups close', () => {
    fc.assert(
      fc.property(arbitraryRules, (rules) => {
        const closed = [...rules, rule('deny', 4000, 'Deny', { priority: 4000 })].filter(
          (each) => (each['properties'] as Record<string, unknown>)['sourcePortRange'] === '*',
        );
        const input = network({ subnetNsg: nsg('n', closed) });
        const created = adviceFor(input)
          .filter(({ message }) => message.includes('denies'))
          .flatMap(({ destination = 'AzureBackup', commands }) =>
            commands.map((command) => ({ destination, command })),
          );
        const added = created.map(({ command }) => ruleOf(command));

        const after = judgeReachability(network({ subnetNsg: nsg('n', [...closed, ...added]) })).destinations;

        expect(created.filter(({ destination }) => after[destination].verdict === 'blocked')).toEqual([]);
      }),
    );
  });
});

/** The rule that a command creates, as Resource Graph would have it. */
function ruleOf(command: string) {
  const option = (name: string) => new RegExp(`${name} '?([^' ]+)`).exec(command)?.[1];
  return rule(option(' -n') ?? '', Number(option('--priority')), 'Allow', {
    protocol: option('--protocol'),
    sourceAddressPrefix: option('--source-address-prefixes'),
    destinationAddressPrefix: option('--destination-address-prefixes'),
    destinationPortRange: option('--destination-port-ranges'),
  });
}

describe('plain VM backup', () => {
  const blocked = network({ subnetNsg: nsg('n', [rule('deny', 4000, 'Deny')]) });

  it('gets no command without evidence of a failure', () => {
    expect(adviceFor(blocked, 'vm')).toEqual([{ message: 'Plain VM backup does not need this path.', commands: [] }]);
  });

  it('gets the commands if the last backup failed for want of a network', () => {
    const lastJob = {
      properties: { operation: 'Backup', status: 'Failed', errorDetails: ['ExtensionSnapshotFailedNoNetwork'] },
    };

    expect(adviceFor({ ...blocked, evidence: { lastJob } }, 'vm')[0]?.commands).toHaveLength(1);
  });

  it('is told to look inside the guest if no path is closed from outside', () => {
    const lastJob = {
      properties: { operation: 'Backup', status: 'Failed', errorDetails: ['ExtensionSnapshotFailedNoNetwork'] },
    };

    expect(adviceFor(network({ rest: { evidence: { lastJob } } }), 'vm')[0]?.message).toContain('inside the guest');
  });

  it('is not told to look inside the guest if a path is closed from outside, or if no backup failed', () => {
    const lastJob = {
      properties: { operation: 'Backup', status: 'Failed', errorDetails: ['ExtensionSnapshotFailedNoNetwork'] },
    };
    const unsure = network({ rest: { gateways: null } });
    const all = [...adviceFor({ ...blocked, evidence: { lastJob } }, 'vm'), ...adviceFor(unsure)];

    expect(all.filter(({ message }) => message.includes('inside the guest'))).toEqual([]);
  });

  it('gets no advice where every path is open', () => {
    expect(adviceFor(network(), 'vm')).toEqual([]);
  });
});

it('no advice names an open network as the remedy', () => {
  const input = network({ nicNsg: nsg('n', [rule('deny', 4000, 'Deny')]), subnet: { defaultOutboundAccess: false } });

  const commands = adviceFor(input).flatMap((each) => each.commands);

  expect(commands.filter((command) => /--destination-address-prefixes '?(Internet|\*)/.test(command))).toEqual([]);
});

describe('advice on Azure Backup', () => {
  const toAppliance = routeTable(['0.0.0.0/0', 'VirtualAppliance', '10.9.1.4']);
  const manager = '/subscriptions/s/resourceGroups/rg-nm/providers/Microsoft.Network/networkManagers/nm';
  const adminDeny = {
    ...adminRule('deny', { destinations: [{ addressPrefix: 'Internet' }] }),
    id: `${manager}/securityAdminConfigurations/cfg/ruleCollections/rc/rules/deny`,
  };
  const firewall = { id: '/fw', properties: { ipConfigurations: [{ properties: { privateIPAddress: '10.9.1.4' } }] } };

  it.each<readonly [string, Changes, number]>([
    ['changes of NSGs cannot help', { rest: { adminRules: [adminDeny] } }, 2],
    ['allow *.backup.windowsazure.com on 443 there', { routeTable: toAppliance }, 1],
    ['sends it to a gateway', { routeTable: routeTable(['0.0.0.0/0', 'VirtualNetworkGateway']) }, 1],
    ['where the service is not known to be', { routeTable: routeTable(['0.0.0.0/0', 'VnetLocal']) }, 1],
    ['check the effective routes', { rest: { gateways: [{ properties: { gatewayType: 'ExpressRoute' } }] } }, 1],
    ['FQDN tag AzureBackup', { routeTable: toAppliance, rest: { azureFirewalls: [firewall] } }, 0],
    ['not readable by this identity', { rest: { gateways: null } }, 0],
    [
      'may deny part of AzureBackup',
      { subnetNsg: nsg('n', [rule('d', 200, 'Deny', { destinationAddressPrefix: '20.0.0.0/8' })]) },
      1,
    ],
    ['comes or goes when the VM is stopped', { nic: { defaultOutboundConnectivityEnabled: false } }, 3],
    [
      'refuses public networks',
      { rest: { vault: { id: '/vaults/rsv', properties: { publicNetworkAccess: 'Disabled' } } } },
      1,
    ],
    [
      'has no public address',
      {
        subnet: { natGateway: { id: '/subscriptions/s/resourceGroups/rg/natGateways/ng' } },
        rest: { natGateway: { id: '/subscriptions/s/resourceGroups/rg/natGateways/ng', properties: {} } },
      },
      2,
    ],
  ])('says "%s"', (words, changes, commands) => {
    const [first] = adviceFor(network(changes));

    expect(first?.message).toContain(words);
    expect(first?.commands).toHaveLength(commands);
  });

  describe('with a vault', () => {
    const vaultId = '/subscriptions/s/resourceGroups/rg-b/providers/Microsoft.RecoveryServices/vaults/rsv';
    const closedVault = { id: vaultId, properties: { publicNetworkAccess: 'Disabled' } };
    const endpoint = backupEndpoint(vaultId);
    const link = {
      id: '/privateDnsZones/privatelink.we.backup.windowsazure.com/virtualNetworkLinks/l',
      properties: { virtualNetwork: { id: vnetId } },
    };
    const refuses =
      'Vault rsv refuses public networks and no private endpoint is in reach. One can be created only while the vault has no registered items.';

    it('that refuses public networks, names the endpoint to create', () => {
      expect(adviceFor(network({ rest: { vault: closedVault } }))).toEqual([
        {
          destination: 'AzureBackup',
          message: refuses,
          commands: [
            `az network private-endpoint create ${scope} -n pe-rsv --vnet-name vnet --subnet app --private-connection-resource-id ${vaultId} --group-id AzureBackup --connection-name rsv`,
          ],
        },
      ]);
    });

    it('that refuses public networks, has no command for a subnet without an id', () => {
      const subnet = { properties: { addressPrefix: '10.0.1.0/24' } };

      expect(adviceFor(network({ rest: { vault: closedVault, subnet } }))).toEqual([
        { destination: 'AzureBackup', message: refuses, commands: [] },
      ]);
    });

    it('whose endpoint has no zone here, says to link it', () => {
      const rest = { vault: closedVault, privateEndpoints: [endpoint], privateDnsZoneLinks: [] };

      expect(adviceFor(network({ rest }))).toEqual([
        {
          destination: 'AzureBackup',
          message:
            'The DNS zone of the private endpoint is not linked to this network. Link privatelink.<geo>.backup.windowsazure.com, or forward it.',
          commands: [],
        },
      ]);
    });

    it('whose endpoint may carry storage, does not blame the zone, which is linked', () => {
      const rest = { vault: closedVault, privateEndpoints: [endpoint], privateDnsZoneLinks: [link] };
      const input = network({ rest, routeTable: routeTable(['Storage', 'None']) });

      expect(adviceFor(input)).toEqual([
        {
          destination: 'Storage',
          message:
            'The public path to storage is closed, and whether the private endpoint of the vault carries storage is not visible.',
          commands: [],
        },
      ]);
    });
  });

  it('says which rule cuts the name service off', () => {
    const rules = [rule('dns', 100, 'Deny', { destinationAddressPrefix: 'AzurePlatformDNS' })];

    expect(adviceFor(network({ subnetNsg: nsg('n', rules) }))[0]?.message).toContain('AzurePlatformDNS');
  });

  it('names the endpoints that the subnet has, because the flag replaces them', () => {
    const subnet = { serviceEndpoints: [{ service: 'Microsoft.Sql', locations: ['westeurope'] }] };

    const commands = adviceFor(network({ routeTable: toAppliance, subnet })).flatMap((each) => each.commands);

    expect(
      commands.filter((each) => each.endsWith('--service-endpoints Microsoft.Sql Microsoft.Storage')),
    ).toHaveLength(1);
  });
});
