import { describe, expect, it } from 'vitest';

import { armId } from '../../../lib/domain/ids.ts';
import { poolEgress } from '../../../lib/rules/network/load-balancer.ts';
import { networkId } from './sample.ts';

const balancerId = networkId('loadBalancers', 'LB');
const poolId = `${balancerId}/backendAddressPools/pool`;
const isPublic = { id: 'public', properties: { publicIPAddress: { id: '/pip' } } };
const isPrivate = { id: 'private', properties: { privateIPAddress: '10.0.1.9' } };

function balancer(properties: object, fields: object = {}): object {
  return {
    id: balancerId,
    sku: { name: 'Standard' },
    properties: { frontendIPConfigurations: [isPublic], ...properties },
    ...fields,
  };
}

function outbound(pool = poolId): object {
  return { outboundRules: [{ properties: { backendAddressPool: { id: pool } } }] };
}

function balancing(fields: object = {}, pool = poolId): object {
  const rule = { backendAddressPool: { id: pool }, frontendIPConfiguration: { id: 'public' }, ...fields };
  return { loadBalancingRules: [{ properties: rule }] };
}

function egressBehind(...balancers: readonly unknown[]) {
  return poolEgress([armId(poolId)], balancers);
}

describe('the pools of an interface', () => {
  it('mean nothing if there are none', () => {
    expect(poolEgress([], [balancer(outbound())])).toBe('none');
  });

  it.each<readonly [what: string, row: unknown, expected: string]>([
    ['an outbound rule', balancer(outbound()), 'outbound'],
    ['an outbound rule, ids in another case', balancer(outbound(poolId.toUpperCase())), 'outbound'],
    [
      'an outbound rule, one of several frontends being public',
      balancer({ ...outbound(), frontendIPConfigurations: [isPrivate, isPublic] }),
      'outbound',
    ],
    [
      'an outbound rule and a prefix of public addresses',
      balancer({
        ...outbound(),
        frontendIPConfigurations: [{ id: 'f', properties: { publicIPPrefix: { id: '/prefix' } } }],
      }),
      'outbound',
    ],
    [
      'an outbound rule without a public frontend',
      balancer({ ...outbound(), frontendIPConfigurations: [isPrivate] }),
      'standardWithoutOutbound',
    ],
    [
      'an outbound rule for another pool',
      balancer(outbound(`${balancerId}/backendAddressPools/other`)),
      'standardWithoutOutbound',
    ],
    ['a balancing rule that translates', balancer(balancing()), 'outbound'],
    ['a balancing rule that says so', balancer(balancing({ disableOutboundSnat: false })), 'outbound'],
    [
      'a balancing rule that does not translate',
      balancer(balancing({ disableOutboundSnat: true })),
      'standardWithoutOutbound',
    ],
    [
      'a balancing rule for another pool',
      balancer(balancing({}, `${balancerId}/backendAddressPools/other`)),
      'standardWithoutOutbound',
    ],
    [
      'a balancing rule of a private frontend',
      balancer({
        ...balancing({ frontendIPConfiguration: { id: 'private' } }),
        frontendIPConfigurations: [isPrivate, isPublic],
      }),
      'standardWithoutOutbound',
    ],
    ['the Basic SKU without rules', balancer({}, { sku: { name: 'BASIC' } }), 'none'],
    ['no SKU', balancer(outbound(), { sku: undefined }), 'unresolved'],
    ['no properties', { id: balancerId, sku: { name: 'Standard' } }, 'unresolved'],
    ['frontends that are no list', balancer({ frontendIPConfigurations: 'garbage' }), 'unresolved'],
    ['outbound rules that are no list', balancer({ outboundRules: 'garbage' }), 'unresolved'],
    ['balancing rules that are no list', balancer({ loadBalancingRules: 'garbage' }), 'unresolved'],
  ])('of a balancer with %s', (_what, row, expected) => {
    expect(egressBehind(row)).toBe(expected);
  });

  it('are judged by their own balancer among others', () => {
    const other = balancer(outbound(), { id: networkId('loadBalancers', 'other') });

    expect(egressBehind(other, balancer({}))).toBe('standardWithoutOutbound');
    expect(egressBehind(other)).toBe('unresolved');
  });

  it.each([null, undefined, 'garbage'])('are not resolved if the balancers are %j', (rows) => {
    expect(poolEgress([armId(poolId)], rows)).toBe('unresolved');
  });

  it('find a way out if one of several balancers has it', () => {
    const id = networkId('loadBalancers', 'second');
    const second = armId(`${id}/backendAddressPools/pool`);
    const pools = [armId(poolId), second];

    expect(poolEgress(pools, [balancer(outbound())])).toBe('outbound');
    expect(poolEgress(pools, [balancer({})])).toBe('unresolved');
    expect(poolEgress(pools, [balancer({}), balancer({}, { id, sku: { name: 'Basic' } })])).toBe(
      'standardWithoutOutbound',
    );
  });
});
