import { describe, expect, it } from 'vitest';

import { parseCidr } from '../../../lib/rules/network/cidr.ts';
import { firewallAt } from '../../../lib/rules/network/firewall.ts';
import type { FirewallRows } from '../../../lib/rules/network/firewall-policy.ts';
import { readVnet } from '../../../lib/rules/network/vnet.ts';
import { networkId, vnetId } from './sample.ts';

const policyId = networkId('firewallPolicies', 'Policy');
const address = '10.9.1.4';
const own = parseCidr('10.0.1.4');
const source = { addresses: own ? [own] : [], applicationSecurityGroups: [] };
const hubId = networkId('virtualNetworks', 'hub');

function atAddress(privateIPAddress: unknown, subnet?: string): object {
  return { properties: { privateIPAddress, ...(subnet ? { subnet: { id: subnet } } : {}) } };
}

function firewall(properties: object = {}, name = 'afw'): object {
  return {
    id: networkId('azureFirewalls', name),
    name,
    properties: { firewallPolicy: { id: policyId }, ipConfigurations: [atAddress(address)], ...properties },
  };
}

const groupId = `${policyId}/ruleCollectionGroups/apps`;
const policyRow = { id: policyId, properties: { ruleCollectionGroups: [{ id: groupId }] } };

function group(ruleCollections: unknown, id: unknown = groupId): object {
  return { id, properties: { ruleCollections } };
}

function allowing(rules: unknown, fields: object = {}): object {
  return { ruleCollectionType: 'FirewallPolicyFilterRuleCollection', action: { type: 'Allow' }, rules, ...fields };
}

/** A firewall whose policy has one group with these collections. */
function withCollections(ruleCollections: unknown, rest: FirewallRows = {}): FirewallRows {
  return {
    azureFirewalls: [firewall()],
    firewallPolicies: [policyRow],
    firewallRuleCollectionGroups: [group(ruleCollections)],
    ...rest,
  };
}

function application(fields: object = {}): object {
  return { ruleType: 'ApplicationRule', sourceAddresses: ['*'], protocols: [{ protocolType: 'Https' }], ...fields };
}

function networkRule(fields: object = {}): object {
  return {
    ruleType: 'NetworkRule',
    sourceAddresses: ['*'],
    ipProtocols: ['TCP'],
    destinationPorts: ['443'],
    destinationAddresses: ['AzureBackup'],
    ...fields,
  };
}

const backup = application({ fqdnTags: ['AzureBackup'] });
const backupTag = { kind: 'tag', tag: { name: 'azurebackup' } };
const unseen = { kind: 'unreadable' };

function seen(rows: FirewallRows, vnet?: unknown) {
  return firewallAt(address, rows, source, readVnet(vnet));
}

describe('the firewall at an address', () => {
  const vnet = { id: vnetId, properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } } };
  const peered = {
    ...vnet,
    properties: {
      ...vnet.properties,
      virtualNetworkPeerings: [
        { properties: { remoteVirtualNetwork: { id: hubId }, remoteAddressSpace: { addressPrefixes: [] } } },
      ],
    },
  };
  const inHub = firewall({ ipConfigurations: [atAddress(address, `${hubId}/subnets/AzureFirewallSubnet`)] });

  it.each<readonly [what: string, azureFirewalls: unknown, name: string | undefined, vnet?: unknown]>([
    ['the only one', [firewall()], 'afw'],
    ['the one of several that answers', [firewall({ ipConfigurations: [] }, 'no'), firewall({}, 'yes')], 'yes'],
    [
      'one that answers at several addresses',
      [firewall({ ipConfigurations: [atAddress('10.9.1.5'), atAddress(address)] })],
      'afw',
    ],
    ['none if two answer', [firewall(), firewall({}, 'other')], undefined],
    ['none if it answers elsewhere', [firewall({ ipConfigurations: [atAddress('10.9.1.5')] })], undefined],
    ['none if its addresses are no list', [firewall({ ipConfigurations: 'garbage' })], undefined],
    ['none if the rows are no list', 'garbage', undefined],
    ['none if they were not read', null, undefined],
    ['one in a network that is not known to be apart', [inHub], 'afw'],
    ['one in the hub of the network', [inHub], 'afw', peered],
    ['none in a network that is not connected', [inHub], undefined, vnet],
    ['one of which the network is not told', [firewall()], 'afw', vnet],
  ])('is %s', (_what, azureFirewalls, name, around) => {
    expect(seen({ azureFirewalls }, around)?.name).toBe(name);
  });

  it('is none if neither its address nor that of the route is one', () => {
    const azureFirewalls = [firewall({ ipConfigurations: [atAddress('garbage')] })];

    expect(firewallAt('garbage', { azureFirewalls }, source, undefined)).toBeUndefined();
  });
});

