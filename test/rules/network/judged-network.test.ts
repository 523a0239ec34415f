import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { NetworkInput } from '../../../lib/domain/network-rows.ts';
import { doubtAbout } from '../../../lib/rules/network/doubt.ts';
import { judgedNetwork, reachabilityStatistics } from '../../../lib/rules/network/judged-network.ts';
import type { Judgement } from '../../../lib/rules/network/judgement.ts';
import { judgeReachability } from '../../../lib/rules/network/reachability.ts';
import { at } from '../../../lib/rules/network/row.ts';
import { arbitraryNetwork, arbitraryRules } from './arbitrary-network.ts';
import { adminRule, type Changes, network, networkId, nsg, routeTable, rule } from './sample.ts';

const inGroup = rule('from-group', 150, 'Deny', {
  sourceAddressPrefix: '',
  sourceApplicationSecurityGroups: [{ id: '/asg-a' }],
  destinationAddressPrefix: 'AzureBackup',
});
const fromNeighbours = rule('from-neighbours', 160, 'Deny', { sourceAddressPrefix: '10.0.1.4/30' });
const poolId = `${networkId('loadBalancers', 'lb')}/backendAddressPools/pool`;

function adminDeny(addressPrefix: string) {
  return adminRule('admin', {
    priority: 5,
    sources: [{ addressPrefix }],
    destinations: [{ addressPrefix: '20.0.0.0/8' }],
    destinationPortRanges: ['443'],
  });
}

const firewall = {
  id: networkId('azureFirewalls', 'afw'),
  properties: {
    ipConfigurations: [{ properties: { privateIPAddress: '10.9.1.4' } }],
    applicationRuleCollections: [
      {
        properties: {
          action: { type: 'Allow' },
          rules: [
            {
              sourceAddresses: ['10.0.1.8/30'],
              protocols: [{ protocolType: 'Https' }],
              fqdnTags: ['AzureBackup'],
            },
          ],
        },
      },
    ],
  },
};

/** A network that tells its VMs apart in every way that it can. */
const tellingApart: fc.Arbitrary<NetworkInput> = fc
  .record({
    base: arbitraryNetwork,
    rules: arbitraryRules,
    admin: fc.constantFrom('*', '10.0.1.4/31'),
    toFirewall: fc.boolean(),
    privateSubnet: fc.boolean(),
  })
  .map(({ base, rules, admin, toFirewall, privateSubnet }) => ({
    ...network({
      subnetNsg: nsg('telling', [...rules, inGroup, fromNeighbours].filter(hasOwnPriority)),
      subnet: { defaultOutboundAccess: !privateSubnet },
      ...(toFirewall ? { routeTable: routeTable(['0.0.0.0/0', 'VirtualAppliance', '10.9.1.4']) } : {}),
    }),
    adminRules: [adminDeny(admin)],
    gateways: base.gateways,
    azureFirewalls: [firewall],
    loadBalancers: [],
  }));

/** Two rules with one priority cannot occur; those of the sample come last. */
function hasOwnPriority(each: object, index: number, all: readonly object[]): boolean {
  const priority = at(each, 'properties', 'priority');
  return all.findLastIndex((other) => at(other, 'properties', 'priority') === priority) === index;
}

/** What tells one VM from its neighbours. */
const own = fc.record({
  privateIPAddress: fc.constantFrom('10.0.1.4', '10.0.1.5', '10.0.1.9', '10.0.2.9', undefined),
  applicationSecurityGroups: fc.constantFrom([], [{ id: '/asg-a' }], [{ id: '/ASG-B' }]),
  publicIPAddress: fc.constantFrom(undefined, { id: '/pip' }),
  loadBalancerBackendAddressPools: fc.constantFrom([], [{ id: poolId }]),
  defaultOutboundConnectivityEnabled: fc.constantFrom(undefined, true, false),
  dnsServers: fc.constantFrom([], ['10.0.0.4'], ['AzureProvidedDNS']),
  isFlexible: fc.boolean(),
  isReadable: fc.integer({ min: 0, max: 9 }).map((each) => each > 0),
  hasSecondNic: fc.boolean(),
});

type Own = typeof own extends fc.Arbitrary<infer Value> ? Value : never;

