import fc from 'fast-check';
import { expect, test } from 'vitest';

import { readNic, readPublicIpAllocation } from '../../lib/azure/nic-row.ts';
import { nicId, subnetId } from '../contract/test-estate.ts';
import { mutationsOf } from './mutations.ts';

const network = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network';
const member = (path: string) => ({ id: `${network}/${path}` });
const lowered = (path: string) => `${network}/${path}`.toLowerCase();

const row = {
  id: nicId('web1'),
  name: 'web1',
  properties: {
    ipConfigurations: [
      {
        name: 'ipconfig1',
        properties: {
          privateIPAddress: '10.0.0.4',
          privateIPAllocationMethod: 'Static',
          subnet: { id: subnetId },
          publicIPAddress: member('publicIPAddresses/PIP'),
          loadBalancerBackendAddressPools: [member('loadBalancers/LB/backendAddressPools/p')],
          loadBalancerInboundNatRules: [member('loadBalancers/LB/inboundNatRules/ssh')],
          applicationGatewayBackendAddressPools: [member('applicationGateways/AG/backendAddressPools/p')],
        },
      },
      { properties: { publicIPAddress: null, loadBalancerBackendAddressPools: null } },
    ],
  },
};

test('an interface is told with its addresses and the pools that it belongs to', () => {
  expect(readNic(row)).toEqual({
    key: nicId('web1').toLowerCase(),
    name: 'web1',
    resourceGroup: 'RG-Shop',
    ipConfigurations: [
      {
        name: 'ipconfig1',
        privateAddress: '10.0.0.4',
        allocation: 'Static',
        publicIp: { key: lowered('publicIPAddresses/PIP') },
        pools: [
          lowered('loadBalancers/LB/backendAddressPools/p'),
          lowered('loadBalancers/LB/inboundNatRules/ssh'),
          lowered('applicationGateways/AG/backendAddressPools/p'),
        ],
      },
      { name: '(unnamed)', pools: [] },
    ],
  });
});

test.each([
  [null],
  [{ ...row, id: '/nonsense' }],
  [{ ...row, properties: {} }],
  [{ ...row, properties: { ipConfigurations: null } }],
  [{ ...row, properties: { ipConfigurations: [{}] } }],
  [{ ...row, properties: { ipConfigurations: [{ properties: { publicIPAddress: 'here' } }] } }],
  [{ ...row, properties: { ipConfigurations: [{ properties: { loadBalancerBackendAddressPools: [{}] } }] } }],
])('%j is no interface: what cannot be read of it is not nothing', (raw) => {
  expect(readNic(raw)).toBeUndefined();
});

test('no broken row makes the parser throw', () => {
  fc.assert(
    fc.property(fc.oneof(mutationsOf(row), fc.anything()), (raw) => {
      const pools = readNic(raw)?.ipConfigurations.flatMap((each) => each.pools) ?? [];
      expect(pools.every((pool) => typeof pool === 'string')).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test.each([
  [{ id: 'p', properties: { publicIPAllocationMethod: 'Dynamic' } }, 'Dynamic'],
  [{ id: 'p', properties: {} }, undefined],
  [{ id: 'p' }, undefined],
  [null, undefined],
])('the public address %j is allocated: %s', (raw, allocation) => {
  expect(readPublicIpAllocation(raw)).toBe(allocation);
});