describe('what a firewall allows', () => {
  it('is nothing, and that for certain, if everything was read and no rule is there', () => {
    expect(seen(withCollections([]))).toEqual({
      name: 'afw',
      hasDeny: false,
      allows: [],
      backupTag: 'none',
      perhaps: { destinations: [], backupNames: false },
      isComplete: true,
    });
  });

  it.each<readonly [what: string, rule: object]>([
    ['TCP', networkRule()],
    ['TCP among other protocols', networkRule({ ipProtocols: ['UDP', 'TCP'] })],
    ['any protocol', networkRule({ ipProtocols: ['Any'] })],
    ['a range of ports', networkRule({ destinationPorts: ['80', '400-500'] })],
  ])('are the destinations of a network rule for %s', (_what, rule) => {
    expect(seen(withCollections([allowing([rule])]))?.allows).toEqual([backupTag]);
  });

  it.each<readonly [what: string, rule: object]>([
    ['another protocol', networkRule({ ipProtocols: ['UDP'] })],
    ['another port', networkRule({ destinationPorts: ['80'] })],
    ['another source', networkRule({ sourceAddresses: ['10.7.0.0/16'] })],
  ])('is nothing by a network rule for %s', (_what, rule) => {
    expect(seen(withCollections([allowing([rule])]))).toMatchObject({ allows: [], perhaps: { destinations: [] } });
  });

  it.each<readonly [what: string, rule: object]>([
    ['its protocols make no sense', networkRule({ ipProtocols: [7] })],
    ['its ports make no sense', networkRule({ destinationPorts: ['https'] })],
    ['its ports are left out', networkRule({ destinationPorts: null })],
    ['its source is an IP group', networkRule({ sourceAddresses: [], sourceIpGroups: ['/group'] })],
    [
      'its source is an address or an IP group',
      networkRule({ sourceAddresses: ['10.7.0.4'], sourceIpGroups: ['/group'] }),
    ],
  ])('are perhaps the destinations of a network rule if %s', (_what, rule) => {
    expect(seen(withCollections([allowing([rule])]))).toMatchObject({
      allows: [],
      perhaps: { destinations: [backupTag] },
    });
  });

  it('holds for a source that an address proves, whatever the IP group beside it holds', () => {
    const rule = networkRule({ sourceAddresses: ['10.0.1.0/24'], sourceIpGroups: ['/group'] });

    expect(seen(withCollections([allowing([rule])]))?.allows).toEqual([backupTag]);
  });

  it('may be anything behind an IP group or a name of Azure Backup', () => {
    const rules = [
      networkRule({ destinationAddresses: [], destinationIpGroups: ['/group'] }),
      networkRule({ destinationAddresses: [], destinationFqdns: ['*.BACKUP.windowsazure.com'] }),
      networkRule({ destinationAddresses: [], destinationFqdns: 'garbage' }),
      networkRule({ destinationAddresses: [], destinationFqdns: ['time.windows.com'] }),
    ];

    expect(seen(withCollections([allowing(rules)]))?.perhaps.destinations).toEqual([unseen, unseen, unseen]);
  });

  it.each([
    [['AzureBackup'], false, 'allowed'],
    [['windowsupdate', 'AZUREBACKUP'], false, 'allowed'],
    [['AzureBackup'], true, 'inspected'],
    [['WindowsUpdate'], false, 'none'],
  ])('is Azure Backup by the FQDN tags %j, TLS inspected %s: %s', (fqdnTags, terminateTLS, expected) => {
    const rows = withCollections([allowing([application({ fqdnTags, terminateTLS })])]);

    expect(seen(rows)?.backupTag).toBe(expected);
  });

  it('is Azure Backup if one of several rules does not inspect TLS', () => {
    const inspected = application({ fqdnTags: ['AzureBackup'], terminateTLS: true });

    expect(seen(withCollections([allowing([inspected, backup])]))?.backupTag).toBe('allowed');
  });

  it('is not Azure Backup for certain without https, but perhaps', () => {
    const http = application({ fqdnTags: ['AzureBackup'], protocols: [{ protocolType: 'Http' }] });

    expect(seen(withCollections([allowing([http])]))).toMatchObject({
      backupTag: 'none',
      perhaps: { backupNames: true },
    });
  });

  it('is not told by a network rule that names a protocol of applications', () => {
    const rows = withCollections([allowing([networkRule({ ipProtocols: ['Https'] })])]);

    expect(seen(rows)).toMatchObject({ backupTag: 'none', allows: [] });
  });

  it.each([
    ['pod01.weu.Backup.WindowsAzure.com', true],
    ['*.backup.windowsazure.com', true],
    ['*weu.backup.windowsazure.com', true],
    ['*.windowsazure.com', true],
    ['*', true],
    [7, true],
    ['github.com', false],
    ['*.ubuntu.com', false],
    ['.windowsazure.com', false],
    ['backup.windowsazure.com.contoso.com', false],
  ])('may be Azure Backup by the name %s: %s', (name, expected) => {
    const rows = withCollections([allowing([application({ targetFqdns: ['github.com', name] })])]);

    expect(seen(rows)?.perhaps.backupNames).toBe(expected);
  });

  it.each(['webCategories', 'targetUrls', 'targetFqdns'])('may be Azure Backup if its %s are no list', (list) => {
    const rows = withCollections([allowing([application({ [list]: 'garbage' })])]);

    expect(seen(rows)?.perhaps.backupNames).toBe(true);
  });

  it('may be Azure Backup by a tag that is no text', () => {
    expect(seen(withCollections([allowing([application({ fqdnTags: [7] })])]))?.perhaps.backupNames).toBe(true);
  });
});