/** A VM among others in the same network: the rows around its interface are the same objects. */
function vmIn(around: NetworkInput, vm: Own, name: string): NetworkInput {
  const { defaultOutboundConnectivityEnabled, dnsServers, isFlexible, isReadable, hasSecondNic, ...address } = vm;
  const present = Object.fromEntries(Object.entries(address).filter(([, value]) => value !== undefined));
  const { nic } = network({
    ipConfiguration: { privateIPAddress: '', ...present },
    nic: {
      name,
      dnsSettings: { dnsServers },
      ...(defaultOutboundConnectivityEnabled === undefined ? {} : { defaultOutboundConnectivityEnabled }),
    },
  });
  const second = network({ ipConfiguration: { publicIPAddress: { id: '/pip-2' } } }).nic;
  return {
    ...around,
    nic: isReadable ? nic : null,
    vm: { id: `/${name}`, properties: isFlexible ? { virtualMachineScaleSet: { id: '/ss' } } : {} },
    ...(hasSecondNic ? { otherNics: [{ nic: second }] } : {}),
  };
}

/** What is judged, without what it was judged from. */
function seen({ halves, paths, access, routes, exit, firewall, notes }: Judgement) {
  return { halves, paths, access, routes, exit, firewall, notes };
}

const plain: Own = {
  privateIPAddress: '10.0.1.4',
  applicationSecurityGroups: [],
  publicIPAddress: undefined,
  loadBalancerBackendAddressPools: [],
  defaultOutboundConnectivityEnabled: undefined,
  dnsServers: [],
  isFlexible: false,
  isReadable: true,
  hasSecondNic: false,
};

const privateSubnet: Changes = { subnet: { defaultOutboundAccess: false } };
const balancer = {
  id: networkId('loadBalancers', 'lb'),
  sku: { name: 'Standard' },
  properties: { frontendIPConfigurations: [], outboundRules: [], loadBalancingRules: [] },
};
const noDns = rule('no-dns', 200, 'Deny', { destinationAddressPrefix: 'AzurePlatformDNS' });

describe('VMs of one network are told apart', () => {
  it.each<readonly [by: string, around: Changes, change: Partial<Own>]>([
    ['by their address', { subnetNsg: nsg('n', [fromNeighbours]) }, { privateIPAddress: '10.0.1.9' }],
    ['by an address that is not known', { subnetNsg: nsg('n', [fromNeighbours]) }, { privateIPAddress: undefined }],
    [
      'by their address, for a security admin rule',
      { rest: { adminRules: [adminDeny('10.0.1.4/31')] } },
      { privateIPAddress: '10.0.1.9' },
    ],
    [
      'by their address, for a firewall',
      {
        routeTable: routeTable(['0.0.0.0/0', 'VirtualAppliance', '10.9.1.4']),
        rest: { azureFirewalls: [firewall] },
      },
      { privateIPAddress: '10.0.1.9' },
    ],
    ['by their groups', { nicNsg: nsg('n', [inGroup]) }, { applicationSecurityGroups: [{ id: '/asg-a' }] }],
    ['by their public address', privateSubnet, { publicIPAddress: { id: '/pip' } }],
    [
      'by their load balancer',
      { rest: { loadBalancers: [balancer] } },
      { loadBalancerBackendAddressPools: [{ id: poolId }] },
    ],
    ['by what they have by default', privateSubnet, { defaultOutboundConnectivityEnabled: true }],
    ['by what they lack by default', {}, { defaultOutboundConnectivityEnabled: false }],
    ['by their own name servers', { subnetNsg: nsg('n', [noDns]) }, { dnsServers: ['10.0.0.4'] }],
    [
      "by wanting Azure's name servers",
      { subnetNsg: nsg('n', [noDns]), vnet: { dhcpOptions: { dnsServers: ['10.0.0.5'] } } },
      { dnsServers: ['AzureProvidedDNS'] },
    ],
    ['by their scale set', {}, { isFlexible: true }],
    ['by a second interface with a public address', {}, { hasSecondNic: true }],
    ['by an interface that may not be read', {}, { isReadable: false }],
  ])('%s', (_by, changes, change) => {
    const sweep = {};
    const inputs = [plain, { ...plain, ...change }].map((vm, index) => vmIn(network(changes), vm, `vm-${index}`));
    const shared = { ...network(changes), nic: undefined, vm: undefined };

    const together = inputs.map(({ nic, vm, otherNics }) =>
      judgedNetwork({ ...shared, nic, vm, ...(otherNics ? { otherNics } : {}), sweep }),
    );

    expect(together.map(({ judgement }) => seen(judgement))).toEqual(
      inputs.map((input) => seen(judgedNetwork(input).judgement)),
    );
    expect(reachabilityStatistics(sweep).configurations).toBe(2);
  });
});

