import { describe, expect, it } from 'vitest';

import { pathNames } from '../../../lib/rules/network/evidence-names.ts';
import { network, nsg, routeTable, rule } from './sample.ts';

describe('the evidence of network rules', () => {
  it('names what is around the interface', () => {
    const input = network({ nicNsg: nsg('on-nic', []), subnetNsg: nsg('on-subnet', []), routeTable: routeTable() });

    expect(pathNames(input)).toMatchObject({
      'networkSecurityGroup (NIC)': 'on-nic',
      'networkSecurityGroup (subnet)': 'on-subnet',
      subnet: 'app',
      routeTable: 'rt',
    });
  });

  it('says so if nothing is there', () => {
    const input = network({ rest: { subnet: null } });

    expect(pathNames(input)).toMatchObject({
      'networkSecurityGroup (NIC)': 'none',
      'networkSecurityGroup (subnet)': 'none',
      subnet: 'none',
      routeTable: 'none',
      'path.AzureBackup.at': 'subnet',
      'path.AzureBackup.by': 'could not be read',
    });
  });

  it('tells of an open path by which route and how it leaves', () => {
    expect(pathNames(network())).toMatchObject({
      'path.Storage.verdict': 'open',
      'path.Storage.route': 'system route (0.0.0.0/0 to Internet)',
    });
  });

  it('marks the rule that closes a path, and the group that it stands in', () => {
    const input = network({ subnetNsg: nsg('on-subnet', [rule('deny-out', 100, 'Deny')]) });

    expect(pathNames(input)).toMatchObject({
      'path.AzureBackup.verdict': 'blocked',
      'path.AzureBackup.reason': 'NSG_DENY',
      'path.AzureBackup.at': 'subnetNsg',
      'path.AzureBackup.by': 'NSG on-subnet, rule deny-out (priority 100, Deny)',
    });
  });

  it('marks the route that closes a path', () => {
    const input = network({ routeTable: routeTable(['0.0.0.0/0', 'None']) });

    expect(pathNames(input)).toMatchObject({
      'path.AzureActiveDirectory.verdict': 'blocked',
      'path.AzureActiveDirectory.at': 'route',
      'path.AzureActiveDirectory.by': expect.stringMatching(/^table rt, route .+ \(0\.0\.0\.0\/0 to None\)$/),
    });
  });
});
