import { describe, expect, it } from 'vitest';

import { advise } from '../../../lib/rules/network/advise.ts';
import { judgeReachability } from '../../../lib/rules/network/reachability.ts';
import { type Changes, network, networkId, routeTable } from './sample.ts';

const scope = '--subscription 11111111-1111-1111-1111-111111111111 -g rg-net';
const newGateway = [
  `az network public-ip create ${scope} -n pip-ng-vnet -l westeurope --sku Standard --allocation-method Static`,
  `az network nat gateway create ${scope} -n ng-vnet -l westeurope --public-ip-addresses pip-ng-vnet`,
  `az network vnet subnet update ${scope} --vnet-name vnet -n app --nat-gateway ng-vnet`,
];
const isPrivate = { defaultOutboundAccess: false };
const publicNic = network({ ipConfiguration: { publicIPAddress: { id: '/pip' } } }).nic;

function adviceFor(changes: Changes) {
  const input = network(changes);
  return advise(input, judgeReachability(input), 'workload');
}

describe('a VM without a way out', () => {
  it.each<readonly [what: string, changes: Changes, message: string]>([
    ['in a private subnet', { subnet: isPrivate }, 'Subnet app gives this VM no way out.'],
    [
      'with an address that comes or goes',
      { nic: { defaultOutboundConnectivityEnabled: false } },
      'The default outbound address comes or goes when the VM is stopped and deallocated; a NAT gateway does not.',
    ],
    [
      'with a public address on another interface',
      { rest: { otherNics: [{ nic: publicNic }] } },
      'Only another interface of the VM has a public address; which one sends is decided in the guest.',
    ],
  ])('%s gets a NAT gateway', (_what, changes, message) => {
    expect(adviceFor(changes)[0]).toEqual({ destination: 'AzureBackup', message, commands: newGateway });
  });

  it('is told that for storage nobody says whether it needs one', () => {
    const advice = adviceFor({ subnet: isPrivate, routeTable: routeTable(['0.0.0.0/0', 'Internet']) });

    expect(advice.find(({ destination }) => destination === 'Storage')).toEqual({
      destination: 'Storage',
      message: 'Subnet app gives this VM no way out, and for storage it is not documented whether one is needed.',
      commands: newGateway,
    });
  });

  it('is told to get its balancer read', () => {
    const pool = { id: `${networkId('loadBalancers', 'lb')}/backendAddressPools/pool` };

    expect(adviceFor({ ipConfiguration: { loadBalancerBackendAddressPools: [pool] } })[0]).toEqual({
      destination: 'AzureBackup',
      message: 'A load balancer behind this VM is not readable by this identity. Grant Reader on its subscription.',
      commands: [],
    });
  });

  it.each<readonly [what: string, changes: Changes]>([
    ['its subnet has no id', { rest: { subnet: { properties: { addressPrefix: '10.0.1.0/24', ...isPrivate } } } }],
    ['its region is not known', { subnet: isPrivate, rest: { region: null } }],
  ])('gets no command if %s', (_what, changes) => {
    const [first] = adviceFor(changes);

    expect(first?.message).toMatch(/^Subnet (app)? gives this VM no way out\.$/);
    expect(first?.commands).toEqual([]);
  });
});

describe('a NAT gateway without an address', () => {
  const id = networkId('natGateways', 'ng-hub');
  const behind = (rest: object, natGateway: object = { id, properties: {} }): Changes => ({
    subnet: { natGateway: { id } },
    rest: { natGateway, ...rest },
  });

  it('gets one', () => {
    expect(adviceFor(behind({}))[0]).toEqual({
      destination: 'AzureBackup',
      message: 'NAT gateway ng-hub has no public address.',
      commands: [
        `az network public-ip create ${scope} -n pip-ng-hub -l westeurope --sku Standard --allocation-method Static`,
        `az network nat gateway update ${scope} -n ng-hub --public-ip-addresses pip-ng-hub`,
      ],
    });
  });

  it.each([
    ['the region is not known', behind({ region: null })],
    ['its row has no id', behind({}, { properties: {} })],
  ])('gets no command if %s', (_what, changes) => {
    const [first] = adviceFor(changes);

    expect(first?.message).toContain('has no public address.');
    expect(first?.commands).toEqual([]);
  });
});
