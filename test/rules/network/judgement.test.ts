import { describe, expect, it } from 'vitest';

import { judgedNetwork } from '../../../lib/rules/network/judged-network.ts';
import { judgeReachability } from '../../../lib/rules/network/reachability.ts';
import { at } from '../../../lib/rules/network/row.ts';
import { adminRule, type Changes, network, networkId, nsg, routeTable, rule } from './sample.ts';

const privateSubnet = { defaultOutboundAccess: false };
const expressRoute = { gateways: [{ properties: { gatewayType: 'ExpressRoute' } }] };
const toAppliance = routeTable(['0.0.0.0/0', 'VirtualAppliance', '10.9.9.9']);
const lostTable = { routeTable: { id: networkId('routeTables', 'lost') } };

describe('routes and the way out behind them are told apart', () => {
  it.each<readonly [what: string, changes: Changes, routes: string, exit: string]>([
    ['nothing in the way', {}, 'open', 'open'],
    ['a subnet without a way out', { subnet: privateSubnet }, 'open', 'blocked'],
    ['a way out that is not certain', { nic: { defaultOutboundConnectivityEnabled: false } }, 'open', 'unknown'],
    ['a route that drops the traffic', { routeTable: routeTable(['0.0.0.0/0', 'None']) }, 'blocked', 'open'],
    [
      'a route that drops the traffic of a subnet without a way out',
      { routeTable: routeTable(['0.0.0.0/0', 'None']), subnet: privateSubnet },
      'blocked',
      'open',
    ],
    ['an appliance', { routeTable: toAppliance }, 'unknown', 'open'],
    [
      'an appliance before a subnet without a way out',
      { routeTable: toAppliance, subnet: privateSubnet },
      'unknown',
      'open',
    ],
    ['a default route that may be learned', { rest: expressRoute }, 'unknown', 'open'],
    [
      'a default route that may be learned in a subnet without a way out',
      { rest: expressRoute, subnet: privateSubnet },
      'unknown',
      'unknown',
    ],
    ['a route table that could not be read', { subnet: lostTable }, 'unknown', 'open'],
    [
      'a route table that could not be read in a subnet without a way out',
      { subnet: { ...lostTable, ...privateSubnet } },
      'unknown',
      'unknown',
    ],
    ['gateways that could not be read', { rest: { gateways: null } }, 'unknown', 'open'],
    ['an interface that could not be read', { rest: { nic: null } }, 'open', 'unknown'],
    ['a subnet that could not be read', { rest: { subnet: null } }, 'unknown', 'unknown'],
    ['other interfaces that could not be read', { rest: { otherNics: null } }, 'open', 'unknown'],
  ])('%s', (_what, changes, routes, exit) => {
    const { judgement } = judgedNetwork(network(changes));

    expect([judgement.routes.kind, judgement.exit.kind]).toEqual([routes, exit]);
  });
});

describe('what decides a path', () => {
  const deny = nsg('n', [rule('d', 100, 'Deny')]);
  const perhaps = nsg('n', [rule('d', 100, 'Deny', { protocol: 'Sctp' })]);

  it.each<readonly [what: string, changes: Changes, expected: string]>([
    [
      'a rule, where a rule and a route block',
      { subnetNsg: deny, routeTable: routeTable(['0.0.0.0/0', 'None']) },
      'blocked NSG_DENY',
    ],
    [
      'a route that blocks, before a rule in doubt',
      { subnetNsg: perhaps, routeTable: routeTable(['0.0.0.0/0', 'None']) },
      'blocked ROUTE_NONE',
    ],
    ['a rule that blocks, before a route in doubt', { subnetNsg: deny, routeTable: toAppliance }, 'blocked NSG_DENY'],
    [
      'a rule in doubt, before a route in doubt',
      { subnetNsg: perhaps, routeTable: toAppliance },
      'unknown NSG_AMBIGUOUS',
    ],
    ['a rule in doubt, where the route is open', { subnetNsg: perhaps }, 'unknown NSG_AMBIGUOUS'],
    ['a route in doubt, where the rules let pass', { routeTable: toAppliance }, 'unknown ROUTE_VIRTUAL_APPLIANCE'],
  ])('is %s', (_what, changes, expected) => {
    const path = judgeReachability(network(changes)).destinations.AzureBackup;

    expect(`${path.verdict} ${path.reason}`).toBe(expected);
  });
});

describe('a rule that perhaps matches', () => {
  const reasonOf = (...rules: readonly object[]) =>
    judgeReachability(network({ subnetNsg: nsg('n', rules) })).destinations.AzureBackup.reason;
  const denyPart = rule('part', 200, 'Deny', { destinationAddressPrefix: '20.0.0.0/8' });

  it('makes the answer ambiguous if it could change it', () => {
    const allow = rule('a', 100, 'Allow', { protocol: 'Sctp', destinationAddressPrefix: '20.0.0.0/8' });

    expect(reasonOf(allow, denyPart)).toBe('NSG_AMBIGUOUS');
  });

  it('does not if what comes after it says the same', () => {
    const allow = rule('a', 100, 'Allow', { protocol: 'Sctp', destinationAddressPrefix: '40.0.0.0/8' });

    expect(reasonOf(allow, denyPart)).toBe('NSG_PARTIAL');
  });

  it('does not if it is an admin rule that lets the traffic go on to the groups', () => {
    const allow = adminRule('admin', { access: 'Allow', priority: 5, protocol: 'Sctp' });
    const input = network({ subnetNsg: nsg('n', [denyPart]), rest: { adminRules: [allow] } });

    expect(judgeReachability(input).destinations.AzureBackup.reason).toBe('NSG_PARTIAL');
  });
});

it('the verdicts of the other interfaces are reported with their names, if they have any', () => {
  const closed = network({ nicNsg: nsg('n', [rule('d', 100, 'Deny')]) });
  const otherNics = [{ ...closed, nic: { name: 'second', properties: at(closed.nic, 'properties') } }, {}];
  const { judgedNic, destinations, otherNics: others } = judgeReachability(network({ rest: { otherNics } }));

  expect([judgedNic, destinations.Storage.verdict]).toEqual(['nic', 'unknown']);
  expect(others.map((each) => each.nic)).toEqual(['second', undefined]);
  expect(others.map((each) => each.destinations.Storage.verdict)).toEqual(['blocked', 'unknown']);
});
