import type { BackupPolicy } from '../../lib/domain/backup-policy.ts';
import type { networkWireserver } from '../../lib/rules/network-wireserver.ts';
import type { Cases, Differing } from './case.ts';
import { daily, fact, hoursAgo, noItem, openNetwork, unread } from './healthy-vm.ts';
import { type Changes, network, nsg, rule } from './network/sample.ts';

type Fields = Parameters<typeof rule>[3];

function around(changes: Changes): Differing {
  return { network: fact(network(changes)) };
}

/** The group of the subnet has these rules. */
function subnetRules(...rules: readonly unknown[]): Differing {
  return around({ subnetNsg: nsg('nsg-app', rules) });
}

function denyHost(fields: Fields = {}, priority = 200, to = '168.63.129.16') {
  return rule('DenyWireServer', priority, 'Deny', { destinationAddressPrefix: to, ...fields });
}

function allow(fields: Fields, priority = 100) {
  return rule('first', priority, 'Allow', fields);
}

const clear = { outcome: 'pass', reason: 'NotDenied' } as const;
const denied = { outcome: 'fail', reason: 'Denied', severity: 'warning' } as const;
const unseen = { outcome: 'unknown', cause: 'not-exposed' } as const;
const silent = { agent: fact({}) };

export const cases: Cases<typeof networkWireserver> = [
  [
    'no NSG at all, and a ready agent',
    {},
    { ...clear, message: 'No NSG rule denies 168.63.129.16, and the agent is ready.' },
  ],
  [
    'the group of the subnet denies the address',
    subnetRules(denyHost()),
    {
      ...denied,
      message: 'Rule DenyWireServer of NSG nsg-app (subnet) denies the Azure host channel 168.63.129.16.',
      fix: {
        commands: [
          'az network nsg rule delete --subscription 11111111-1111-1111-1111-111111111111 -g rg-net --nsg-name nsg-app -n DenyWireServer',
        ],
      },
    },
  ],
  [
    'the group of the NIC denies the address as a prefix',
    around({ nicNsg: nsg('nsg-nic', [denyHost({}, 200, '168.63.129.16/32')]) }),
    {
      ...denied,
      message: 'Rule DenyWireServer of NSG nsg-nic (NIC) denies the Azure host channel 168.63.129.16.',
    },
  ],
  [
    'both groups deny it: the one of the NIC is met first',
    around({ nicNsg: nsg('nsg-nic', [denyHost()]), subnetNsg: nsg('nsg-app', [denyHost()]) }),
    {
      ...denied,
      message: 'Rule DenyWireServer of NSG nsg-nic (NIC) denies the Azure host channel 168.63.129.16.',
    },
  ],
  [
    'the address among others, in the plural field',
    subnetRules(
      denyHost({ destinationAddressPrefix: '', destinationAddressPrefixes: ['10.9.0.0/16', '168.63.129.16'] }),
    ),
    denied,
  ],
  ['only port 80', subnetRules(denyHost({ protocol: 'TCP', destinationPortRange: '80' })), denied],
  ['only port 443', subnetRules(denyHost({ protocol: 'tcp', destinationPortRange: '443' })), denied],
  ['only port 32526', subnetRules(denyHost({ destinationPortRanges: ['32526'], destinationPortRange: '' })), denied],
  ['only the DNS of the platform', subnetRules(denyHost({ destinationPortRange: '53' })), clear],
  ['another protocol', subnetRules(denyHost({ protocol: 'Udp' })), clear],
  [
    'the tag of the DNS of the platform',
    subnetRules(rule('dns', 200, 'Deny', { destinationAddressPrefix: 'AzurePlatformDNS' })),
    clear,
  ],
  ['everything is denied: that does not reach the host', subnetRules(rule('all', 200, 'Deny')), clear],
  [
    'a larger range is denied',
    subnetRules(rule('range', 200, 'Deny', { destinationAddressPrefix: '168.63.0.0/16' })),
    clear,
  ],
  ['what comes from the host is denied', subnetRules(denyHost({ direction: 'Inbound' })), clear],
  [
    'the address is allowed',
    subnetRules(rule('a', 200, 'Allow', { destinationAddressPrefix: '168.63.129.16' })),
    clear,
  ],
  ['the neighbour of the address', subnetRules(denyHost({}, 200, '168.63.129.17')), clear],
  [
    'application security groups are no host',
    subnetRules(denyHost({ destinationApplicationSecurityGroups: [{ id: '/asg' }] })),
    clear,
  ],
  ['for other sources', subnetRules(denyHost({ sourceAddressPrefix: '10.0.2.0/24' })), clear],
  ['for the source of the VM', subnetRules(denyHost({ sourceAddressPrefix: '10.0.1.0/24' })), denied],
  ['an earlier rule allows everything', subnetRules(allow({}), denyHost()), clear],
  [
    'an earlier rule allows the address',
    subnetRules(allow({ destinationAddressPrefix: '168.63.129.16' }), denyHost()),
    clear,
  ],
  [
    'an earlier rule allows the virtual network, which holds the host',
    subnetRules(allow({ destinationAddressPrefix: 'VirtualNetwork' }), denyHost()),
    clear,
  ],
  [
    'an earlier rule allows the Internet, which does not hold the host',
    subnetRules(allow({ destinationAddressPrefix: 'Internet' }), denyHost()),
    denied,
  ],
  ['an earlier rule allows one of the ports', subnetRules(allow({ destinationPortRange: '80' }), denyHost()), denied],
  ['a later rule allows it', subnetRules(allow({}, 300), denyHost()), denied],
  ['an earlier rule denies everything else', subnetRules(rule('all', 100, 'Deny'), denyHost()), denied],
  [
    'a rule that may be for this VM',
    subnetRules(denyHost({ sourcePortRange: '49152-65535' })),
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message: 'An NSG rule about 168.63.129.16 may or may not be for this VM.',
    },
  ],
  [
    'a rule of the group of the NIC that may be for this VM',
    around({ nicNsg: nsg('nsg-nic', [denyHost({ sourcePortRange: '49152-65535' })]) }),
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'a rule that may be for this VM on one of the ports',
    subnetRules(denyHost({ destinationPortRange: '32526', sourcePortRange: '', sourcePortRanges: ['49152-65535'] })),
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'a rule for several source ports that no client has',
    subnetRules(denyHost({ sourcePortRange: '', sourcePortRanges: ['80', '443'] })),
    clear,
  ],
  [
    'an earlier rule allows other addresses',
    subnetRules(allow({ destinationAddressPrefix: '10.9.0.0/16' }), denyHost()),
    denied,
  ],
  [
    'a rule that may be for this VM, behind one that allows it',
    subnetRules(allow({}), denyHost({ sourcePortRange: '49152-65535' })),
    clear,
  ],
  [
    'a rule that is for this VM, behind one that may allow it',
    subnetRules(allow({ sourcePortRange: '49152-65535' }), denyHost()),
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'a rule that is for this VM, behind one whose destination makes no sense',
    subnetRules(allow({ destinationAddressPrefix: 7 }), denyHost()),
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'a rule that only may allow it, and none that denies it',
    subnetRules(allow({ sourcePortRange: '49152-65535', destinationAddressPrefix: '168.63.129.16' })),
    clear,
  ],
  [
    'a group that may not be read',
    around({ rest: { subnetNsg: null }, subnet: { networkSecurityGroup: { id: '/nsg' } } }),
    {
      outcome: 'unknown',
      cause: 'partial-inventory',
      message: 'A network security group of the VM could not be read.',
    },
  ],
  [
    'a group that may not be read, and an agent that is not ready',
    { ...around({ rest: { nicNsg: null }, nic: { networkSecurityGroup: { id: '/nsg' } } }), ...silent },
    { outcome: 'unknown', cause: 'partial-inventory' },
  ],
  [
    'a group that may not be read, and one that denies the address',
    around({
      rest: { nicNsg: null },
      nic: { networkSecurityGroup: { id: '/nsg' } },
      subnetNsg: nsg('nsg-app', [denyHost()]),
    }),
    denied,
  ],
  [
    'no deny, and an agent that is not ready (ruling 33)',
    silent,
    {
      ...unseen,
      message:
        'No NSG rule denies 168.63.129.16, but the agent is not known to be ready; a firewall in the guest cannot be seen.',
    },
  ],
  [
    'no deny, and an agent that has been silent for too long (ruling 33)',
    { agent: fact({ statusCode: 'ProvisioningState/succeeded', time: hoursAgo(2) }) },
    unseen,
  ],
  ['no deny, and an agent that may not be read', { agent: unread }, unseen],
  ['no deny, and a VM that may not be read', { vm: unread }, unseen],
  ['a deny, and an agent that is ready all the same', { ...subnetRules(denyHost()), ...silent }, denied],
  [
    'a deallocated VM (ruling 8)',
    { ...subnetRules(denyHost()), power: fact('deallocated') },
    { outcome: 'notApplicable', message: 'The VM is deallocated: nothing in it uses the channel.' },
  ],
  ['a stopped VM', { ...subnetRules(denyHost()), power: fact('Stopped') }, { outcome: 'notApplicable' }],
  ['a VM that is being stopped', { ...subnetRules(denyHost()), power: fact('stopping') }, { outcome: 'notApplicable' }],
  ['a VM that is being deallocated', { power: fact('deallocating') }, { outcome: 'notApplicable' }],
  ['a VM that is starting', { ...subnetRules(denyHost()), power: fact('starting') }, denied],
  [
    'a crash-consistent policy, which needs no agent',
    {
      ...subnetRules(denyHost()),
      policy: fact<BackupPolicy>({ ...daily, snapshotConsistency: 'OnlyCrashConsistent' }),
    },
    { outcome: 'notApplicable', message: 'The policy is crash-consistent only and needs no agent.' },
  ],
  [
    'a policy of another consistency',
    { ...subnetRules(denyHost()), policy: fact<BackupPolicy>({ ...daily, snapshotConsistency: 'Default' }) },
    denied,
  ],
  [
    'a deny, and a policy that may not be read: it may be crash-consistent',
    { ...subnetRules(denyHost()), policy: unread },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  ['no item: the policy that the VM would get', { ...subnetRules(denyHost()), ...noItem }, denied],
  ['a stopped item without a policy', { ...subnetRules(denyHost()), policy: fact('none') }, denied],
  ['no deny, whatever the policy', { network: fact(openNetwork), policy: unread }, clear],
  ['a network that may not be read', { network: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['a power state that may not be read', { power: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
