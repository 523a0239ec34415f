import { describe, expect, it } from 'vitest';

import { parseAddress } from '../../../lib/rules/network/cidr.ts';
import { readNic } from '../../../lib/rules/network/nic.ts';
import { networkId } from './sample.ts';

const groupId = networkId('applicationSecurityGroups', 'Web');
const poolId = `${networkId('loadBalancers', 'lb')}/backendAddressPools/Pool`;
const nsgId = networkId('networkSecurityGroups', 'Nsg');

/** A network interface with these IP configurations. */
function nic(ipConfigurations: unknown, fields: object = {}): unknown {
  return { id: '/nic', properties: { ipConfigurations, ...fields } };
}

function configuration(properties: object = {}): object {
  return { name: 'c', properties: { privateIPAddress: '10.0.1.4', ...properties } };
}

describe('a network interface', () => {
  it('is read with all its configurations, ids in lower case', () => {
    const row = nic(
      [
        configuration({ applicationSecurityGroups: [{ id: groupId }] }),
        configuration({ publicIPAddress: { id: '/pip' }, loadBalancerBackendAddressPools: [{ id: poolId }] }),
      ],
      {
        networkSecurityGroup: { id: nsgId },
        defaultOutboundConnectivityEnabled: false,
        dnsSettings: { dnsServers: ['10.0.0.53'] },
      },
    );

    expect(readNic(row)).toStrictEqual({
      address: parseAddress('10.0.1.4'),
      applicationSecurityGroups: [groupId.toLowerCase()],
      networkSecurityGroup: nsgId.toLowerCase(),
      hasPublicIp: true,
      backendPools: [poolId.toLowerCase()],
      defaultOutbound: false,
      dnsServers: ['10.0.0.53'],
    });
  });

  it('has nothing of what its row leaves out', () => {
    expect(readNic(nic([{ properties: {} }], { defaultOutboundConnectivityEnabled: null }))).toStrictEqual({
      applicationSecurityGroups: [],
      networkSecurityGroup: 'none',
      hasPublicIp: false,
      backendPools: [],
      dnsServers: [],
    });
  });

  it.each<readonly [what: string, configurations: readonly object[], address: string | undefined]>([
    [
      'the primary configuration',
      [configuration(), configuration({ primary: true, privateIPAddress: '10.0.1.5' })],
      '10.0.1.5',
    ],
    [
      'the first configuration if none is primary',
      [configuration({ primary: false }), configuration({ privateIPAddress: '10.0.1.5' })],
      '10.0.1.4',
    ],
    [
      'IPv4, though IPv6 comes first and is primary',
      [
        configuration({ primary: true, privateIPAddress: 'fd00::4', privateIPAddressVersion: 'IPv6' }),
        configuration({ privateIPAddress: '10.0.1.5', privateIPAddressVersion: 'IPv4' }),
      ],
      '10.0.1.5',
    ],
    ['no configuration if the address is none', [configuration({ privateIPAddress: '10.0.1' })], undefined],
  ])('has the address of %s', (_what, configurations, address) => {
    expect(readNic(nic(configurations))?.address).toBe(address === undefined ? undefined : parseAddress(address));
  });

  it.each<readonly [what: string, row: unknown]>([
    ['it has no row', null],
    ['it has no properties', { id: '/nic' }],
    ['it has no configuration', nic([])],
    ['its configurations are no list', nic('garbage')],
    ['one configuration has no properties', nic([configuration(), { name: 'c' }])],
    ['its public address is not told', nic([configuration({ publicIPAddress: {} })])],
    ['a group has no id', nic([configuration({ applicationSecurityGroups: [{ id: groupId }, {}] })])],
    ['its groups are no list', nic([configuration({ applicationSecurityGroups: 'garbage' })])],
    ['a backend pool has no id', nic([configuration({ loadBalancerBackendAddressPools: [{}] })])],
    ['default outbound access is no boolean', nic([configuration()], { defaultOutboundConnectivityEnabled: 'false' })],
    ['its name servers are no list', nic([configuration()], { dnsSettings: { dnsServers: '10.0.0.53' } })],
  ])('is not read if %s', (_what, row) => {
    expect(readNic(row)).toBeUndefined();
  });
});
