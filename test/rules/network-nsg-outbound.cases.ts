import { unknown } from '../../lib/domain/fact.ts';
import type { networkNsgOutbound } from '../../lib/rules/network-nsg-outbound.ts';
import type { Cases, Differing } from './case.ts';
import { disks, fact, unread } from './healthy-vm.ts';
import { type Changes, network, nsg, routeTable, rule } from './network/sample.ts';
import { failedWithoutNetwork, mayNeedNetwork, needsNetwork, oldAgent, writesFast } from './network-need.ts';

function around(changes: Changes): Differing {
  return { network: fact(network(changes)) };
}

const denyAll = rule('DenyAllOut', 4096, 'Deny');
const denyInternet = rule('DenyInternet', 4000, 'Deny', { destinationAddressPrefix: 'Internet' });

function allowing(...tags: readonly string[]) {
  return tags.map((tag, index) =>
    rule(`Allow${tag}`, 200 + index, 'Allow', {
      protocol: 'Tcp',
      destinationAddressPrefix: tag,
      destinationPortRange: '443',
    }),
  );
}

const closedSubnet = around({ subnetNsg: nsg('nsg-app', [denyAll]) });
const closedNic = around({ nicNsg: nsg('nsg-nic', [denyAll]) });
const unsure = around({
  subnetNsg: nsg('nsg-app', [rule('d', 300, 'Deny', { destinationAddressPrefix: '20.0.0.0/8' })]),
});

const allowed = { outcome: 'pass', reason: 'Allowed' } as const;
const notNeeded = { outcome: 'pass', reason: 'NotNeeded' } as const;
const denied = { outcome: 'fail', reason: 'DeniedByNsg', severity: 'warning' } as const;
const inGroup = '--subscription 11111111-1111-1111-1111-111111111111 -g rg-net --nsg-name';
const traffic = '--direction Outbound --access Allow --protocol Tcp --source-address-prefixes VirtualNetwork';

function commandsFor(group: string, priorities: readonly number[] = [100, 101, 102]) {
  return [
    ['AzureBackup', 'AzureBackup'],
    ['Storage', 'Storage.westeurope'],
    ['AzureActiveDirectory', 'AzureActiveDirectory'],
  ].map(
    ([name, tag], index) =>
      `az network nsg rule create ${inGroup} ${group} -n Allow-${name}-443 --priority ${priorities[index]} ${traffic} --destination-address-prefixes ${tag} --destination-port-ranges 443`,
  );
}

const managerId =
  '/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/rg-nm/providers/Microsoft.Network/networkManagers/nm';

function adminDeny(priority: number): Differing {
  const name = 'DenyOut';
  const adminRule = {
    id: `${managerId}/securityAdminConfigurations/base/ruleCollections/all/rules/${name}`,
    name,
    properties: {
      access: 'Deny',
      direction: 'Outbound',
      priority,
      protocol: 'Any',
      sources: [{ addressPrefixType: 'IPPrefix', addressPrefix: '*' }],
      destinations: [{ addressPrefixType: 'IPPrefix', addressPrefix: '*' }],
      sourcePortRanges: ['0-65535'],
      destinationPortRanges: ['0-65535'],
    },
  };
  return { ...needsNetwork, ...around({ rest: { adminRules: [adminRule] } }) };
}

const inManager = '--subscription 33333333-3333-3333-3333-333333333333 -g rg-nm --network-manager-name nm';

function alwaysAllow(name: string, tag: string, priority: number): string {
  return `az network manager security-admin-config rule-collection rule create ${inManager} --configuration-name base --rule-collection-name all --rule-name Allow-${name}-443 --kind Custom --access AlwaysAllow --direction Outbound --protocol Tcp --dests address-prefix=${tag} address-prefix-type=ServiceTag --dest-port-ranges 443 --priority ${priority}`;
}