describe('VMs of one sweep', () => {
  it('are each judged like alone, whatever they have in common with others', () => {
    fc.assert(
      fc.property(tellingApart, fc.array(own, { minLength: 2, maxLength: 6 }), (around, vms) => {
        const sweep = {};
        const inputs = vms.map((vm, index) => vmIn(around, vm, `vm-${index}`));

        const together = inputs.map((input) => judgedNetwork({ ...input, sweep }));
        const alone = inputs.map((input) => judgedNetwork(structuredClone(input)));

        expect(together.map(({ judgement }) => seen(judgement))).toEqual(alone.map(({ judgement }) => seen(judgement)));
      }),
    );
  });

  it('share a judgement, which is counted', () => {
    const sweep = {};
    const around = network({ subnetNsg: nsg('n', [rule('d', 200, 'Deny', { sourceAddressPrefix: '10.0.1.0/28' })]) });
    const at24 = (host: number) =>
      network({ ipConfiguration: { privateIPAddress: `10.0.1.${host}` }, nic: { name: `nic-${host}` } }).nic;

    for (const host of [4, 5, 6, 200, 201]) {
      judgedNetwork({ ...around, nic: at24(host), sweep });
    }

    expect(reachabilityStatistics(sweep)).toEqual({ vms: 5, configurations: 2 });
  });

  it('share a judgement also if their rows are only alike', () => {
    const sweep = {};

    judgedNetwork({ ...network(), sweep });
    judgedNetwork({ ...network(), sweep });

    expect(reachabilityStatistics(sweep)).toEqual({ vms: 2, configurations: 1 });
  });

  it('are not counted twice when several rules ask', () => {
    const sweep = {};
    const input = { ...network(), sweep };

    expect(judgedNetwork(input)).toBe(judgedNetwork(input));
    expect(reachabilityStatistics(sweep)).toEqual({ vms: 1, configurations: 1 });
  });

  it('are told apart by the group of their interface in one and the same subnet', () => {
    const sweep = {};
    const { subnet, vnet } = network();
    const open = network({ nicNsg: nsg('open', []) });
    const closed = network({ nicNsg: nsg('closed', [rule('d', 200, 'Deny')]) });
    const inputs = [open, closed, open, closed].map((input) => ({ ...input, subnet, vnet, sweep }));

    const verdicts = inputs.map((input) => judgedNetwork(input).judgement.halves.Storage.access.verdict);

    expect(verdicts).toEqual(['open', 'blocked', 'open', 'blocked']);
    expect(reachabilityStatistics(sweep)).toEqual({ vms: 4, configurations: 2 });
  });

  it('are told apart by what was read of their network', () => {
    const sweep = {};
    const { subnet, ...rest } = network();
    const inputs = [rest, { ...rest, vnet: null }].map((input) => ({ ...input, subnet, sweep }));

    const verdicts = inputs.map((input) => judgedNetwork(input).judgement.halves.Storage.routing.verdict);

    expect(verdicts).toEqual(['open', 'unknown']);
  });

  it('are judged even if rows are missing or make no sense', () => {
    const sweep = {};
    const inputs = [null, undefined, 'garbage', 7, []].map((subnet) => ({ ...network(), subnet, sweep }));

    const verdicts = inputs.map((input) => judgedNetwork(input).judgement.halves.Storage.routing.verdict);

    expect(verdicts).toEqual(['unknown', 'unknown', 'unknown', 'unknown', 'unknown']);
  });

  it('are none before the first', () => {
    expect(reachabilityStatistics({})).toEqual({ vms: 0, configurations: 0 });
  });

  it('keep names of their own network apart', () => {
    const sweep = {};
    const inSubnet = (name: string) => {
      const row = { id: `${networkId('virtualNetworks', 'vnet')}/subnets/${name}`, name };
      const properties = { addressPrefix: '10.0.1.0/24', defaultOutboundAccess: false };
      const judged = judgedNetwork({ ...network(), subnet: { ...row, properties }, sweep });
      const { exit } = judged.judgement;
      return exit.kind === 'open' ? '' : doubtAbout(judged, exit.first).detail;
    };

    expect([inSubnet('app'), inSubnet('web')]).toEqual([
      'Subnet app gives this VM no way out.',
      'Subnet web gives this VM no way out.',
    ]);
  });
});

it('rules and routes are judged by themselves as well', () => {
  const { halves } = judgeReachability(
    network({
      subnetNsg: nsg('n', [rule('d', 100, 'Deny', { destinationAddressPrefix: 'AzureBackup' })]),
      routeTable: routeTable(['Storage', 'None']),
    }),
  );

  expect([halves.AzureBackup.access.verdict, halves.AzureBackup.routing.verdict]).toEqual(['blocked', 'open']);
  expect([halves.Storage.access.verdict, halves.Storage.routing.verdict]).toEqual(['open', 'blocked']);
});
