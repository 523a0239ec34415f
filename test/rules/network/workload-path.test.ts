import { describe, expect, it } from 'vitest';

import { workloadPath } from '../../../lib/rules/network/workload-path.ts';
import { network, networkId, nsg, routeTable, rule, vnetId } from './sample.ts';

const toAppliance = routeTable(['0.0.0.0/0', 'VirtualAppliance', '10.0.9.4']);

/** An Azure Firewall at the address of the appliance, with these collections of network rules of its own. */
function firewall(...networkRuleCollections: readonly unknown[]): unknown {
  return {
    id: networkId('azureFirewalls', 'fw-hub'),
    name: 'fw-hub',
    properties: {
      ipConfigurations: [
        { properties: { privateIPAddress: '10.0.9.4', subnet: { id: `${vnetId}/subnets/AzureFirewallSubnet` } } },
      ],
      networkRuleCollections,
      applicationRuleCollections: [],
    },
  };
}

describe('the paths that the backup of a workload needs', () => {
  it('are open where nothing stands in the way', () => {
    expect(workloadPath(network())).toEqual({ kind: 'open' });
  });

  it.each([
    ['a rule denies all of them', { subnetNsg: nsg('n', [rule('deny-all', 100, 'Deny')]) }, 'deny-all'],
    [
      'a rule denies one of them',
      { nicNsg: nsg('n', [rule('deny-entra', 100, 'Deny', { destinationAddressPrefix: 'AzureActiveDirectory' })]) },
      'deny-entra',
    ],
    ['a route drops them', { routeTable: routeTable(['0.0.0.0/0', 'None']) }, '0.0.0.0/0'],
    [
      'they lead to an Azure Firewall that has no rule for them',
      { routeTable: toAppliance, rest: { azureFirewalls: [firewall()] } },
      'Azure Firewall fw-hub has no rule for AzureBackup.',
    ],
  ])('are blocked if %s', (_what, changes, said) => {
    expect(workloadPath(network(changes))).toEqual({ kind: 'blocked', says: expect.stringContaining(said) });
  });

  it.each([
    ['an appliance decides', network({ routeTable: toAppliance }), 'not-reported', '10.0.9.4'],
    [
      'name resolution is denied',
      network({
        subnetNsg: nsg('n', [
          rule('no-dns', 100, 'Deny', { destinationAddressPrefix: 'AzurePlatformDNS', destinationPortRange: '53' }),
        ]),
      }),
      'not-reported',
      'A rule denies name resolution by Azure.',
    ],
    ['nothing could be read', {}, 'partial-inventory', 'nic'],
    ['the vault alone could not be read', network({ rest: { vault: null } }), 'partial-inventory', 'vault'],
  ])('are not known if %s', (_what, input, cause, said) => {
    expect(workloadPath(input)).toEqual({
      kind: 'unknown',
      because: { cause, detail: expect.stringContaining(said) },
    });
  });
});
