import type { networkAzureFirewallTag } from '../../lib/rules/network-azure-firewall-tag.ts';
import type { Cases, Differing } from './case.ts';
import { fact, unread } from './healthy-vm.ts';
import { network, networkId, routeTable } from './network/sample.ts';
import { mayNeedNetwork, needsNetwork } from './network-need.ts';

const policyId = networkId('firewallPolicies', 'policy-hub');
const parentId = networkId('firewallPolicies', 'policy-base');
const toFirewall = routeTable(['0.0.0.0/0', 'VirtualAppliance', '10.9.1.4']);

function firewall(properties: object = {}): object {
  return {
    id: networkId('azureFirewalls', 'afw-hub'),
    name: 'afw-hub',
    properties: {
      firewallPolicy: { id: policyId },
      ipConfigurations: [{ properties: { privateIPAddress: '10.9.1.4' } }],
      ...properties,
    },
  };
}

function collection(rules: readonly object[], action = 'Allow'): object {
  return {
    name: 'allowed',
    ruleCollectionType: 'FirewallPolicyFilterRuleCollection',
    action: { type: action },
    rules,
  };
}

function groupOf(policy: string, ...ruleCollections: readonly object[]): object {
  return { id: `${policy}/ruleCollectionGroups/apps`, name: 'apps', properties: { ruleCollections } };
}

function policy(id: string, properties: object = {}): object {
  return { id, properties: { ruleCollectionGroups: [{ id: `${id}/ruleCollectionGroups/apps` }], ...properties } };
}

/** A firewall on the default route whose policy has these collections, and nothing else. */
function behind(collections: readonly object[], rest: object = {}): Differing {
  return {
    network: fact(
      network({
        routeTable: toFirewall,
        rest: {
          azureFirewalls: [firewall()],
          firewallRuleCollectionGroups: [groupOf(policyId, ...collections)],
          firewallPolicies: [policy(policyId)],
          ...rest,
        },
      }),
    ),
  };
}

function application(fields: object): object {
  return {
    ruleType: 'ApplicationRule',
    sourceAddresses: ['*'],
    protocols: [{ protocolType: 'Https', port: 443 }],
    ...fields,
  };
}

function networkRule(destinationAddresses: readonly string[], fields: object = {}): object {
  return {
    ruleType: 'NetworkRule',
    sourceAddresses: ['10.0.0.0/8'],
    ipProtocols: ['TCP'],
    destinationPorts: ['443'],
    destinationAddresses,
    ...fields,
  };
}

const updates = application({ fqdnTags: ['WindowsUpdate'], targetFqdns: ['github.com', '*.ubuntu.com'] });
const backup = application({ fqdnTags: ['AzureBackup'] });
const allTags = networkRule(['AzureBackup', 'Storage.westeurope', 'AzureActiveDirectory']);

const allowed = { outcome: 'pass', reason: 'Allowed' } as const;
const closed = { outcome: 'fail', reason: 'NotAllowed', severity: 'warning' } as const;
const noCollection = { outcome: 'fail', reason: 'NoCollection', severity: 'warning' } as const;
const unread1 = { outcome: 'unknown', cause: 'partial-inventory' } as const;

const addRule =
  'az network firewall policy rule-collection-group collection rule add --subscription 11111111-1111-1111-1111-111111111111 -g rg-net --policy-name policy-hub --rule-collection-group-name apps --collection-name allowed --name AllowAzureBackup --rule-type ApplicationRule --source-addresses 10.0.1.0/24 --protocols Https=443 --fqdn-tags AzureBackup';

function needed(differing: Differing): Differing {
  return { ...needsNetwork, ...differing };
}

function perhaps(...rules: readonly object[]): Differing {
  return needed(behind([collection([updates, ...rules])]));
}