describe('a firewall that denies', () => {
  it.each<readonly [what: string, collections: unknown, expected: boolean]>([
    ['a collection that allows', [allowing([backup])], false],
    ['a collection that denies', [allowing([backup]), allowing([], { action: { type: 'Deny' } })], true],
    ['a collection without an action', [allowing([], { action: undefined })], true],
    ['collections that are no list', 'garbage', true],
    [
      'a NAT collection, which filters nothing',
      [{ ruleCollectionType: 'FirewallPolicyNatRuleCollection', action: { type: 'DNAT' }, rules: [] }],
      false,
    ],
  ])('is told by %s', (_what, collections, expected) => {
    expect(seen(withCollections(collections))?.hasDeny).toBe(expected);
  });

  it('allows nothing by the rules that deny', () => {
    expect(seen(withCollections([allowing([backup, networkRule()], { action: { type: 'Deny' } })]))).toMatchObject({
      allows: [],
      backupTag: 'none',
      perhaps: { destinations: [], backupNames: false },
    });
  });
});

describe('the rules of a firewall', () => {
  const otherGroup = `${policyId}/ruleCollectionGroups/more`;
  const namingBoth = {
    id: policyId,
    properties: { ruleCollectionGroups: [{ id: groupId }, { id: otherGroup.toUpperCase() }] },
  };

  it.each<readonly [what: string, rows: Partial<FirewallRows>, expected: boolean]>([
    ['all its groups were read', {}, true],
    ['rows of others are among them', { firewallRuleCollectionGroups: [{}, 7, group([])] }, true],
    [
      'several groups were read, in any letter case',
      { firewallPolicies: [namingBoth], firewallRuleCollectionGroups: [group([]), group([], otherGroup)] },
      true,
    ],
    ['one of its groups is missing', { firewallPolicies: [namingBoth] }, false],
    ['its group has no properties', { firewallRuleCollectionGroups: [{ id: groupId }] }, false],
    ['its groups were not read', { firewallRuleCollectionGroups: null }, false],
    ['its policy was not read', { firewallPolicies: null }, false],
    ['its policy is not among those that were read', { firewallPolicies: [{ ...policyRow, id: '/other' }] }, false],
    [
      'its policy does not say which groups it has',
      { firewallPolicies: [{ id: policyId, properties: { ruleCollectionGroups: 'garbage' } }] },
      false,
    ],
    ['its policy has no properties', { firewallPolicies: [{ id: policyId }] }, false],
    ['its reference to a policy makes no sense', { azureFirewalls: [firewall({ firewallPolicy: 7 })] }, false],
    ['it has no policy', { azureFirewalls: [firewall({ firewallPolicy: null })] }, true],
  ])('are told to be complete or not if %s', (_what, rows, expected) => {
    expect(seen(withCollections([], rows))?.isComplete).toBe(expected);
  });

  it.each<readonly [what: string, collections: unknown]>([
    ['its collections are no list', 'garbage'],
    ['a collection is none', [null]],
    ['a collection has no action', [allowing([], { action: undefined })]],
    ['a collection has an action that nobody knows', [allowing([], { action: { type: 'Divert' } })]],
    ['the rules of a collection are no list', [allowing('garbage')]],
    ['a rule is none', [allowing([null])]],
    ['a rule is of a kind that nobody knows', [allowing([application(), { ruleType: 'QuantumRule' }])]],
    ['the tags of a rule are no list', [allowing([application({ fqdnTags: 'AzureBackup' })])]],
    ['the protocols of a rule are no list', [allowing([networkRule({ ipProtocols: 'TCP' })])]],
    ['the destinations of a rule are no list', [allowing([networkRule({ destinationAddresses: '*' })])]],
  ])('are not complete if %s', (_what, collections) => {
    expect(seen(withCollections(collections))?.isComplete).toBe(false);
  });

  it('are not those of other policies', () => {
    const foreign = group([allowing([backup])], `${policyId}-2/ruleCollectionGroups/apps`);

    expect(seen(withCollections([], { firewallRuleCollectionGroups: [group([]), foreign] }))?.backupTag).toBe('none');
  });
});

describe('a classic firewall', () => {
  const classic = (properties: object) => seen({ azureFirewalls: [firewall({ firewallPolicy: null, ...properties })] });
  const collectionOf = (rule: object) => ({ properties: { action: { type: 'Allow' }, rules: [rule] } });

  it('allows by the rules that stand in its own row', () => {
    const rule = networkRule({ ipProtocols: undefined, protocols: ['TCP'] });

    expect(
      classic({
        networkRuleCollections: [collectionOf(rule)],
        applicationRuleCollections: [collectionOf(backup)],
      }),
    ).toMatchObject({ allows: [backupTag], backupTag: 'allowed', isComplete: true, hasDeny: false });
  });

  it.each(['networkRuleCollections', 'applicationRuleCollections'])(
    'may deny and allow if its %s are no list',
    (list) => {
      expect(classic({ [list]: 'garbage' })).toMatchObject({ hasDeny: true, isComplete: false });
    },
  );

  it('is not complete if a rule is none', () => {
    const rules = [null];

    expect(
      classic({ networkRuleCollections: [{ properties: { action: { type: 'Allow' }, rules } }] })?.isComplete,
    ).toBe(false);
  });
});
