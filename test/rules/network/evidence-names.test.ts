import { expect, it } from 'vitest';

import { groupNames, routeNames } from '../../../lib/rules/network/evidence-names.ts';
import { network, nsg, routeTable } from './sample.ts';

it('the evidence names what is around the interface', () => {
  const input = network({ nicNsg: nsg('on-nic', []), subnetNsg: nsg('on-subnet', []), routeTable: routeTable() });

  expect({ ...groupNames(input), ...routeNames(input) }).toEqual({
    'networkSecurityGroup (NIC)': 'on-nic',
    'networkSecurityGroup (subnet)': 'on-subnet',
    subnet: 'app',
    routeTable: 'rt',
  });
});

it('the evidence says so if nothing is there', () => {
  const input = network({ rest: { subnet: null } });

  expect({ ...groupNames(input), ...routeNames(input) }).toEqual({
    'networkSecurityGroup (NIC)': 'none',
    'networkSecurityGroup (subnet)': 'none',
    subnet: 'none',
    routeTable: 'none',
  });
});