export const cases: Cases<typeof networkNsgOutbound> = [
  [
    'no NSG',
    needsNetwork,
    {
      ...allowed,
      message: 'NSGs and security admin rules let TCP 443 out to Azure Backup, Storage and Entra ID.',
    },
  ],
  ['an NSG without rules of its own', { ...needsNetwork, ...around({ subnetNsg: nsg('n', []) }) }, allowed],
  [
    'the Internet denied, below rules for the three tags',
    {
      ...needsNetwork,
      ...around({
        subnetNsg: nsg('n', [...allowing('AzureBackup', 'Storage', 'AzureActiveDirectory'), denyInternet]),
      }),
    },
    allowed,
  ],
  [
    'closed, and plain VM backup (ruling 37)',
    closedSubnet,
    {
      ...notNeeded,
      message:
        'NSG nsg-app (subnet) rule DenyAllOut (priority 4096) denies outbound 443 to AzureBackup, Storage.westeurope, AzureActiveDirectory. Plain VM backup does not need it.',
    },
  ],
  [
    'closed, and workload backup in the VM (case a)',
    { ...needsNetwork, ...closedSubnet },
    {
      ...denied,
      message:
        'NSG nsg-app (subnet) rule DenyAllOut (priority 4096) denies outbound 443 to AzureBackup, Storage.westeurope, AzureActiveDirectory. The VM needs it because a workload in it is backed up.',
      fix: {
        text: 'Add a rule for each service tag to NSG nsg-app, before the one that denies.',
        commands: commandsFor('nsg-app'),
      },
    },
  ],
  ['closed, and Write Accelerator (case b)', { ...writesFast, ...closedSubnet }, denied],
  ['closed, and an old agent (case c)', { ...oldAgent, ...closedSubnet }, denied],
  [
    'closed, and a backup that failed for want of a network (case d)',
    { ...failedWithoutNetwork, ...closedSubnet },
    denied,
  ],
  [
    'the group of the NIC is closed',
    { ...needsNetwork, ...closedNic },
    {
      ...denied,
      message:
        'NSG nsg-nic (NIC) rule DenyAllOut (priority 4096) denies outbound 443 to AzureBackup, Storage.westeurope, AzureActiveDirectory. The VM needs it because a workload in it is backed up.',
      fix: { commands: commandsFor('nsg-nic') },
    },
  ],
  [
    'one tag is missing',
    {
      ...needsNetwork,
      ...around({ subnetNsg: nsg('n', [...allowing('AzureBackup', 'Storage'), denyInternet]) }),
    },
    {
      ...denied,
      message:
        'NSG n (subnet) rule DenyInternet (priority 4000) denies outbound 443 to AzureActiveDirectory. The VM needs it because a workload in it is backed up.',
    },
  ],
  [
    'port 8443 alone opens nothing',
    {
      ...needsNetwork,
      ...around({
        subnetNsg: nsg('n', [
          rule('Old', 200, 'Allow', { destinationAddressPrefix: 'Storage', destinationPortRange: '8443' }),
          denyInternet,
        ]),
      }),
    },
    denied,
  ],
  [
    'different rules deny different tags',
    {
      ...needsNetwork,
      ...around({
        subnetNsg: nsg('n', [
          rule('NoBackup', 300, 'Deny', { destinationAddressPrefix: 'AzureBackup' }),
          rule('NoEntra', 301, 'Deny', { destinationAddressPrefix: 'AzureActiveDirectory' }),
        ]),
      }),
    },
    {
      ...denied,
      message:
        'NSG n (subnet) rule NoBackup (priority 300) denies outbound 443 to AzureBackup; NSG n (subnet) rule NoEntra (priority 301) denies outbound 443 to AzureActiveDirectory. The VM needs it because a workload in it is backed up.',
    },
  ],
  [
    'priorities that are taken are left out',
    {
      ...needsNetwork,
      ...around({ subnetNsg: nsg('n', [rule('Taken', 101, 'Allow', { protocol: 'Udp' }), denyAll]) }),
    },
    { ...denied, fix: { commands: commandsFor('n', [100, 102, 103]) } },
  ],
  [
    'three priorities before the first rule that denies',
    {
      ...needsNetwork,
      ...around({
        subnetNsg: nsg('n', [
          rule('NoEntra', 103, 'Deny', { destinationAddressPrefix: 'AzureActiveDirectory' }),
          denyAll,
        ]),
      }),
    },
    { ...denied, fix: { commands: commandsFor('n') } },
  ],
  [
    'two priorities before the first rule that denies',
    {
      ...needsNetwork,
      ...around({
        subnetNsg: nsg('n', [
          rule('NoEntra', 102, 'Deny', { destinationAddressPrefix: 'AzureActiveDirectory' }),
          denyAll,
        ]),
      }),
    },
    {
      outcome: 'fail',
      reason: 'NoPriorityFree',
      severity: 'warning',
      fix: {
        text: 'Renumber the rules of NSG n, so that three priorities before the one that denies are free; then allow TCP 443 to AzureBackup, Storage.westeurope and AzureActiveDirectory there.',
      },
    },
  ],
  [
    'both groups deny: one command alone would leave the other',
    {
      ...needsNetwork,
      ...around({ nicNsg: nsg('nsg-nic', [denyAll]), subnetNsg: nsg('nsg-app', [denyInternet]) }),
    },
    {
      outcome: 'fail',
      reason: 'DeniedByBothNsgs',
      severity: 'warning',
      fix: {
        text: 'Add a rule for each service tag to NSG nsg-nic and NSG nsg-app, before the one that denies: one alone leaves the other.',
        commands: [...commandsFor('nsg-nic'), ...commandsFor('nsg-app')],
      },
    },
  ],
  [
    'a security admin rule denies',
    adminDeny(10),
    {
      outcome: 'fail',
      reason: 'DeniedByAdminRule',
      severity: 'warning',
      message:
        'Security admin rule DenyOut (priority 10) denies outbound 443 to AzureBackup, Storage.westeurope, AzureActiveDirectory. The VM needs it because a workload in it is backed up.',
      fix: {
        commands: [
          alwaysAllow('AzureBackup', 'AzureBackup', 7),
          alwaysAllow('Storage', 'Storage.westeurope', 8),
          alwaysAllow('AzureActiveDirectory', 'AzureActiveDirectory', 9),
          `az network manager post-commit ${inManager} --commit-type SecurityAdmin --configuration-ids ${managerId}/securityAdminConfigurations/base --target-locations westeurope`,
        ],
      },
    },
  ],
  ['a security admin rule with room for three others', adminDeny(4), { outcome: 'fail', reason: 'DeniedByAdminRule' }],
  [
    'a security admin rule without room for three others',
    adminDeny(3),
    {
      outcome: 'fail',
      reason: 'DeniedByFirstAdminRule',
      severity: 'warning',
      fix: {
        text: 'Changes of NSGs cannot help, and there is no room before the rule. Ask the owner of network manager nm to renumber it, then for AlwaysAllow rules for AzureBackup, Storage.westeurope and AzureActiveDirectory on TCP 443 before it.',
        commands: [],
      },
    },
  ],
  [
    'a prefix that may hold an address of the services, and workload backup',
    { ...needsNetwork, ...unsure },
    {
      outcome: 'unknown',
      cause: 'not-exposed',
      message:
        'NSG nsg-app (subnet) rule d (priority 300) may deny part of AzureBackup; which address the service will use cannot be told.',
    },
  ],
  [
    'a prefix that may hold an address of the services, and plain VM backup',
    unsure,
    {
      ...notNeeded,
      message:
        'NSG nsg-app (subnet) rule d (priority 300) may deny part of AzureBackup; which address the service will use cannot be told. Plain VM backup does not need it.',
    },
  ],
  [
    'a group that may not be read, and workload backup',
    {
      ...needsNetwork,
      ...around({ rest: { subnetNsg: null }, subnet: { networkSecurityGroup: { id: '/nsg' } } }),
    },
    {
      outcome: 'unknown',
      cause: 'partial-inventory',
      message:
        'The input lacks subnetNsg: the resource is not readable by this identity. Grant Reader on its subscription.',
    },
  ],
  [
    'a group that may not be read, and one that denies',
    {
      ...needsNetwork,
      ...around({
        rest: { nicNsg: null },
        nic: { networkSecurityGroup: { id: '/nsg' } },
        subnetNsg: nsg('nsg-app', [denyAll]),
      }),
    },
    denied,
  ],
  [
    'closed, and an agent that was not read: it may be too old',
    { ...mayNeedNetwork, ...closedSubnet },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  [
    'not sure, and an agent that was not read',
    { ...mayNeedNetwork, ...unsure },
    { outcome: 'unknown', cause: 'not-exposed' },
  ],
  [
    'closed, and a VM that does not run: its agent may be too old',
    { ...closedSubnet, agent: unknown('vm-not-running', 'The VM is deallocated.') },
    { outcome: 'unknown', cause: 'vm-not-running' },
  ],
  [
    'closed, an agent that was not read, and disks with Write Accelerator',
    { ...mayNeedNetwork, ...writesFast, ...closedSubnet },
    denied,
  ],
  ['open, and nothing known about the need', { ...mayNeedNetwork, disks: fact(disks(1)) }, allowed],
  [
    'routes do not matter here',
    { ...needsNetwork, ...around({ routeTable: routeTable(['0.0.0.0/0', 'None']) }) },
    allowed,
  ],
  ['a network that may not be read', { network: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
