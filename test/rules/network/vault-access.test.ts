import { describe, expect, it } from 'vitest';

import { judgeReachability } from '../../../lib/rules/network/reachability.ts';
import { network, networkId, nsg, rule, vnetId } from './sample.ts';

describe('a vault with a private endpoint', () => {
  const vaultId = networkId('vaults', 'rsv');
  const endpoint = {
    id: networkId('privateEndpoints', 'pe'),
    properties: {
      subnet: { id: `${vnetId}/subnets/pe` },
      customDnsConfigs: [{ ipAddresses: ['10.0.9.4'] }],
      privateLinkServiceConnections: [
        {
          properties: {
            privateLinkServiceId: vaultId,
            groupIds: ['AzureBackup'],
            privateLinkServiceConnectionState: { status: 'Approved' },
          },
        },
      ],
    },
  };
  const vault = (publicNetworkAccess: string) => ({ id: vaultId, properties: { publicNetworkAccess } });

  it.each([
    ['open by the public path if its zone is not linked', 'Enabled', [], 'open OPEN'],
    [
      'unknown if its zone is not linked and the vault refuses public networks',
      'Disabled',
      [],
      'unknown PRIVATE_ENDPOINT_DNS_UNVERIFIED',
    ],
    [
      'blocked if a group denies it and the public path, linked or not',
      'Enabled',
      [rule('d', 100, 'Deny')],
      'blocked NSG_DENY',
    ],
    [
      'blocked if a group denies its address',
      'Disabled',
      [rule('d', 100, 'Deny', { destinationAddressPrefix: '10.0.9.4' })],
      'blocked NSG_DENY',
    ],
  ])('is %s', (_, access, rules, expected) => {
    const rest = { vault: vault(access), privateEndpoints: [endpoint], privateDnsZoneLinks: [] };

    const path = judgeReachability(network({ subnetNsg: nsg('n', rules), rest })).destinations.AzureBackup;

    expect(`${path.verdict} ${path.reason}`).toBe(expected);
  });

  it('is unknown if the endpoints cannot be read', () => {
    const rest = { vault: vault('Disabled'), privateEndpoints: null, privateDnsZoneLinks: [] };

    expect(judgeReachability(network({ rest })).destinations.AzureBackup).toEqual({
      verdict: 'unknown',
      reason: 'DATA_MISSING',
      missing: 'privateEndpoints',
    });
  });
});
