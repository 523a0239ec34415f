import { describe, expect, it } from 'vitest';

import type { Reference } from '../../../lib/rules/network/reference.ts';
import { readRouteTable } from '../../../lib/rules/network/route-table.ts';
import { networkId, routeTable } from './sample.ts';

function read(raw: unknown, reference: Reference | undefined = 'none') {
  return readRouteTable(reference, raw, () => undefined);
}

/** A route table with this in place of its routes. */
function tableOf(routes: unknown): unknown {
  return { id: networkId('routeTables', 'rt'), properties: { routes } };
}

const missing = { kind: 'missing', part: 'routeTable' };
const noRoutes = { kind: 'routes', routes: [], isPropagating: true };

describe('a route table', () => {
  it.each([
    ['null', null],
    ['absent', undefined],
  ])('that nothing refers to has no routes if its row is %s', (_what, raw) => {
    expect(read(raw)).toEqual(noRoutes);
  });

  it('is read if it is there, even if the subnet does not refer to it', () => {
    expect(read(routeTable(['0.0.0.0/0', 'None']))).toMatchObject({
      kind: 'routes',
      routes: [{ hop: { kind: 'drop' } }],
    });
  });

  it('is not known if the subnet is not', () => {
    expect(readRouteTable(undefined, routeTable(), () => undefined)).toEqual({ kind: 'missing', part: 'subnet' });
  });

  it.each<readonly [what: string, raw: unknown]>([
    ['that the subnet refers to without having a row', null],
    ['without properties', { id: '/rt' }],
    ['without a list of routes', tableOf(undefined)],
    ['whose routes are no list', tableOf('garbage')],
    ['with a route that is none', tableOf([null])],
    ['with a route without a prefix', tableOf([{ properties: { nextHopType: 'None' } }])],
    ['with a route to a prefix that makes no sense', routeTable(['10.0.0.0/8', 'None'], ['a b', 'Internet'])],
  ])('%s is missing: its routes may lead anywhere', (_what, raw) => {
    expect(readRouteTable('unreadable', raw, () => undefined)).toEqual(missing);
  });

  it('leaves out IPv6 routes and those to tags that routes cannot have', () => {
    const prefixes = ['::/0', 'Internet', 'VirtualNetwork', 'AzureLoadBalancer', 'AzurePlatformDNS'];

    expect(read(routeTable(...prefixes.map((prefix) => [prefix, 'None'] as const)))).toEqual(noRoutes);
  });

  it.each([
    [true, false],
    [false, true],
    [null, true],
    [undefined, true],
  ])('with disableBgpRoutePropagation %s lets gateways add theirs: %s', (disableBgpRoutePropagation, expected) => {
    const raw = { properties: { routes: [], disableBgpRoutePropagation } };

    expect(read(raw)).toEqual({ kind: 'routes', routes: [], isPropagating: expected });
  });

  it('means the same in whatever order its routes come', () => {
    const [a, b, c] = [
      ['0.0.0.0/0', 'None'],
      ['20.0.0.0/8', 'Internet'],
      ['AzureBackup', 'VirtualAppliance', '10.0.9.4'],
    ] as const;
    const orders = [
      [a, b, c, a],
      [a, a, c, b],
      [b, a, c, a],
      [b, c, a, a],
      [c, a, b, a],
      [c, b, a, a],
    ];

    expect(new Set(orders.map((order) => JSON.stringify(read(routeTable(...order))))).size).toBe(1);
  });
});

describe('a route', () => {
  const shownOf = (raw: unknown) => {
    const table = read(raw);
    return table.kind === 'routes' ? table.routes : [];
  };

  it('is shown as its row has it', () => {
    const routes = shownOf(routeTable(['20.38.0.7/16', 'VIRTUALAPPLIANCE', '10.0.9.4']));

    expect(routes).toMatchObject([
      {
        length: 16,
        hop: { kind: 'appliance' },
        shown: {
          source: 'user',
          routeTable: 'rt',
          name: 'to-20.38.0.7/16',
          addressPrefix: '20.38.0.7/16',
          nextHopType: 'VIRTUALAPPLIANCE',
          nextHopIpAddress: '10.0.9.4',
        },
      },
    ]);
  });

  it('to a tag has no length, and nothing is shown that its row does not have', () => {
    const routes = shownOf({ properties: { routes: [{ properties: { addressPrefix: 'Storage.WestEurope' } }] } });

    expect(routes).toStrictEqual([
      {
        to: { kind: 'tag', tag: { name: 'storage', region: 'westeurope' } },
        hop: { kind: 'unclear', reason: 'ROUTE_UNSUPPORTED' },
        shown: { source: 'user', routeTable: '', name: '', addressPrefix: 'Storage.WestEurope', nextHopType: '' },
      },
    ]);
  });

  it.each([
    ['None', { kind: 'drop' }],
    ['internet', { kind: 'internet' }],
    ['VirtualApplianceEcmp', { kind: 'appliance' }],
    ['VirtualNetworkGateway', { kind: 'unclear', reason: 'ROUTE_GATEWAY' }],
    ['VnetLocal', { kind: 'unclear', reason: 'ROUTE_VNETLOCAL' }],
    ['HyperNetGateway', { kind: 'unclear', reason: 'ROUTE_UNSUPPORTED' }],
  ])('with next hop %s', (nextHopType, hop) => {
    expect(shownOf(routeTable(['0.0.0.0/0', nextHopType])).map((route) => route.hop)).toEqual([hop]);
  });
});
