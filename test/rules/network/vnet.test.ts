import { describe, expect, it } from 'vitest';

import { armId } from '../../../lib/domain/ids.ts';
import { isInReach, readVnet } from '../../../lib/rules/network/vnet.ts';
import { networkId, vnetId } from './sample.ts';

const hubId = networkId('virtualNetworks', 'Hub');
const space = { addressSpace: { addressPrefixes: ['10.0.0.0/16', 'fd00::/48'] } };

function vnet(properties: unknown, id: unknown = vnetId): unknown {
  return { id, name: 'vnet', properties };
}

function peering(properties: object = {}): object {
  return {
    properties: {
      peeringState: 'Connected',
      remoteVirtualNetwork: { id: hubId },
      remoteAddressSpace: { addressPrefixes: ['10.100.0.0/16'] },
      ...properties,
    },
  };
}

describe('a virtual network', () => {
  it('is read with its peerings, ids in lower case', () => {
    const row = vnet({
      ...space,
      dhcpOptions: { dnsServers: ['10.0.0.53'] },
      virtualNetworkPeerings: [peering({ useRemoteGateways: true })],
    });

    expect(readVnet(row)).toMatchObject({
      id: vnetId.toLowerCase(),
      space: [{ length: 16 }],
      dnsServers: ['10.0.0.53'],
      peerings: [{ remote: hubId.toLowerCase(), usesRemoteGateways: true, space: [{ length: 16 }] }],
    });
  });

  it('has no peerings and no name servers if its row leaves them out', () => {
    expect(readVnet(vnet(space))).toMatchObject({ peerings: [], dnsServers: [] });
  });

  it.each([
    ['Connected', 1],
    ['connected', 1],
    ['Disconnected', 0],
    ['INITIATED', 0],
    ['SomethingNew', 1],
  ])('counts a peering that is %s: %i', (peeringState, expected) => {
    const row = vnet({ ...space, virtualNetworkPeerings: [peering({ peeringState })] });

    expect(readVnet(row)?.peerings).toHaveLength(expected);
  });

  it.each<readonly [what: string, row: unknown]>([
    ['it has no row', null],
    ['it has no properties', { id: vnetId }],
    ['it has no id', vnet(space, 7)],
    ['its id is that of something else', vnet(space, networkId('virtualHubs', 'hub'))],
    ['its address space is not told', vnet({})],
    ['its address space makes no sense', vnet({ addressSpace: { addressPrefixes: ['garbage'] } })],
    ['its name servers are no list', vnet({ ...space, dhcpOptions: { dnsServers: '10.0.0.53' } })],
    ['its peerings are no list', vnet({ ...space, virtualNetworkPeerings: 'garbage' })],
    ['a peering has no properties', vnet({ ...space, virtualNetworkPeerings: [peering(), {}] })],
    [
      'the address space of a peer makes no sense',
      vnet({ ...space, virtualNetworkPeerings: [peering({ remoteAddressSpace: { addressPrefixes: [7] } })] }),
    ],
    [
      'the address space of a peer is no list',
      vnet({ ...space, virtualNetworkPeerings: [peering({ remoteAddressSpace: { addressPrefixes: 'garbage' } })] }),
    ],
  ])('is not read if %s', (_what, row) => {
    expect(readVnet(row)).toBeUndefined();
  });

  it('reaches itself and its peers, and nothing else', () => {
    const own = readVnet(vnet({ ...space, virtualNetworkPeerings: [peering()] }));
    const others = [vnetId, hubId, networkId('virtualNetworks', 'other')];

    expect(others.map((other) => own && isInReach(own, armId(other)))).toEqual([true, true, false]);
  });
});