export const cases: Cases<typeof networkAzureFirewallTag> = [
  [
    'no default route to an appliance',
    needsNetwork,
    { outcome: 'notApplicable', message: 'The default route of the subnet leads to no appliance.' },
  ],
  [
    'a default route to the Internet',
    { ...needsNetwork, network: fact(network({ routeTable: routeTable(['0.0.0.0/0', 'Internet']) })) },
    { outcome: 'notApplicable' },
  ],
  [
    'an appliance for a part of the addresses only',
    {
      ...needsNetwork,
      network: fact(
        network({ routeTable: routeTable(['0.0.0.0/1', 'VirtualAppliance', '10.9.1.4'], ['0.0.0.0/0', 'Internet']) }),
      ),
    },
    { outcome: 'notApplicable' },
  ],
  [
    'an appliance for a service tag only',
    {
      ...needsNetwork,
      network: fact(network({ routeTable: routeTable(['AzureBackup', 'VirtualAppliance', '10.9.1.4']) })),
    },
    { outcome: 'notApplicable' },
  ],
  [
    'an appliance for everything beside another for a part',
    {
      ...needsNetwork,
      network: fact(
        network({ routeTable: routeTable(['0.0.0.0/0', 'VirtualAppliance', '10.9.1.4'], ['0.0.0.0/1', 'Internet']) }),
      ),
    },
    { outcome: 'unknown', cause: 'not-exposed' },
  ],
  [
    'several appliances of which none has an address of its own',
    { ...needsNetwork, network: fact(network({ routeTable: routeTable(['0.0.0.0/0', 'VirtualApplianceEcmp']) })) },
    {
      outcome: 'unknown',
      cause: 'not-exposed',
      message:
        'The default route leads to appliances, which is no Azure Firewall that could be read; what an appliance lets through is not visible.',
    },
  ],
  [
    'an application rule with the FQDN tag',
    needed(behind([collection([updates, backup])])),
    { ...allowed, message: 'Azure Firewall afw-hub allows Azure Backup.' },
  ],
  ['network rules for the three service tags', needed(behind([collection([allTags])])), allowed],
  [
    'an application rule with the FQDN tag in the parent of the policy',
    needed(
      behind([collection([updates])], {
        firewallPolicies: [policy(policyId, { basePolicy: { id: parentId } }), policy(parentId)],
        firewallRuleCollectionGroups: [
          groupOf(policyId, collection([updates])),
          groupOf(parentId, collection([backup])),
        ],
      }),
    ),
    allowed,
  ],
  [
    'rules for other things only, and workload backup',
    needed(behind([collection([updates])])),
    {
      ...closed,
      message:
        'Azure Firewall afw-hub has no rule for AzureBackup. The VM needs one because a workload in it is backed up.',
      fix: {
        text: 'Add an application rule with FQDN tag AzureBackup to collection allowed (extension azure-firewall of the CLI).',
        commands: [addRule],
      },
    },
  ],
  [
    'rules for other things only, and groups of others beside its own',
    needed(
      behind([], {
        azureFirewalls: [{ name: 'other', properties: { firewallPolicy: { id: parentId } } }, firewall()],
        firewallRuleCollectionGroups: [
          {},
          { ...groupOf(parentId, collection([updates])), name: 'foreign' },
          groupOf(policyId, { ...collection([updates], 'Deny'), name: 'denied' }, collection([updates])),
        ],
      }),
    ),
    {
      ...closed,
      fix: {
        commands: [addRule],
      },
    },
  ],
  ['a collection whose action nobody knows', needed(behind([collection([updates], 'Divert')])), unread1],
  [
    'rules for other things only, and plain VM backup (ruling 37)',
    behind([collection([updates])]),
    {
      outcome: 'pass',
      reason: 'NotNeeded',
      message: 'Azure Firewall afw-hub has no rule for AzureBackup. Plain VM backup does not need it.',
    },
  ],
  [
    'rules that deny beside others: nothing is allowed all the same',
    needed(behind([collection([updates]), collection([networkRule(['*'])], 'Deny')])),
    closed,
  ],
  [
    'no rule at all',
    needed(behind([])),
    {
      ...noCollection,
      fix: {
        text: 'Add a collection with an application rule: FQDN tag AzureBackup, protocol https on port 443, source 10.0.1.0/24, action Allow.',
        commands: [],
      },
    },
  ],
  ['network rules for other things only', needed(behind([collection([networkRule(['Sql'])])])), noCollection],
  [
    'a classic firewall without a rule for backup',
    needed(
      behind([], {
        azureFirewalls: [
          firewall({
            firewallPolicy: null,
            applicationRuleCollections: [{ properties: { action: { type: 'Allow' }, rules: [updates] } }],
          }),
        ],
      }),
    ),
    noCollection,
  ],
  [
    'a classic firewall with the FQDN tag',
    needed(
      behind([], {
        azureFirewalls: [
          firewall({
            firewallPolicy: null,
            applicationRuleCollections: [{ properties: { action: { type: 'Allow' }, rules: [backup] } }],
          }),
        ],
      }),
    ),
    allowed,
  ],
  [
    'the FQDN tag for another network',
    perhaps(application({ fqdnTags: ['AzureBackup'], sourceAddresses: ['10.7.0.0/16'] })),
    closed,
  ],
  [
    'the FQDN tag for a source that is an IP group',
    perhaps(application({ fqdnTags: ['AzureBackup'], sourceAddresses: [], sourceIpGroups: ['/ipgroup'] })),
    {
      ...unread1,
      message: 'No rule of Azure Firewall afw-hub that could be read clearly allows Azure Backup.',
    },
  ],
  ['names of which Azure Backup may be one', perhaps(application({ targetFqdns: ['*.windowsazure.com'] })), unread1],
  ['a name of Azure Backup', perhaps(application({ targetFqdns: ['pod01.weu.backup.windowsazure.com'] })), unread1],
  [
    'names of Azure Backup in one region',
    perhaps(application({ targetFqdns: ['*weu.backup.windowsazure.com'] })),
    unread1,
  ],
  ['every name', perhaps(application({ targetFqdns: ['*'] })), unread1],
  ['web categories', perhaps(application({ webCategories: ['Business'] })), unread1],
  ['addresses of the web', perhaps(application({ targetUrls: ['contoso.com/x'] })), unread1],
  [
    'a network rule for names of Azure Backup',
    perhaps(networkRule([], { destinationFqdns: ['*.backup.windowsazure.com'] })),
    unread1,
  ],
  ['a network rule for other names', perhaps(networkRule([], { destinationFqdns: ['time.windows.com'] })), closed],
  ['a network rule for an IP group', perhaps(networkRule([], { destinationIpGroups: ['/ipgroup'] })), unread1],
  ['a network rule for a part of the Internet', perhaps(networkRule(['20.0.0.0/8'])), unread1],
  ['a network rule for another port', perhaps(networkRule(['*'], { destinationPorts: ['80'] })), closed],
  ['a network rule for another protocol', perhaps(networkRule(['*'], { ipProtocols: ['UDP'] })), closed],
  ['a network rule for Azure Backup without the other tags', perhaps(networkRule(['AzureBackup'])), unread1],
  [
    'a NAT rule collection allows nothing',
    needed(behind([collection([updates]), { ruleCollectionType: 'FirewallPolicyNatRuleCollection', rules: [backup] }])),
    closed,
  ],
  [
    'the FQDN tag beside rules that deny',
    needed(behind([collection([backup]), collection([networkRule(['*'])], 'Deny')])),
    {
      outcome: 'unknown',
      cause: 'not-exposed',
      message: 'Azure Firewall afw-hub also has rules that deny; which of them come first is not read.',
    },
  ],
  [
    'the FQDN tag with TLS inspection',
    perhaps(application({ fqdnTags: ['AzureBackup'], terminateTLS: true })),
    {
      outcome: 'unknown',
      cause: 'not-exposed',
      message: 'Azure Firewall afw-hub inspects TLS, which Azure Backup does not support.',
    },
  ],
  ['a policy that may not be read', needed(behind([collection([updates])], { firewallPolicies: [] })), unread1],
  ['policies that were not read', needed(behind([collection([updates])], { firewallPolicies: null })), unread1],
  ['a group of the policy that may not be read', needed(behind([], { firewallRuleCollectionGroups: [] })), unread1],
  [
    'a parent of the policy that may not be read',
    needed(
      behind([collection([updates])], {
        firewallPolicies: [policy(policyId, { basePolicy: { id: parentId } })],
      }),
    ),
    unread1,
  ],
  [
    'a parent that makes no sense',
    needed(behind([collection([updates])], { firewallPolicies: [policy(policyId, { basePolicy: 7 })] })),
    unread1,
  ],
  [
    'a policy that is its own parent',
    needed(behind([collection([updates])], { firewallPolicies: [policy(policyId, { basePolicy: { id: policyId } })] })),
    closed,
  ],
  [
    'an appliance that is no Azure Firewall, and workload backup',
    { ...needsNetwork, network: fact(network({ routeTable: toFirewall })) },
    {
      outcome: 'unknown',
      cause: 'not-exposed',
      message:
        'The default route leads to 10.9.1.4, which is no Azure Firewall that could be read; what an appliance lets through is not visible.',
    },
  ],
  [
    'an appliance that is no Azure Firewall, and plain VM backup',
    { network: fact(network({ routeTable: toFirewall })) },
    { outcome: 'pass', reason: 'NotNeeded' },
  ],
  [
    'a route table that may not be read',
    {
      ...needsNetwork,
      network: fact(network({ rest: { routeTable: null }, subnet: { routeTable: { id: '/rt' } } })),
    },
    { ...unread1, message: 'The route table of the subnet could not be read.' },
  ],
  [
    'no rule for backup, and an agent that was not read',
    { ...mayNeedNetwork, ...behind([collection([updates])]) },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  ['a network that may not be read', { network: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
