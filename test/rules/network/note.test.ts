import { describe, expect, it } from 'vitest';

import { judgeReachability } from '../../../lib/rules/network/reachability.ts';
import { adminRule, type Changes, network, networkId, nsg, routeTable, rule } from './sample.ts';

const none = 'ADMIN_RULES_NONE_VISIBLE';
const implicit = 'DEFAULT_OUTBOUND_IMPLICIT';
const reported = 'UDR_TAG_NSG_REPORT';

const denyNothing = nsg('n', []);
const pip = { ipConfiguration: { publicIPAddress: { id: networkId('publicIPAddresses', 'pip') } } };
const adminAllow = adminRule('admin', { access: 'Allow' });
const toInternet = (prefix: string) => routeTable([prefix, 'Internet']);

describe('notes', () => {
  it.each<readonly [what: string, changes: Changes, notes: readonly string[]]>([
    ['say that default outbound access is in use, and that no admin rule was seen', {}, [implicit, none]],
    [
      'say that default outbound access ends with the next deallocation',
      { nic: { defaultOutboundConnectivityEnabled: true }, subnet: { defaultOutboundAccess: false } },
      ['DEFAULT_OUTBOUND_UNTIL_DEALLOCATED', none],
    ],
    [
      'speak of default outbound access if one path alone takes it',
      { routeTable: routeTable(['0.0.0.0/0', 'None'], ['AzureBackup', 'Internet']) },
      [implicit, none],
    ],
    ['do not speak of it if no path takes it', { routeTable: routeTable(['0.0.0.0/0', 'None']) }, [none]],
    [
      'do not speak of it if the only open path takes a service endpoint',
      {
        subnet: { serviceEndpoints: [{ service: 'Microsoft.Storage', locations: ['*'] }] },
        routeTable: routeTable(['0.0.0.0/0', 'None']),
      },
      [none],
    ],
    ['do not speak of it if rules close all paths', { nicNsg: nsg('n', [rule('d', 100, 'Deny')]) }, [none]],
    ['do not speak of it if the VM leaves by an address of its own', pip, [none]],
    ['do not speak of it if the subnet has no way out', { subnet: { defaultOutboundAccess: false } }, [none]],
    ['do not speak of it if the way out is not known', { nic: { defaultOutboundConnectivityEnabled: false } }, [none]],
    ['leave admin rules out if some were read', { ...pip, rest: { adminRules: [adminAllow] } }, []],
    ['leave admin rules out if they could not be read', { ...pip, rest: { adminRules: [{ id: 'e' }] } }, []],
    [
      'pass on the report about a default rule and a route to the tag of a destination',
      { ...pip, subnetNsg: denyNothing, routeTable: toInternet('AzureActiveDirectory') },
      [reported, none],
    ],
    [
      'pass it on for a tag that may hold the destination, in any letter case',
      { ...pip, subnetNsg: denyNothing, routeTable: toInternet('azurecloud.WESTEUROPE') },
      [reported, none],
    ],
    [
      'pass it on if a rule of the group of the interface lets the traffic through besides',
      {
        ...pip,
        nicNsg: nsg('own', [rule('a', 100, 'Allow')]),
        subnetNsg: denyNothing,
        routeTable: toInternet('AzureBackup'),
      },
      [reported, none],
    ],
    [
      'do not pass it on where no group has the default rule',
      { ...pip, routeTable: toInternet('AzureBackup') },
      [none],
    ],
    [
      'do not pass it on if a rule of the organisation comes first',
      { ...pip, subnetNsg: nsg('n', [rule('a', 100, 'Allow')]), routeTable: toInternet('AzureBackup') },
      [none],
    ],
    [
      'do not pass it on if it is the default rule for the own network that lets the traffic through',
      {
        ...pip,
        vnet: { addressSpace: { addressPrefixes: ['0.0.0.0/1', '128.0.0.0/1'] } },
        subnetNsg: denyNothing,
        routeTable: toInternet('AzureBackup'),
      },
      [none],
    ],
    ['do not pass it on for a prefix', { ...pip, subnetNsg: denyNothing, routeTable: toInternet('0.0.0.0/0') }, [none]],
    ['do not pass it on for the route of the system', { ...pip, subnetNsg: denyNothing }, [none]],
    [
      'do not pass it on if the route to the tag does not lead out',
      { ...pip, subnetNsg: denyNothing, routeTable: routeTable(['AzureBackup', 'None']) },
      [none],
    ],
  ])('%s', (_what, changes, notes) => {
    expect(judgeReachability(network(changes)).notes).toEqual(notes);
  });
});
